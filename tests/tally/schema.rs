//! The JSON output against its published description, by a validator of other people.

use std::path::{Path, PathBuf};
use std::process::Command;

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

#[test]
fn real_output_fits_the_published_schema() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let schema = here.join("docs/tally.schema.json");
    let described: serde_json::Value = serde_json::from_slice(&std::fs::read(&schema).unwrap()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (preflib, pabulib) = (folder.path().join("a.toi"), folder.path().join("a.pb"));
    std::fs::write(&preflib, PREFLIB).unwrap();
    std::fs::write(&pabulib, PABULIB).unwrap();
    let case = |name: &str| here.join("tests/tally").join(name).join("ballots.csv");
    let python = python();
    for (file, rule) in [
        (case("tennessee-capital"), "refuse"),
        (case("circle-by-lot"), "lot"),
        (case("stv-food"), "refuse"),
        (preflib, "reference"),
        (pabulib, "refuse"),
    ] {
        let mut speca = Command::new(env!("CARGO_BIN_EXE_speca"));
        speca.arg("tally").arg(&file).args(["--method", "all", "--format", "json", "--tie-rule", rule, "--seed", "7"]);
        let output = speca.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        for key in described["required"].as_array().unwrap() {
            assert!(report.get(key.as_str().unwrap()).is_some(), "{key} in {}", file.display());
        }
        for key in report.as_object().unwrap().keys() {
            assert!(described["properties"].get(key).is_some(), "`{key}` is not described");
        }
        let Some(python) = &python else { continue };
        let document = folder.path().join("report.json");
        std::fs::write(&document, &output.stdout).unwrap();
        let check = Command::new(python).args(["-c", CHECK]).arg(&schema).arg(&document).output().unwrap();
        assert!(check.status.success(), "{}: {}", file.display(), String::from_utf8_lossy(&check.stderr));
    }
}
