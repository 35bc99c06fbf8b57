//! The summary above a form that was not taken: each message led by the name of its field, in the order of the page.
//!
//! What a field is called stands in its template, below the summary: [`named`] looks it up in the page when it is drawn, so that a
//! field has one name, and no form is forgotten.

/// Where the messages of a summary begin.
const BEGIN: &str = "<!--summary-->";
/// Where they end.
const END: &str = "<!--/summary-->";
/// What stands before the id of a field.
const LINK: &str = "<li><a href=\"#";

/// Returns the page with every message of its summaries under the name of its field.
pub fn named(page: String) -> String {
    if !page.contains(BEGIN) {
        return page;
    }
    let mut parts = page.split(BEGIN);
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let Some((messages, rest)) = part.split_once(END) else {
            whole.push_str(part);
            continue;
        };
        let mut entries: Vec<(usize, String)> =
            messages.split_inclusive("</li>").map(|entry| led(&page, entry)).collect();
        entries.sort_by_key(|(at, _)| *at);
        whole.extend(entries.into_iter().map(|(_, entry)| entry));
        whole.push_str(rest);
    }
    whole
}

/// Returns a message under the name of its field, and where in the page the field is; one about no field comes last.
fn led(page: &str, entry: &str) -> (usize, String) {
    let named = entry.split_once(LINK).and_then(|(before, link)| {
        let (id, text) = link.split_once("\">")?;
        let at = page.find(&format!(" id=\"{id}\""))?;
        let name = name(page, id, at).map(|name| format!("<b>{name}</b> ")).unwrap_or_default();
        Some((at, format!("{before}{LINK}{id}\">{name}{text}")))
    });
    named.unwrap_or_else(|| (usize::MAX, entry.to_owned()))
}

/// Returns what a field is called: its label, or the legend of its choices, after the legend of the group that it stands in.
fn name(page: &str, id: &str, at: usize) -> Option<String> {
    let (before, after) = (&page[..at], &page[at..]);
    let tag = before.rfind('<')?;
    let label = if page[tag..].starts_with("<fieldset") {
        between(after, "<legend>", "</legend>")
    } else if before.rfind("<label") > before.rfind("</label>") {
        between(after, "<span>", "</span>")
    } else {
        between(page, &format!("<label for=\"{id}\">"), "</label>")
    }?;
    let group = enclosing(&page[..tag]).and_then(|group| between(group, "<legend>", "</legend>"));
    let parts: Vec<String> = group.into_iter().chain([label]).map(words).collect();
    let name = parts.join(" · ");
    Some(if name.ends_with(['?', ':', '.']) { name } else { format!("{name}:") })
}

/// Returns the page from the beginning of the innermost group that is still open at its end.
fn enclosing(page: &str) -> Option<&str> {
    let mut open = Vec::new();
    for (at, _) in page.match_indices("fieldset") {
        if page[..at].ends_with("</") {
            open.pop();
        } else if page[..at].ends_with('<') {
            open.push(at);
        }
    }
    open.pop().map(|at| &page[at..])
}

fn between<'a>(page: &'a str, begin: &str, end: &str) -> Option<&'a str> {
    page.split_once(begin)?.1.split_once(end).map(|(inner, _)| inner)
}

/// Returns a piece of a page without its elements.
fn words(html: &str) -> String {
    let text: String = html
        .split('<')
        .enumerate()
        .map(|(at, part)| if at == 0 { part } else { part.split_once('>').map_or("", |(_, text)| text) })
        .collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(messages: &str) -> String {
        let fields = "<label for=\"f-number\">Number <span class=\"unseen\">of it</span></label><input id=\"f-number\">\
            <fieldset class=\"field both\"><legend>Title</legend><label for=\"f-title-en\">In English</label><input id=\"f-title-en\"></fieldset>\
            <fieldset id=\"f-rule\" tabindex=\"-1\"><legend>Which rule?</legend></fieldset>\
            <label class=\"tick\"><input type=\"checkbox\" id=\"f-late\"><span>Take late texts</span></label>";
        format!("<ul>{messages}</ul>{fields}")
    }

    #[test]
    fn each_message_is_led_by_the_name_of_its_field_in_the_order_of_the_page() {
        let entry = |id: &str, name: &str| format!("<li><a href=\"#{id}\">{name}Please fill this in.</a></li>");
        let messages = ["f-form", "f-late", "f-rule", "f-title-en", "f-number"].map(|id| entry(id, "")).concat();
        let expected = [
            ("f-number", "<b>Number of it:</b> "),
            ("f-title-en", "<b>Title · In English:</b> "),
            ("f-rule", "<b>Which rule?</b> "),
            ("f-late", "<b>Take late texts:</b> "),
            ("f-form", ""),
        ];
        let expected = expected.map(|(id, name)| entry(id, name)).concat();
        assert_eq!(named(page(&format!("{BEGIN}{messages}{END}"))), page(&expected));
        assert_eq!(named(page("")), page(""));
    }
}
