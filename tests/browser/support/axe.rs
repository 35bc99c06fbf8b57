//! Accessibility: the rules of axe-core, run in the page through the driver, so that our policy header stays as it is.

use std::path::PathBuf;

use fantoccini::Client;
use serde_json::{Value, json};

/// What a page is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rules {
    /// WCAG 2.2, levels A and AA, and what every page should have.
    All,
    /// The rules that look at colours: another scheme changes nothing else.
    Colours,
}

const RUN: &str = "
    const [rules, done] = arguments;
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const runOnly = rules ? { type: 'rule', values: rules } : { type: 'tag', values: tags };
    axe.run(document, { runOnly, resultTypes: ['violations'] })
        .then(found => done(found.violations.map(rule => ({
            id: rule.id, help: rule.help, nodes: rule.nodes.map(node => node.html + ' — ' + node.failureSummary),
        }))))
        .catch(error => done(String(error)));
";

/// Returns every rule that the page breaks, with the elements that break it.
pub async fn violations(client: &Client, rules: Rules) -> Vec<String> {
    if !is_loaded(client).await {
        return Vec::new();
    }
    let rules = if rules == Rules::All { Value::Null } else { json!(["color-contrast", "link-in-text-block"]) };
    let found = client.execute_async(RUN, vec![rules]).await.expect("axe-core runs");
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

/// Loads the rules into the page, unless they are there; returns whether this machine has them.
async fn is_loaded(client: &Client) -> bool {
    if client.execute("return typeof axe === 'object'", vec![]).await.expect("a script runs") == true {
        return true;
    }
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/axe.min.js");
    let Ok(rules) = std::fs::read_to_string(&path) else {
        assert!(std::env::var_os("CI").is_none(), "target/axe.min.js is missing: run script/test");
        eprintln!("accessibility left out: target/axe.min.js is missing");
        return false;
    };
    client.execute(&rules, vec![]).await.expect("axe-core is loaded");
    true
}
