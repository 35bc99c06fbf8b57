//! Names of files: cleaned of what could mislead or lead elsewhere.

use super::content::Content;

/// Most characters of a name.
const CHARS_MAX: usize = 120;

/// Characters that change the direction of a text or are not seen at all: a name with them is not what it looks like.
fn is_hidden(letter: char) -> bool {
    matches!(letter, '\u{061c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Returns a name without folders, control characters and tricks of direction, short enough to be shown.
pub fn clean(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let shown: String = last.chars().filter(|letter| !letter.is_control() && !is_hidden(*letter)).collect();
    let safe = shown.replace(['"', '<', '>', ':', '|', '?', '*', ';', '%'], "_");
    let safe = safe.split_whitespace().collect::<Vec<_>>().join(" ");
    let safe = safe.trim_matches(['.', ' ']);
    if safe.is_empty() {
        return "file".to_owned();
    }
    let count = safe.chars().count();
    if count <= CHARS_MAX {
        return safe.to_owned();
    }
    let ending = ending(safe).filter(|ending| ending.chars().count() <= 10);
    let kept = CHARS_MAX - ending.map_or(0, |ending| ending.chars().count() + 1);
    let start: String = safe.chars().take(kept).collect();
    ending.map_or_else(|| start.clone(), |ending| format!("{start}.{ending}"))
}

/// Returns what stands behind the last dot.
fn ending(name: &str) -> Option<&str> {
    name.rsplit_once('.').map(|(_, ending)| ending).filter(|ending| !ending.is_empty())
}

/// Returns whether a name ends as one of these.
pub fn ends_as(name: &str, endings: &[&str]) -> bool {
    ending(name).is_some_and(|ending| endings.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// Returns the name with the ending of what the file is.
pub fn fitting(name: &str, content: Content) -> String {
    let endings = content.endings();
    if ends_as(name, endings) { name.to_owned() } else { format!("{name}.{}", endings[0]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_nowhere_and_is_what_it_looks_like() {
        for (given, kept) in [
            ("report.pdf", "report.pdf"),
            ("Отчёт о пилоте.docx", "Отчёт о пилоте.docx"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\a\\b.xlsx", "b.xlsx"),
            ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie_ x=1.pdf"),
            ("annex\u{202e}fdp.exe", "annexfdp.exe"),
            ("zero\u{200b}width.png", "zerowidth.png"),
            ("\"><script>.csv", "___script_.csv"),
            ("..", "file"),
            ("", "file"),
            ("  spaced   out .txt ", "spaced out .txt"),
        ] {
            assert_eq!(clean(given), kept);
        }
        let long = clean(&format!("{}.pdf", "я".repeat(500)));
        assert_eq!((long.chars().count(), long.ends_with("я.pdf")), (120, true));
    }

    #[test]
    fn the_ending_tells_what_the_file_is() {
        assert_eq!(fitting("photo.pdf", Content::Png), "photo.pdf.png");
        assert_eq!(fitting("photo.JPG", Content::Jpeg), "photo.JPG");
        assert_eq!(fitting("run.bat", Content::Text), "run.bat.txt");
    }
}
