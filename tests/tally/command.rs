//! `speca tally` as a person types it: output, exit codes, messages.

use std::path::Path;
use std::process::{Command, Output};

fn speca(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_speca")).arg("tally").args(args).output().unwrap()
}

fn case(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tally").join(name).join("ballots.csv");
    path.to_string_lossy().into_owned()
}

#[test]
fn the_json_output_has_the_shape_of_version_1() {
    let output = speca(&[&case("tennessee-capital"), "--method", "all", "--format", "json"]);
    assert_eq!(output.status.code(), Some(0));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["version"], 1);
    assert_eq!(report["ballots"], 100);
    assert_eq!(report["condorcet_winner"], "N");
    assert_eq!(report["smith_set"], serde_json::json!(["N"]));
    assert_eq!(report["options"][0], serde_json::json!({ "id": "C", "name": "Chattanooga" }));
    assert_eq!(report["fingerprint"].as_str().map(str::len), Some("sha256:".len() + 64));
    let borda = report["results"].as_array().unwrap().iter().find(|result| result["method"] == "borda").unwrap();
    assert_eq!(borda["ranking"], serde_json::json!([["N"], ["C"], ["M"], ["K"]]));
    assert_eq!(borda["winners"], serde_json::json!(["N"]));
    assert_eq!(borda["scores"]["N"], "194");
    assert!(borda["rounds"].is_array() && borda["ties"].is_array() && borda["seconds"].is_number());
}

#[test]
fn tables_and_csv_come_in_the_language_and_method_asked_for() {
    let english = speca(&[&case("circle-by-lot"), "--method", "borda"]);
    let russian = speca(&[&case("circle-by-lot"), "--method", "borda", "--lang", "ru"]);
    let (english, russian) = (String::from_utf8(english.stdout).unwrap(), String::from_utf8(russian.stdout).unwrap());
    assert!(english.contains("Borda count") && english.contains("lots were drawn"), "{english}");
    assert!(russian.contains("Метод Борда") && russian.contains("жребием"), "{russian}");
    let csv = speca(&[&case("tennessee-capital"), "--method", "borda,approval", "--format", "csv"]);
    let csv = String::from_utf8(csv.stdout).unwrap();
    assert_eq!(csv.lines().nth(5), Some("borda,1,N,Nashville,194"), "{csv}");
    assert_eq!(csv.lines().nth(1), Some("approval,1,C,Chattanooga,100"), "{csv}");
}

#[test]
fn a_ballot_at_which_all_abstain_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ballots.csv");
    std::fs::write(&path, "delegation,kind,option,priority\nKAZ,abstain,,\nUZB,abstain,,\n").unwrap();
    for format in ["table", "json", "csv"] {
        let output = speca(&[&path.to_string_lossy(), "--method", "all", "--format", format]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

/// Short files that name very much are refused, not held in memory: the process may not take more than a gigabyte.
#[test]
fn memory_is_bounded_by_the_file() {
    use std::fmt::Write as _;
    let folder = tempfile::tempdir().unwrap();
    let mut many = "# DATA TYPE: toi\n# NUMBER ALTERNATIVES: 50000\n1: 1,2\n".to_owned();
    many.push_str(&"# \n".repeat(20_000));
    let mut wide = "# DATA TYPE: toi\n# NUMBER ALTERNATIVES: 1900\n".to_owned();
    wide.push_str(&"1: 1\n".repeat(20_000));
    let mut square = "delegation,kind,option,priority\n".to_owned();
    (0..1_900).for_each(|row| writeln!(square, "D{row},ranked,O{row},1").unwrap());
    (1_900..9_000).for_each(|row| writeln!(square, "D{row},ranked,O1,1").unwrap());
    for (name, text) in [("many.toi", many), ("wide.toi", wide), ("square.csv", square)] {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        let script = "ulimit -v 1000000 && exec \"$0\" tally \"$1\"";
        let arguments = ["-c", script, env!("CARGO_BIN_EXE_speca"), &path.to_string_lossy()];
        let output = Command::new("sh").args(arguments).output().unwrap();
        let text = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{name}: {text}");
        assert!(text.contains("accepted: at most"), "{name}: {text}");
    }
}

#[test]
fn bad_input_ends_with_2_and_says_where_and_what_is_accepted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ballots.csv");
    std::fs::write(&path, "delegation,kind,option,priority\nKAZ,ranked,PA-1,first\n").unwrap();
    let path = path.to_string_lossy().into_owned();
    for (args, message) in [
        (vec![path.as_str()], "line 2, column `priority`: found `first`; accepted: a whole number from 1, or nothing"),
        (vec!["/nowhere/ballots.csv"], "/nowhere/ballots.csv"),
        (vec![&case("tennessee-capital"), "--method", "bordas"], "schulze-margins"),
        (vec![&case("tennessee-capital"), "--tie-rule", "coin"], "review-score"),
        (vec![&case("tennessee-capital"), "--tie-rule", "lot"], "--seed"),
        (vec![&case("tennessee-capital"), "--format", "xml"], "json"),
    ] {
        let output = speca(&args);
        let text = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {text}");
        assert!(text.contains(message), "{args:?}: {text}");
        assert!(output.stdout.is_empty(), "{args:?}");
    }
}
