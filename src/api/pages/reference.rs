//! The page about the interface, drawn from its description: every operation with parameters, body, answers and a call
//! to try.

use std::fmt::Write as _;

use askama::Template;
use serde_json::Value;

use crate::api::model::Code;
use crate::web::{Answer, Frame, PageResult, Reader};

/// The page.
#[derive(Template)]
#[template(path = "api/reference.html")]
struct ReferencePage {
    frame: Frame,
    about: String,
    groups: Vec<GroupView>,
    problems: Vec<(String, u16, String)>,
    is_member: bool,
}

/// Operations that belong together.
struct GroupView {
    name: String,
    operations: Vec<OperationView>,
}

/// One operation.
struct OperationView {
    id: String,
    method: String,
    path: String,
    summary: String,
    scopes: String,
    parameters: Vec<ParameterView>,
    body: String,
    answers: Vec<(String, String, String)>,
    call: String,
}

/// One parameter.
struct ParameterView {
    name: String,
    place: String,
    kind: String,
    about: String,
    is_required: bool,
}

/// Returns a text of the document; the signs that set names apart are for programs that draw it otherwise.
fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().replace('`', "")
}

/// Returns what stands under a key of an object, in order.
fn each<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    value[key].as_object().into_iter().flatten()
}

/// Returns the name of a shape, or its type.
fn shape(schema: &Value) -> String {
    let named = |schema: &Value| schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()).map(str::to_owned);
    let first = schema["oneOf"].as_array().into_iter().flatten().find_map(named);
    let listed = schema["type"].as_array().and_then(|kinds| kinds.first()).and_then(Value::as_str);
    named(schema).or(first).or_else(|| listed.map(str::to_owned)).unwrap_or_else(|| text(&schema["type"]))
}

fn parameter(value: &Value) -> ParameterView {
    let schema = &value["schema"];
    let codes: Vec<String> = schema["enum"].as_array().into_iter().flatten().map(text).collect();
    ParameterView {
        name: text(&value["name"]),
        place: text(&value["in"]),
        kind: if codes.is_empty() { shape(schema) } else { codes.join(" | ") },
        about: text(&value["description"]),
        is_required: value["required"] == true,
    }
}

/// Returns a call of an operation that can be typed.
fn call(origin: &str, method: &str, path: &str, operation: &Value, example: Option<&Value>, has_token: bool) -> String {
    let mut path = path.to_owned();
    let mut headers = String::new();
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        let name = text(&parameter["name"]);
        let example = match &parameter["example"] {
            Value::Null => format!("<{name}>"),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        path = path.replace(&format!("{{{name}}}"), &example);
        if parameter["in"] == "header" && parameter["required"] == true {
            let _ = write!(headers, " \\\n  -H '{name}: \"…\"'");
        }
    }
    let mut call = String::from("curl");
    if method != "get" {
        let _ = write!(call, " -X {}", method.to_uppercase());
    }
    if has_token {
        call.push_str(" -H \"Authorization: Bearer $TOKEN\"");
    }
    call.push_str(&headers);
    if let Some(example) = example {
        let _ = write!(call, " \\\n  -H 'Content-Type: application/json' -d '{example}'");
    }
    let _ = write!(call, " \\\n  {origin}{path}");
    call
}

fn operation(document: &Value, origin: &str, (path, method): (&str, &str), value: &Value) -> OperationView {
    let body = shape(&value["requestBody"]["content"]["application/json"]["schema"]);
    let example = document["components"]["schemas"].get(&body).map(|schema| &schema["example"]);
    let security = value["security"].as_array();
    let ways: Vec<&Value> = security.into_iter().flatten().collect();
    let is_open = ways.iter().any(|way| way.as_object().is_some_and(serde_json::Map::is_empty)) || ways.is_empty();
    let scopes: Vec<String> =
        ways.iter().flat_map(|way| way["token"].as_array().into_iter().flatten().map(text)).collect();
    let answer = |(status, answer): (&String, &Value)| {
        let kind = each(answer, "content").next().map(|(_, content)| shape(&content["schema"])).unwrap_or_default();
        (status.clone(), text(&answer["description"]), kind)
    };
    OperationView {
        id: text(&value["operationId"]),
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: text(&value["summary"]),
        scopes: if is_open { String::new() } else { scopes.join(", ") },
        parameters: value["parameters"].as_array().into_iter().flatten().map(parameter).collect(),
        answers: each(value, "responses").map(answer).filter(|(status, ..)| status.starts_with(['2', '3'])).collect(),
        call: call(origin, method, path, value, example.filter(|_| !body.is_empty()), !is_open),
        body,
    }
}

/// Shows the page.
pub fn show(reader: &Reader, document: &Value, origin: &str) -> PageResult {
    let texts = reader.texts();
    let mut groups: Vec<GroupView> = Vec::new();
    for (path, methods) in each(document, "paths") {
        for (method, value) in methods.as_object().into_iter().flatten() {
            let name = text(&value["tags"][0]);
            let view = operation(document, origin, (path, method), value);
            match groups.iter_mut().find(|group| group.name == name) {
                Some(group) => group.operations.push(view),
                None => groups.push(GroupView { name, operations: vec![view] }),
            }
        }
    }
    let problem = |code: &Code| (code.to_string(), code.status(), texts.code("api-problem", code));
    Answer::page(&ReferencePage {
        frame: Frame::new(reader, texts.text("api-title")),
        about: text(&document["info"]["description"]),
        groups,
        problems: Code::ALL.iter().map(problem).collect(),
        is_member: reader.signed_in.is_some(),
    })
}
