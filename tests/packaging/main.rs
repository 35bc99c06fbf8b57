//! The Debian package: made, looked into and, with `SPECA_TEST_INSTALL` on a machine to throw away, installed, started and removed.

#![allow(clippy::unwrap_used, reason = "a test that fails is to stop there")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs a program and returns what it printed; it must succeed.
#[track_caller]
fn run(program: &str, args: &[&str]) -> String {
    let output = Command::new(program).current_dir(top()).args(args).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{program} {args:?}: {}{said}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn is_there(program: &str) -> bool {
    Command::new("sh").args(["-c", &format!("command -v {program}")]).stdout(Stdio::null()).status().unwrap().success()
}

/// The package with the program under test, made once for all tests.
static PACKAGE: LazyLock<PathBuf> =
    LazyLock::new(|| top().join(run("script/package", &["--binary", env!("CARGO_BIN_EXE_speca")]).trim()));

#[test]
fn the_package_holds_the_program_its_units_and_its_settings() {
    if !is_there("dpkg-deb") {
        assert!(!is_there("apt-get"), "dpkg-deb is missing");
        return;
    }
    let package = PACKAGE.to_str().unwrap();
    let held = run("dpkg-deb", &["--contents", package]);
    for path in [
        "./usr/bin/speca",
        "./usr/lib/systemd/system/speca.service",
        "./usr/lib/systemd/system/speca-backup.timer",
        "./etc/speca/speca.toml",
        "./usr/share/doc/speca/running.md",
        "./usr/share/doc/speca/copyright",
    ] {
        assert!(held.lines().any(|line| line.ends_with(path)), "{path} is not in:\n{held}");
    }
    assert!(held.lines().all(|line| line.contains("root/root")), "{held}");
    let facts = run("dpkg-deb", &["--field", package, "Package", "Version", "Depends"]);
    assert!(facts.contains(&format!("Version: {}", env!("CARGO_PKG_VERSION"))), "{facts}");
}

#[test]
fn the_units_are_as_systemd_reads_them() {
    if !is_there("systemd-analyze") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    // Why: systemd looks whether the programs that a unit names are there.
    for unit in ["speca.service", "speca-backup.service", "speca-backup.timer"] {
        let text = std::fs::read_to_string(top().join("docs/deploy").join(unit)).unwrap();
        std::fs::write(folder.path().join(unit), text.replace("/usr/bin/speca", env!("CARGO_BIN_EXE_speca"))).unwrap();
    }
    let path = |unit: &str| folder.path().join(unit).to_str().unwrap().to_owned();
    let said = Command::new("systemd-analyze")
        .args(["verify", "--man=no", &path("speca.service"), &path("speca-backup.timer")])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&said.stderr).into_owned();
    let ours: Vec<&str> = said.lines().filter(|line| line.contains("speca")).collect();
    assert!(ours.is_empty(), "{ours:?}");
}

/// Returns the command behind a word of the unit, as its user runs it.
fn command_of(unit: &str, word: &str) -> Vec<String> {
    let line = unit.lines().find_map(|line| line.strip_prefix(&format!("{word}="))).unwrap();
    line.split(' ').map(str::to_owned).collect()
}

/// Returns what a page of the running program says.
fn asked(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

// Why only there: a test does not change the machine of whoever writes the code.
#[test]
fn the_package_is_installed_started_and_removed() {
    let is_root = is_there("dpkg") && run("id", &["-u"]).trim() == "0";
    let is_thrown_away = std::env::var_os("SPECA_TEST_INSTALL").is_some();
    if !is_root || !is_thrown_away || Path::new("/etc/speca").exists() {
        eprintln!("left out: with SPECA_TEST_INSTALL, as root, the package is installed and removed");
        return;
    }
    run("dpkg", &["--install", PACKAGE.to_str().unwrap()]);
    let unit = std::fs::read_to_string("/usr/lib/systemd/system/speca.service").unwrap();
    let as_speca = |words: &[String]| {
        let mut command = Command::new("runuser");
        command.args(["-u", "speca", "--"]).args(words).current_dir("/var/lib/speca");
        command
    };
    let migrated = as_speca(&command_of(&unit, "ExecStartPre")).output().unwrap();
    assert!(migrated.status.success(), "{}", String::from_utf8_lossy(&migrated.stderr));
    let mut serving = command_of(&unit, "ExecStart");
    serving.extend(["--port".to_owned(), "0".to_owned()]);
    let mut process = as_speca(&serving).stdout(Stdio::piped()).spawn().unwrap();
    let line = BufReader::new(process.stdout.take().unwrap()).lines().next().unwrap().unwrap();
    let address = line.rsplit("http://").next().unwrap().to_owned();
    assert!(asked(&address, "/ready").starts_with("HTTP/1.1 200"), "{}", asked(&address, "/ready"));
    assert!(asked(&address, "/").contains("</html>"));
    let found =
        as_speca(&["speca", "doctor", "--config", "/etc/speca/speca.toml"].map(str::to_owned)).output().unwrap();
    assert!(found.status.success(), "{}", String::from_utf8_lossy(&found.stdout));
    // `runuser` passes the signal on to the program, which finishes what it took.
    run("kill", &["-TERM", &process.id().to_string()]);
    process.wait().unwrap();
    run("dpkg", &["--purge", "speca"]);
    assert!(Path::new("/var/lib/speca/speca.sqlite").exists(), "data went with the package");
    run("rm", &["-r", "/var/lib/speca"]);
    run("userdel", &["speca"]);
}
