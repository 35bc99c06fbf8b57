//! The list of accounts, one's own account, and the change of one's password.

pub mod factors;
pub mod invitations;
pub mod resets;
pub mod sign_ins;

use askama::Template;
use chrono::NaiveDateTime;

use super::model::invitations::Invitation;
use super::model::sign_ins::SignIn;
use super::model::{BELOW_HEAD, Grant, Place};
use super::operations::factors::may_remove;
use super::operations::{Directory, may_call, may_change, may_disable, may_restore};
use super::store::SignedIn;
use super::{Account, Office};
use crate::delegations::{Delegation, DelegationKind};
use crate::i18n::order;
use crate::kernel::fields::{FieldErrors, Message};
use crate::kernel::ids::SignInId;
use crate::kernel::zones::ZONES;
use crate::outbox::Pace;
use crate::policy::{Action, Capacity, Target};
use crate::web::{Answer, Fields, FormView, Frame, Member, PageResult, Reader};

/// The list of accounts.
#[derive(Template)]
#[template(path = "accounts/list.html")]
struct ListPage {
    frame: Frame,
    sections: Vec<SectionView>,
    shows_delegations: bool,
}

/// The people of one delegation, or of the offices.
struct SectionView {
    title: String,
    people: Vec<PersonRow>,
    invitations: Vec<InvitationRow>,
    invite: Option<String>,
    clearance: Option<String>,
}

/// Another capacity for an accreditation.
struct ChangeView {
    action: String,
    id: String,
    capacities: Vec<(&'static str, String)>,
}

/// One person in one place.
struct PersonRow {
    name: String,
    email: String,
    role: String,
    validity: String,
    standing: &'static str,
    end: Option<String>,
    change: Option<ChangeView>,
    restore: Option<String>,
    factor: Option<String>,
    disable: Option<String>,
    enable: Option<String>,
    erase: Option<String>,
}

impl PersonRow {
    /// Returns whether anything can be done with this account.
    fn has_acts(&self) -> bool {
        let acts = [&self.end, &self.restore, &self.factor, &self.disable, &self.enable, &self.erase];
        self.change.is_some() || acts.iter().any(|act| act.is_some())
    }
}

/// One open invitation.
struct InvitationRow {
    name: String,
    email: String,
    role: String,
    until: String,
    withdraw: Option<String>,
}

/// Shows the list of accounts.
pub fn list(member: &Member<'_>, directory: &Directory) -> PageResult {
    let mut sections = Vec::new();
    if directory.is_whole {
        sections.push(offices(member, directory));
    }
    let mut delegations: Vec<&Delegation> = directory.delegations.iter().collect();
    delegations.retain(|delegation| delegation.kind != DelegationKind::Group);
    delegations.sort_by(|a, b| order::compare(member.lang, a.name.get(member.lang), b.name.get(member.lang)));
    sections.extend(delegations.into_iter().map(|delegation| delegation_section(member, directory, delegation)));
    if directory.is_whole {
        sections.extend(unplaced(member, directory));
    }
    Answer::page(&ListPage {
        frame: Frame::new(member, member.texts().text("nav-accounts")),
        sections,
        shows_delegations: member.may(Action::ManageDelegations, &Target::none()),
    })
}

fn offices(member: &Member<'_>, directory: &Directory) -> SectionView {
    let texts = member.texts();
    let people = directory.accounts.iter().filter(|account| account.office != Office::None);
    let may_invite = may_call(&member.actor, &Place::Office(Office::Secretariat)).is_ok();
    SectionView {
        title: texts.text("account-offices"),
        people: people.map(|account| person(member, directory, account, None)).collect(),
        invitations: invitations(member, directory, |place| matches!(place, Place::Office(_))),
        invite: may_invite.then(|| "/accounts/invitations/new?to=offices".to_owned()),
        clearance: None,
    }
}

fn delegation_section(member: &Member<'_>, directory: &Directory, delegation: &Delegation) -> SectionView {
    let here = |place: &Place| matches!(place, Place::Delegation(id, _) if *id == delegation.id);
    let mut grants: Vec<&Grant> = directory.grants.iter().filter(|grant| grant.delegation == delegation.id).collect();
    // Why: a capacity counts upwards, and a list begins with the head.
    grants.sort_by_key(|grant| std::cmp::Reverse(grant.capacity));
    let of = |grant: &Grant| directory.accounts.iter().find(|account| account.id == grant.account);
    let may_invite = may_call(&member.actor, &Place::Delegation(delegation.id.clone(), Capacity::Delegate)).is_ok()
        || may_call(&member.actor, &Place::Delegation(delegation.id.clone(), Capacity::Head)).is_ok();
    SectionView {
        title: delegation.name.get(member.lang).clone(),
        people: grants
            .into_iter()
            .filter_map(|grant| Some(person(member, directory, of(grant)?, Some(grant))))
            .collect(),
        invitations: invitations(member, directory, here),
        invite: may_invite.then(|| format!("/accounts/invitations/new?to={}", delegation.code)),
        clearance: member
            .may(Action::SetClearanceSteps, &Target::of_delegation(delegation.id.clone()))
            .then(|| format!("/delegations/{}/clearance", delegation.code)),
    }
}

/// The accounts that hold nothing, if there are any.
fn unplaced(member: &Member<'_>, directory: &Directory) -> Option<SectionView> {
    let holds = |account: &Account| directory.grants.iter().any(|grant| grant.account == account.id);
    let people: Vec<PersonRow> = directory
        .accounts
        .iter()
        .filter(|account| account.office == Office::None && !holds(account))
        .map(|account| person(member, directory, account, None))
        .collect();
    let title = member.texts().text("account-without-place");
    (!people.is_empty()).then(|| SectionView { title, people, invitations: Vec::new(), invite: None, clearance: None })
}

fn person(member: &Member<'_>, directory: &Directory, account: &Account, grant: Option<&Grant>) -> PersonRow {
    let texts = member.texts();
    let own: Vec<Grant> = directory.grants.iter().filter(|grant| grant.account == account.id).cloned().collect();
    let may_disable = may_disable(&member.actor, account, &own).is_ok();
    let may_restore = may_restore(&member.actor, account, &own).is_ok();
    let may_remove = directory.with_factor.contains(&account.id) && may_remove(&member.actor, account, &own).is_ok();
    let may_end = grant
        .filter(|grant| may_call(&member.actor, &Place::Delegation(grant.delegation.clone(), grant.capacity)).is_ok());
    let may_change = grant.filter(|grant| may_change(&member.actor, grant).is_ok());
    let today = member.now().date();
    let is_erased = account.erased_at.is_some();
    let standing = match (account.disabled_at, grant) {
        _ if is_erased => "erased",
        (Some(_), _) => "disabled",
        (None, Some(grant)) if grant.is_over(today) => "over",
        (None, Some(grant)) if grant.valid_from_on > today => "later",
        (None, _) => "active",
    };
    let may_erase = member.may(Action::EraseAccount, &Target::none());
    let act = |allowed: bool, act: &str| allowed.then(|| format!("/accounts/{}/{act}", account.id));
    PersonRow {
        name: account.name.clone(),
        email: if is_erased { String::new() } else { account.email.clone() },
        role: match (grant, account.office.capacity()) {
            (Some(grant), _) => texts.code("capacity", grant.capacity),
            (None, Some(capacity)) => texts.code("capacity", capacity),
            (None, None) => String::new(),
        },
        validity: grant.map_or_else(String::new, |grant| validity(member, grant)),
        standing,
        end: may_end.map(|grant| format!("/accounts/accreditations/{}/end", grant.id)),
        change: may_change.map(|grant| change(member, grant)),
        restore: act(may_restore, "password-link"),
        factor: act(may_remove, "second-factor/remove"),
        disable: act(may_disable && account.disabled_at.is_none(), "disable"),
        enable: act(may_disable && account.disabled_at.is_some() && !is_erased, "enable"),
        erase: act(may_erase && account.disabled_at.is_some() && !is_erased, "erase"),
    }
}

/// Returns the capacities that an accreditation can have instead.
fn change(member: &Member<'_>, grant: &Grant) -> ChangeView {
    let others = BELOW_HEAD.iter().filter(|capacity| **capacity != grant.capacity);
    ChangeView {
        action: format!("/accounts/accreditations/{}/capacity", grant.id),
        id: format!("capacity-{}", grant.id),
        capacities: others.map(|one| (one.code(), member.texts().code("capacity", one))).collect(),
    }
}

fn validity(reader: &Reader, grant: &Grant) -> String {
    let texts = reader.texts();
    let from = texts.day(grant.valid_from_on);
    match grant.valid_until_on {
        Some(until) => texts.with("account-valid-between", &[("from", from), ("until", texts.day(until))]),
        None => texts.one("account-valid-from", "from", from),
    }
}

fn invitations(member: &Member<'_>, directory: &Directory, is_here: impl Fn(&Place) -> bool) -> Vec<InvitationRow> {
    let row = |invitation: &Invitation| InvitationRow {
        name: invitation.name.clone(),
        email: invitation.email.clone(),
        role: member.texts().code("capacity", invitation.place.role()),
        until: member.texts().moment(invitation.expires_at, member.zone),
        withdraw: may_call(&member.actor, &invitation.place)
            .is_ok()
            .then(|| format!("/accounts/invitations/{}/withdraw", invitation.id)),
    };
    directory.invitations.iter().filter(|invitation| is_here(&invitation.place)).map(row).collect()
}

/// One's own account.
#[derive(Template)]
#[template(path = "accounts/own.html")]
struct OwnPage {
    frame: Frame,
    email: String,
    holdings: Vec<(String, String)>,
    form: FormView,
    languages: Vec<(&'static str, String)>,
    zones: Vec<(&'static str, String)>,
    mail: FormView,
    paces: Vec<(&'static str, String)>,
    sign_ins: Vec<SignInRow>,
}

/// One of one's own sign-ins.
struct SignInRow {
    id: SignInId,
    machine: String,
    since: String,
    last_seen: String,
    is_this: bool,
}

/// Returns the fields of a form that shows the stored profile.
pub fn profile_fields(account: &Account) -> Fields {
    Fields::none()
        .set("name", account.name.clone())
        .set("language", account.language.code())
        .set("time_zone", account.time_zone.name())
}

/// Shows one's own account: with stored values, or again with what was typed.
pub fn own(
    member: &Member<'_>,
    (sign_ins, pace): &(Vec<SignIn>, Pace),
    typed: Option<(Fields, FieldErrors)>,
) -> PageResult {
    let texts = member.texts();
    let account = &member.signed_in.account;
    let (fields, errors) = typed.clone().unwrap_or_else(|| (profile_fields(account), FieldErrors::none()));
    let page = OwnPage {
        frame: Frame::new(member, texts.text("account-own")).form("profile"),
        email: account.email.clone(),
        holdings: holdings(member, member.signed_in),
        form: FormView::again(texts, fields, &errors),
        languages: languages(member),
        zones: zones(member),
        mail: FormView::fresh(Fields::none().set("pace", pace.code())),
        paces: Pace::ALL.iter().map(|pace| (pace.code(), texts.code("mail-pace", pace))).collect(),
        sign_ins: sign_ins.iter().map(|sign_in| sign_in_row(member, sign_in)).collect(),
    };
    if typed.is_some() { Answer::again(&page, !errors.is_empty()) } else { Answer::page(&page) }
}

/// Returns the languages as choices, as the page calls them.
pub fn languages(reader: &Reader) -> Vec<(&'static str, String)> {
    ["en", "ru"].into_iter().map(|code| (code, reader.texts().code("account-language", code))).collect()
}

fn zones(reader: &Reader) -> Vec<(&'static str, String)> {
    let now = reader.now();
    let label = |zone, word| {
        let name = reader.texts().code("zone", word);
        format!("{name} ({})", crate::i18n::offset(now, zone))
    };
    ZONES.iter().map(|(zone, word)| (zone.name(), label(*zone, word))).collect()
}

fn holdings(reader: &Reader, signed_in: &SignedIn) -> Vec<(String, String)> {
    let texts = reader.texts();
    let office = signed_in.account.office.capacity();
    let office = office.map(|capacity| (texts.text("account-office"), texts.code("capacity", capacity)));
    let places = signed_in.accreditations.iter().map(|accreditation| {
        let capacity = texts.code("capacity", accreditation.capacity);
        let until = accreditation.valid_until_on.map(|day| texts.one("account-valid-until", "until", texts.day(day)));
        let words = [Some(capacity), until].into_iter().flatten().collect::<Vec<_>>().join(", ");
        (accreditation.delegation_name.get(reader.lang).clone(), words)
    });
    office.into_iter().chain(places).collect()
}

fn sign_in_row(member: &Member<'_>, sign_in: &SignIn) -> SignInRow {
    let texts = member.texts();
    let machine =
        if sign_in.machine.is_empty() { texts.text("sign-in-machine-unknown") } else { sign_in.machine.clone() };
    SignInRow {
        id: sign_in.id.clone(),
        machine,
        since: texts.moment(sign_in.created_at, member.zone),
        last_seen: texts.moment(sign_in.last_seen_at, member.zone),
        is_this: sign_in.id == member.signed_in.sign_in,
    }
}

/// The change of one's password.
#[derive(Template)]
#[template(path = "accounts/password.html")]
struct PasswordPage {
    frame: Frame,
    form: FormView,
    message: Option<String>,
}

fn password_page(member: &Member<'_>, errors: &FieldErrors, message: Option<String>) -> PasswordPage {
    let texts = member.texts();
    PasswordPage {
        frame: Frame::new(member, texts.text("password-change"))
            .crumb(texts.text("account-own"), "/account")
            .form("password"),
        form: FormView::again(texts, Fields::none(), errors),
        message,
    }
}

/// Shows the form for a new password.
pub fn password(member: &Member<'_>) -> PageResult {
    Answer::page(&password_page(member, &FieldErrors::none(), None))
}

/// Shows the form for a new password again; passwords are typed anew.
pub fn password_again(member: &Member<'_>, errors: &FieldErrors) -> PageResult {
    Answer::again(&password_page(member, errors, None), !errors.is_empty())
}

/// Shows the form for a new password after an old one that was not right.
pub fn password_wrong(member: &Member<'_>) -> PageResult {
    password_again(member, &FieldErrors::one("old_password", Message::new("password-wrong")))
}

/// Shows the form for a new password after too many attempts.
pub fn password_wait(member: &Member<'_>, until: NaiveDateTime) -> PageResult {
    let page = password_page(member, &FieldErrors::none(), Some(sign_ins::wait_words(member, until)));
    Answer::wait(sign_ins::seconds_until(member, until), &page)
}
