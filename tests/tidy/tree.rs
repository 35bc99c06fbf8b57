//! Reads the files of the project, in one order on every machine.

use std::path::{Path, PathBuf};

/// Names that are not ours, or not written by hand.
const LEFT_OUT: &[&str] = &["target", ".git"];

/// A text file of the project.
pub struct File {
    /// Path from the top of the project, with slashes.
    pub path: String,
    /// Its text.
    pub text: String,
}

impl File {
    /// Returns the path inside `src/` without its ending: `accounts/store`.
    pub fn module(&self) -> Option<&str> {
        self.path.strip_prefix("src/")?.strip_suffix(".rs")
    }
}

/// Returns the top of the project.
pub fn top() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Returns the text of one file.
pub fn read(path: &str) -> String {
    std::fs::read_to_string(top().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Returns every text file below a folder whose name ends in one of the endings (all text files without any).
pub fn files(folder: &str, endings: &[&str]) -> Vec<File> {
    let mut paths = Vec::new();
    gather(&top().join(folder), &mut paths);
    paths.sort();
    let is_asked = |path: &PathBuf| {
        let name = path.to_string_lossy();
        endings.is_empty() || endings.iter().any(|ending| name.ends_with(ending))
    };
    paths
        .into_iter()
        .filter(is_asked)
        .filter_map(|path| {
            let text = String::from_utf8(std::fs::read(&path).unwrap()).ok()?;
            let path = path.strip_prefix(top()).unwrap().to_string_lossy().replace('\\', "/");
            Some(File { path, text })
        })
        .collect()
}

fn gather(folder: &Path, paths: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries {
        let entry = entry.unwrap();
        let name = entry.file_name().to_string_lossy().into_owned();
        let kind = entry.file_type().unwrap();
        if kind.is_dir() && !LEFT_OUT.contains(&name.as_str()) {
            gather(&entry.path(), paths);
        } else if kind.is_file() && !LEFT_OUT.contains(&name.as_str()) {
            paths.push(entry.path());
        }
    }
}

/// Fails with every complaint, each on a line of its own.
#[track_caller]
pub fn none(complaints: &[String]) {
    assert!(complaints.is_empty(), "{} to mend:\n{}\n", complaints.len(), complaints.join("\n"));
}
