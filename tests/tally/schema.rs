//! The JSON output against its published description, by a validator of other people.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::files::{PABULIB, PREFLIB};

/// Returns the Python that `script/test` prepares; nothing on a machine without it, unless all checks must run.
fn python() -> Option<PathBuf> {
    let python = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/validators/bin/python");
    let has_it = Command::new(&python).args(["-c", "import jsonschema"]).output().is_ok_and(|run| run.status.success());
    let must = std::env::vars_os().any(|(name, _)| name == "CI");
    assert!(has_it || !must, "target/validators holds no jsonschema: run script/test");
    has_it.then_some(python)
}

const CHECK: &str = "import json, sys, jsonschema
schema, document = (json.load(open(name)) for name in sys.argv[1:])
jsonschema.Draft202012Validator.check_schema(schema)
jsonschema.Draft202012Validator(schema).validate(document)";

fn schema() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/tally.schema.json")
}

fn case(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tally").join(name).join("ballots.csv")
}

/// Returns what `speca tally` says of a file, counted by every method.
fn report(file: &Path, rule: &str) -> Value {
    let mut speca = Command::new(env!("CARGO_BIN_EXE_speca"));
    speca.arg("tally").arg(file).args(["--method", "all", "--format", "json", "--tie-rule", rule, "--seed", "7"]);
    let output = speca.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Returns what the validator has against a report.
fn complaint(python: &Path, report: &Value) -> Option<String> {
    let document = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(document.path(), report.to_string()).unwrap();
    let check = Command::new(python).args(["-c", CHECK]).arg(schema()).arg(document.path()).output().unwrap();
    (!check.status.success()).then(|| String::from_utf8_lossy(&check.stderr).into_owned())
}

#[test]
fn real_output_fits_the_published_schema() {
    let described: Value = serde_json::from_slice(&std::fs::read(schema()).unwrap()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (preflib, pabulib) = (folder.path().join("a.toi"), folder.path().join("a.pb"));
    std::fs::write(&preflib, PREFLIB).unwrap();
    std::fs::write(&pabulib, PABULIB).unwrap();
    let python = python();
    for (file, rule) in [
        (case("tennessee-capital"), "refuse"),
        (case("circle-by-lot"), "lot"),
        (case("stv-food"), "refuse"),
        (preflib, "reference"),
        (pabulib, "refuse"),
    ] {
        let report = report(&file, rule);
        for key in described["required"].as_array().unwrap() {
            assert!(report.get(key.as_str().unwrap()).is_some(), "{key} in {}", file.display());
        }
        for key in report.as_object().unwrap().keys() {
            assert!(described["properties"].get(key).is_some(), "`{key}` is not described");
        }
        let Some(python) = &python else { continue };
        assert_eq!(complaint(python, &report), None, "{}", file.display());
    }
}

#[test]
fn a_method_of_tomorrow_fits_the_published_schema_and_a_wrong_shape_does_not() {
    let Some(python) = python() else { return };
    let folder = tempfile::tempdir().unwrap();
    let pabulib = folder.path().join("a.pb");
    std::fs::write(&pabulib, PABULIB).unwrap();
    for (report, only) in
        [(report(&case("tennessee-capital"), "refuse"), "ranking"), (report(&pabulib, "refuse"), "selected")]
    {
        let with = |key: &str, value: Value| {
            let mut changed = report.clone();
            changed["results"][0][key] = value;
            complaint(&python, &changed)
        };
        assert_eq!(with("method", json!("method-of-2040")), None);
        for wrong in [json!("Method of 2040"), json!("method--2040"), json!(""), json!(7), Value::Null] {
            assert!(with("method", wrong.clone()).is_some(), "method: {wrong}");
        }
        assert!(with(only, json!("A")).is_some(), "{only}: text");
        let mut without = report.clone();
        without["results"][0].as_object_mut().unwrap().remove(only);
        assert!(complaint(&python, &without).is_some(), "without {only}");
    }
}
