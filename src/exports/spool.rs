//! A file kept until it is whole: small ones in memory, large ones in a nameless temporary file.
//!
//! Why: once an answer has begun, the server can only end it, and a reader cannot tell a file cut short by a failing
//! database from a whole one. So nothing is sent before everything is written, and the length is announced.

use std::fs::File;
use std::io::{self, Seek, Write};

use crate::depot::scratch;

/// Largest file kept in memory.
const MEMORY_BYTES_MAX: usize = 512 * 1024;

/// Something to write to.
#[derive(Debug, Default)]
pub struct Spool {
    held: Vec<u8>,
    file: Option<File>,
}

/// A whole file.
#[derive(Debug)]
pub enum Spooled {
    /// In memory.
    Held(Vec<u8>),
    /// In a file that vanishes when closed, read from its start.
    File(File),
}

impl Spool {
    /// Returns everything written, ready to be read.
    pub fn finish(self) -> io::Result<Spooled> {
        match self.file {
            None => Ok(Spooled::Held(self.held)),
            Some(mut file) => {
                file.write_all(&self.held)?;
                file.rewind()?;
                Ok(Spooled::File(file))
            }
        }
    }
}

impl Write for Spool {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.held.len() + bytes.len() > MEMORY_BYTES_MAX {
            let file = match &mut self.file {
                Some(file) => file,
                None => self.file.insert(scratch()?),
            };
            file.write_all(&self.held)?;
            self.held.clear();
        }
        self.held.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn read(spooled: Spooled) -> (bool, Vec<u8>) {
        match spooled {
            Spooled::Held(bytes) => (true, bytes),
            Spooled::File(mut file) => {
                let mut bytes = Vec::new();
                file.read_to_end(&mut bytes).unwrap();
                (false, bytes)
            }
        }
    }

    #[test]
    fn what_was_written_is_read_from_memory_or_file() {
        for (pieces, in_memory) in [(0, true), (3, true), (20, false)] {
            let mut spool = Spool::default();
            let mut expected = Vec::new();
            for number in 0..pieces {
                let piece = vec![number; 100_000];
                spool.write_all(&piece).unwrap();
                expected.extend(piece);
            }
            assert_eq!(read(spool.finish().unwrap()), (in_memory, expected));
        }
    }
}
