//! The demonstration, filled once for all journeys of a run.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::process;

/// What the folders of all runs are called, before the number of the process.
const NAME: &str = "demonstration-";

/// Returns a folder with a database of its own that holds the demonstration.
pub fn copy() -> tempfile::TempDir {
    static FILLED: OnceLock<PathBuf> = OnceLock::new();
    let folder = tempfile::tempdir().unwrap();
    copy_folder(FILLED.get_or_init(fill), folder.path());
    folder
}

/// Fills it where builds keep what passes; nobody is told when the run ends, so what earlier runs left is taken away first.
fn fill() -> PathBuf {
    let top = Path::new(env!("CARGO_TARGET_TMPDIR"));
    for entry in std::fs::read_dir(top).unwrap().flatten() {
        let of = entry.file_name().to_string_lossy().strip_prefix(NAME).map(str::to_owned);
        if of.is_some_and(|process| !Path::new("/proc").join(process).exists()) {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
    let folder = top.join(format!("{NAME}{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let database = super::database(&folder);
    process::run(env!("CARGO_BIN_EXE_speca"), &["demo", "--fill-only", "--database", &database], &folder, "");
    folder
}

fn copy_folder(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            std::fs::create_dir(&target).unwrap();
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
