//! A bounded run of the fuzz targets (`fuzz/`): arbitrary bytes, and files made of the cases with some bytes changed.

use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use speca::tally::ballot_file::read_ballots;
use speca::tally::files::{write_pabulib, write_preflib};

use crate::cases;
use crate::files::{PABULIB, PREFLIB};

#[path = "../../fuzz/entry.rs"]
mod entry;

/// Most voters of a Pabulib seed: it has a line for each.
const VOTERS_MAX: u64 = 200;

type Seeds = Vec<(String, Vec<u8>)>;

static SEEDS: LazyLock<[Seeds; 3]> = LazyLock::new(seeds);

/// Returns the seeds of our own form, PrefLib and Pabulib.
fn seeds() -> [Seeds; 3] {
    let mut preflib = vec![("small.toi".to_owned(), PREFLIB.into())];
    let mut pabulib = vec![("small.pb".to_owned(), PABULIB.into())];
    let mut ballots = Seeds::new();
    for folder in cases::all_folders() {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        if let Ok(bytes) = std::fs::read(folder.join("projects.pb")) {
            pabulib.push((format!("{name}.pb"), bytes));
        }
        if let Ok(bytes) = std::fs::read(folder.join("ballots.csv")) {
            let profile = read_ballots(&bytes).unwrap().profile;
            preflib.push((format!("{name}.toi"), write_preflib(&name, &profile).into_bytes()));
            if profile.weight() <= VOTERS_MAX {
                pabulib.push((format!("{name}.pb"), write_pabulib(&name, &profile).unwrap().into_bytes()));
            }
            ballots.push((format!("{name}.csv"), bytes));
        }
    }
    [ballots, preflib, pabulib]
}

/// A target: its name, and what it does with bytes.
type Entry = (&'static str, fn(&[u8]));

const ENTRIES: [Entry; 3] = [("ballots", entry::ballots), ("preflib", entry::preflib), ("pabulib", entry::pabulib)];

/// Lays the seeds down for `cargo fuzz`, and runs each.
#[test]
fn seeds_are_made_of_the_cases() {
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/fuzz-seeds");
    for ((reader, enter), seeds) in ENTRIES.iter().zip(SEEDS.iter()) {
        let folder = target.join(reader);
        std::fs::create_dir_all(&folder).unwrap();
        assert!(seeds.len() > 10, "{reader}");
        for (name, bytes) in seeds {
            enter(bytes);
            std::fs::write(folder.join(name), bytes).unwrap();
        }
    }
}

/// One change of a file.
#[derive(Debug, Clone)]
enum Change {
    Put(usize, Vec<u8>),
    Drop(usize, usize),
    Repeat(usize, usize),
    Replace(usize, u8),
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let place = || 0_usize..10_000;
    // Characters that mean something to a reader, and any others.
    let telling = prop::sample::select(b"#:;,{}\"\n\r\t-+/.0919 \xEF".to_vec());
    let byte = || prop_oneof![telling.clone(), any::<u8>()];
    let change = prop_oneof![
        (place(), prop::collection::vec(byte(), 1..6)).prop_map(|(at, bytes)| Change::Put(at, bytes)),
        (place(), 1_usize..40).prop_map(|(at, length)| Change::Drop(at, length)),
        (place(), 1_usize..60).prop_map(|(at, length)| Change::Repeat(at, length)),
        (place(), byte()).prop_map(|(at, byte)| Change::Replace(at, byte)),
    ];
    prop::collection::vec(change, 1..5)
}

fn changed(mut bytes: Vec<u8>, changes: &[Change]) -> Vec<u8> {
    for change in changes {
        let length = bytes.len();
        let within = |at: usize| at % length.max(1);
        match change {
            Change::Put(at, more) => drop(bytes.splice(within(*at)..within(*at), more.iter().copied())),
            Change::Drop(at, some) => drop(bytes.drain(within(*at)..(within(*at) + some).min(length))),
            Change::Repeat(at, some) => {
                let part = bytes[within(*at)..(within(*at) + some).min(length)].to_vec();
                drop(bytes.splice(within(*at)..within(*at), part));
            }
            Change::Replace(at, byte) => bytes.iter_mut().skip(within(*at)).take(1).for_each(|old| *old = *byte),
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn arbitrary_bytes_do_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        for (start, (_, enter)) in [&b""[..], b"#", b"META\n"].iter().zip(ENTRIES) {
            enter(&bytes);
            enter(&[start, bytes.as_slice()].concat());
        }
    }

    #[test]
    fn changed_files_do_no_harm(seed in any::<prop::sample::Index>(), changes in changes()) {
        for ((_, enter), seeds) in ENTRIES.iter().zip(SEEDS.iter()) {
            enter(&changed(seed.get(seeds).1.clone(), &changes));
        }
    }
}
