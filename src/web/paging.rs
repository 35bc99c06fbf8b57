//! Lists in pages: which rows, how many pages, and addresses that keep the filters.

/// A page of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Number of the page, from 1.
    pub number: i64,
    /// Rows a page.
    pub size: i64,
}

impl Page {
    /// Returns the page asked for; anything below 1 is the first.
    pub fn new(number: Option<i64>, size: i64) -> Self {
        Self { number: number.unwrap_or(1).clamp(1, 1_000_000), size }
    }

    /// Returns how many rows come before.
    pub fn skip(self) -> i64 {
        (self.number - 1) * self.size
    }
}

/// What a template needs to lead through a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pager {
    /// This page.
    pub number: i64,
    /// Last page.
    pub last: i64,
    /// Rows in all.
    pub rows: i64,
    /// Address of the page before, if there is one.
    pub previous: Option<String>,
    /// Address of the page after, if there is one.
    pub next: Option<String>,
}

impl Pager {
    /// Returns the pager of a page of `rows`; `address` makes the address of a page number.
    pub fn new(page: Page, rows: i64, address: impl Fn(i64) -> String) -> Self {
        let last = (rows + page.size - 1).div_euclid(page.size).max(1);
        Self {
            number: page.number,
            last,
            rows,
            previous: (page.number > 1).then(|| address((page.number - 1).min(last))),
            next: (page.number < last).then(|| address(page.number + 1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_page_has_no_next() {
        let pager = |number, rows| Pager::new(Page::new(Some(number), 50), rows, |number| format!("?page={number}"));
        assert_eq!(pager(1, 0), Pager { number: 1, last: 1, rows: 0, previous: None, next: None });
        assert_eq!(pager(1, 51).next.as_deref(), Some("?page=2"));
        assert_eq!(pager(2, 51).next, None);
        assert_eq!(pager(-3, 51).number, 1);
        assert_eq!(Page::new(Some(3), 50).skip(), 100);
    }
}
