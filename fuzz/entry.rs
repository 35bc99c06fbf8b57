//! What the fuzz targets do with bytes, and the tests as well: read them, and do with what was read what `speca tally` does.

use speca::tally::ballot_file::read_ballots;
use speca::tally::budgets::{BudgetMethod, choose};
use speca::tally::files::{VoteFile, pabulib, preflib, read, write_csv, write_preflib};
use speca::tally::{Method, Profile, TieRule, count, parse_exact};

/// Counts what is small enough for it by every method.
fn count_all(profile: &Profile) {
    if profile.options().len() > 6 || profile.ballots().len() > 40 {
        return;
    }
    for method in Method::ALL {
        for rule in [TieRule::Refuse, TieRule::Reference] {
            let outcome = count(profile, *method, &rule).expect("no lot, no seed");
            assert_eq!(outcome.order.iter().map(Vec::len).sum::<usize>(), profile.options().len());
        }
    }
}

/// Reads our own form: what is written of it is read as the same.
pub fn ballots(bytes: &[u8]) {
    let _ = read(bytes);
    if let Ok(file) = read_ballots(bytes) {
        let text = write_csv(&file).expect("written");
        assert_eq!(read_ballots(text.as_bytes()).map(|again| again.fingerprint).as_ref(), Ok(&file.fingerprint));
        count_all(&file.profile);
    }
}

/// Reads PrefLib: what is written of it is read.
pub fn preflib(bytes: &[u8]) {
    let _ = read(bytes);
    let Ok(file) = preflib::read(&String::from_utf8_lossy(bytes)) else { return };
    let text = write_preflib("", &file.profile);
    assert!(matches!(read(text.as_bytes()), Ok(VoteFile::Ballots(_))), "{text}");
    count_all(&file.profile);
}

/// Reads Pabulib: what is chosen keeps to the budget.
pub fn pabulib(bytes: &[u8]) {
    let _ = read(bytes);
    let Ok(instance) = pabulib::read(&String::from_utf8_lossy(bytes)) else { return };
    if instance.projects.len() > 6 || instance.voters > 40 {
        return;
    }
    for method in BudgetMethod::ALL {
        let Ok(outcome) = choose(&instance, *method, &TieRule::Refuse) else { continue };
        assert!(parse_exact(&outcome.cost).is_none_or(|cost| cost <= instance.budget), "{method}");
    }
    if let Ok(profile) = instance.profile() {
        count_all(&profile);
    }
}
