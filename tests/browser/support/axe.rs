//! Accessibility: the rules of axe-core, run in the page through the driver, so that our policy header stays as it is.

use std::path::PathBuf;

use fantoccini::Client;
use serde_json::Value;

/// What is checked: WCAG 2.2, levels A and AA, and what every page should have.
const RUN: &str = "
    const done = arguments[arguments.length - 1];
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })
        .then(found => done(found.violations.map(rule => ({
            id: rule.id, help: rule.help, nodes: rule.nodes.map(node => node.html + ' — ' + node.failureSummary),
        }))))
        .catch(error => done(String(error)));
";

/// Returns every rule that the page breaks, with the elements that break it.
pub async fn violations(client: &Client) -> Vec<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/axe.min.js");
    let Ok(rules) = std::fs::read_to_string(&path) else {
        assert!(std::env::var_os("CI").is_none(), "target/axe.min.js is missing: run script/test");
        eprintln!("accessibility left out: target/axe.min.js is missing");
        return Vec::new();
    };
    client.execute(&rules, vec![]).await.expect("axe-core is loaded");
    let found = client.execute_async(RUN, vec![]).await.expect("axe-core runs");
    let Value::Array(found) = found else { return vec![format!("axe-core failed: {found}")] };
    found
        .iter()
        .map(|rule| {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let nodes: Vec<String> = rule["nodes"].as_array().into_iter().flatten().map(text).collect();
            format!("{}: {}\n    {}", text(&rule["id"]), text(&rule["help"]), nodes.join("\n    "))
        })
        .collect()
}
