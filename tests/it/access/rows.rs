//! One line a route: method, address as mounted, where it acts, what guards it.

use rocket::http::Method::{Get, Head as Ask, Patch, Post};
use speca::kernel::reference::Kind::{Action, Practice};
use speca::policy::Action::*;
use speca::policy::Capacity::{Delegate, Head};
use speca::submissions::State;
use speca::{ballots, decisions, programmes};

use super::Guard::{May, Nobody, Public, SignIn};
use super::world::Place::*;
use super::{Row, row};

/// Wherever a submission may stand.
const ANY: &[State] = State::ALL;
/// In the hands of the secretariat.
const SCREENED: &[State] = &[State::UnderReview];
/// Not in the library.
const UNPUBLISHED: &[State] = &[
    State::Draft,
    State::AwaitingClearance,
    State::Submitted,
    State::UnderReview,
    State::Returned,
    State::NotRetained,
    State::Withdrawn,
    State::Merged,
];
/// Wherever a ballot may stand.
const ANY_BALLOT: &[ballots::State] = ballots::State::ALL;
/// Wherever a programme may stand.
const ANY_PROGRAMME: &[programmes::State] = programmes::State::ALL;
/// Wherever a decision may stand.
const ANY_DECISION: &[decisions::State] = decisions::State::ALL;
/// Accepted alone: what the group scores and votes on.
const DECIDED: &[State] = &[State::Accepted];

/// Every route, room by room.
#[rustfmt::skip]
pub const ROWS: &[Row] = &[
    row(Get,  "/assets/<name>",                      Site,      Public).at(&[("name", "style.css")]),

    // What machines ask.
    row(Get,  "/health",                             Site,      Public),
    row(Get,  "/ready",                              Site,      Public),
    row(Get,  "/metrics",                            Site,      Nobody),

    // Keeps a form whose sign-in has ended; what it was sent to decides.
    row(Post, "/<_..>",                              Site,      Nobody).at(&[("_", "no-such-page")]),

    // Signing in, and one's own account.
    row(Get,  "/sign-in",                            Site,      Public),
    row(Post, "/sign-in",                            Site,      Public).with(&[("email", "a@example.org"), ("password", "wrong")]),
    row(Get,  "/sign-in/forgotten",                  Site,      Public),
    row(Post, "/sign-in/forgotten",                  Site,      Public).with(&[("email", "nobody")]),
    row(Post, "/sign-out",                           Site,      Public),
    row(Post, "/language",                           Site,      Public).with(&[("language", "ru"), ("return_to", "/")]),
    row(Get,  "/account",                            Site,      SignIn),
    row(Post, "/account",                            Site,      SignIn).with(&[("name", "Office"), ("language", "en"), ("time_zone", "UTC")]),
    row(Get,  "/account/mail",                       Site,      SignIn),
    row(Post, "/account/mail",                       Site,      SignIn).with(&[("pace", "daily")]),
    row(Get,  "/account/password",                   Site,      SignIn),
    row(Post, "/account/password",                   Site,      SignIn),
    row(Get,  "/sign-in/code",                       Site,      Public),
    row(Post, "/sign-in/code",                       Site,      Public).with(&[("code", "123456")]),
    row(Get,  "/account/second-factor",              Site,      SignIn),
    row(Post, "/account/second-factor",              Site,      SignIn).with(&[("code", "123456"), ("seed", "0000000000000000000000000000000000000000000000000000000000000000")]),
    row(Post, "/account/second-factor/change",       Site,      SignIn).with(&[("password", "wrong"), ("code", "123456"), ("wish", "codes")]),
    row(Post, "/account/sign-ins/<id>/revoke",       OwnSignIn, SignIn),
    row(Post, "/account/sign-ins/revoke-all",        Site,      SignIn),

    // Accounts and invitations.
    row(Get,  "/accounts",                           OwnDelegation,        May(&[ViewAccounts])),
    row(Post, "/accounts/<id>/disable",              Account,              May(&[ManageHeads])),
    row(Post, "/accounts/<id>/disable",              Office,               May(&[ManageOffices])),
    row(Post, "/accounts/<id>/enable",               Account,              May(&[ManageHeads])),
    row(Post, "/accounts/<id>/enable",               Office,               May(&[ManageOffices])),
    row(Post, "/accounts/accreditations/<id>/end",   Grant(Delegate),      May(&[ManageDelegates])),
    row(Post, "/accounts/accreditations/<id>/end",   Grant(Head),          May(&[ManageHeads])),
    row(Get,  "/accounts/invitations/new",           Delegation,           May(&[ManageHeads, ManageDelegates])).asking("to=<code>"),
    row(Get,  "/accounts/invitations/new",           Site,                 May(&[ManageOffices])).asking("to=offices"),
    row(Post, "/accounts/invitations",               Delegation,           May(&[ManageDelegates])).with(&[("to", "<code>"), ("role", "delegate"), ("email", "new@example.org"), ("name", "Office"), ("language", "en")]),
    row(Post, "/accounts/invitations",               Delegation,           May(&[ManageHeads])).with(&[("to", "<code>"), ("role", "head"), ("email", "new@example.org"), ("name", "Office"), ("language", "en")]),
    row(Post, "/accounts/invitations",               Site,                 May(&[ManageOffices])).with(&[("to", "offices"), ("role", "chair"), ("email", "new@example.org"), ("name", "Office"), ("language", "en")]),
    row(Post, "/accounts/invitations/<id>/withdraw", Invitation(Delegate), May(&[ManageDelegates])),
    row(Post, "/accounts/invitations/<id>/withdraw", Invitation(Head),     May(&[ManageHeads])),
    row(Post, "/accounts/<id>/password-link",        Account,              May(&[ManageDelegates])),
    row(Post, "/accounts/<id>/password-link",        Office,               May(&[ManageOffices])),
    row(Post, "/accounts/<id>/second-factor/remove", Account,              May(&[RemoveFactor])),
    row(Post, "/accounts/<id>/second-factor/remove", Office,               May(&[RemoveFactor])),
    row(Post, "/invitations/<token>/password",       ReturnLink,           Public).with(&[("password", "long enough to pass"), ("password_again", "long enough to pass")]),
    row(Get,  "/invitations/<token>",                Invitation(Delegate), Public),
    row(Post, "/invitations/<token>",                Invitation(Delegate), Public).with(&[("name", "Office"), ("language", "en"), ("password", "long enough to pass"), ("password_again", "long enough to pass")]),

    // The outbox.
    row(Get,  "/outbox",                             Site,       May(&[ViewOutbox])),
    row(Get,  "/outbox/texts",                       Site,       May(&[EditMailTexts])),
    row(Get,  "/outbox/texts/<kind>/<language>",     Site,       May(&[EditMailTexts])).at(&[("kind", "accepted"), ("language", "en")]),
    row(Post, "/outbox/texts/<kind>/<language>",     Site,       May(&[EditMailTexts])).at(&[("kind", "accepted"), ("language", "en")]).with(&[("subject", "A"), ("body", "B"), ("edition", "0"), ("act", "standard")]),
    row(Get,  "/outbox/<id>",                        Mail,       May(&[ViewOutbox])),
    row(Post, "/outbox/<id>/send-again",             Mail,       May(&[SendMailAgain])),

    // Delegations and the audit trail.
    row(Get,  "/delegations",                        Site,       May(&[ManageDelegations])),
    row(Get,  "/delegations/new",                    Site,       May(&[ManageDelegations])),
    row(Post, "/delegations",                        Site,       May(&[ManageDelegations])),
    row(Get,  "/delegations/<code>/edit",            Delegation, May(&[ManageDelegations])),
    row(Post, "/delegations/<code>",                 Delegation, May(&[ManageDelegations])),
    row(Get,  "/audit",                              Site,       May(&[ViewAudit])),

    // The start page; sessions and their questionnaires.
    row(Get,  "/",                                      Site,    Public),
    row(Get,  "/sessions",                              Site,    May(&[ViewSession])),
    row(Get,  "/sessions/<number>",                     Session, May(&[ViewSession])),
    row(Get,  "/sessions/<number>/questionnaires/<kind>", Session, May(&[ViewSession])).at(&[("kind", "practice")]),
    row(Get,  "/sessions/<number>/calendar.ics",     Session,    May(&[ViewSession])),
    row(Get,  "/sessions/<number>/questionnaires/<kind>/form.xlsx", Session, May(&[ViewSession])).at(&[("kind", "practice")]),
    row(Get,  "/sessions/new",                          Site,    May(&[ManageSessions])),
    row(Post, "/sessions/new",                          Site,    May(&[ManageSessions])),
    // Why: asking for it would stand in the way of every head for the rest of the walk; `factors` asks.
    row(Get,  "/sessions/<number>/second-factor",       Session, May(&[ManageSessions])),
    row(Post, "/sessions/<number>/second-factor",       Session, May(&[ManageSessions])).with(&[("heads", "no")]),
    row(Get,  "/sessions/<number>/edit",                Session, May(&[ManageSessions])),
    row(Post, "/sessions/<number>/edit",                Session, May(&[ManageSessions])),
    row(Get,  "/sessions/<number>/windows",             Session, May(&[ManageSessions])),
    row(Post, "/sessions/<number>/windows",             Session, May(&[ManageSessions])),
    row(Get,  "/sessions/<number>/criteria",            Session, May(&[ManageSessions])),
    row(Post, "/sessions/<number>/criteria",            Session, May(&[ManageSessions])),
    row(Get,  "/sessions/<number>/rules",               Session, May(&[ManageSessions])),
    row(Post, "/sessions/<number>/rules",               Session, May(&[ManageSessions])),
    row(Get,  "/sessions/<number>/reviewers",           Session, May(&[ManageSessions])),
    row(Post, "/sessions/<number>/reviewers",           Session, May(&[ManageSessions])),
    row(Post, "/sessions/<number>/reviewers/dismiss",   Session, May(&[ManageSessions])).with(&[("account", "<reviewer>")]),

    // Submissions.
    row(Get,  "/sessions/<number>/submissions",         Session,       SignIn),
    row(Get,  "/sessions/<number>/matches",             Session,       SignIn),
    row(Get,  "/sessions/<number>/similar",             Session,       SignIn).asking("title=window"),
    row(Get,  "/sessions/<number>/submissions/new",     OwnDelegation, May(&[CreateSubmission])).asking("kind=practice"),
    row(Post, "/sessions/<number>/submissions/new",     OwnDelegation, May(&[CreateSubmission])).asking("kind=action").with(&[("delegation", "KAZ"), ("original", "en")]),
    row(Get,  "/submissions/<reference>",               Submission(Practice, ANY),      May(&[ViewSubmission])),
    row(Get,  "/submissions/<reference>",               Submission(Action, ANY),        May(&[ViewSubmission])),
    row(Get,  "/submissions/<reference>/screen",        Submission(Practice, SCREENED), May(&[ScreenSubmission])),
    row(Get,  "/submissions/<reference>/edit",          Submission(Practice, ANY),      May(&[EditSubmission])),
    row(Get,  "/submissions/<reference>/form.xlsx",     Submission(Practice, ANY),      May(&[EditSubmission])),
    row(Get,  "/submissions/<reference>/upload",        Submission(Practice, ANY),      May(&[EditSubmission])),
    row(Post, "/submissions/<reference>/upload",        Submission(Practice, ANY),      May(&[EditSubmission])),
    row(Post, "/submissions/<reference>/edit",          Submission(Practice, ANY),      May(&[EditSubmission])).with(&[("title|en", "Another title")]),
    row(Post, "/submissions/<reference>/presence",      Submission(Practice, ANY),      May(&[EditSubmission])).with(&[("question", "title|en")]),
    row(Post, "/submissions/<reference>/autosave",      Submission(Practice, ANY),      May(&[EditSubmission])).with(&[("title|en", "Another title")]),
    row(Get,  "/submissions/<reference>/attachments",   Submission(Practice, ANY),      May(&[ViewAttachments])),
    row(Get,  "/submissions/<reference>/attachments",   Asked(ANY),                     May(&[ViewAttachments])),
    row(Post, "/submissions/<reference>/attachments",   Submission(Practice, ANY),      May(&[EditSubmission])),
    row(Get,  "/submissions/<reference>/attachments/<attachment>", Submission(Practice, ANY), May(&[ViewAttachments, ViewPublicAttachments])),
    row(Get,  "/submissions/<reference>/attachments/<attachment>", Submission(Action, ANY), May(&[ViewAttachments])),
    row(Post, "/submissions/<reference>/attachments/<attachment>/public", Submission(Practice, ANY), May(&[EditSubmission])).with(&[("public", "yes")]),
    row(Post, "/submissions/<reference>/attachments/<attachment>/remove", Submission(Practice, ANY), May(&[EditSubmission])),
    row(Post, "/submissions/<reference>/attachments/uploads", Submission(Practice, ANY), May(&[EditSubmission])),
    row(Ask,  "/submissions/<reference>/attachments/uploads/<upload>", Submission(Practice, ANY), May(&[EditSubmission])),
    row(Patch, "/submissions/<reference>/attachments/uploads/<upload>", Submission(Practice, ANY), May(&[EditSubmission])),
    row(Get,  "/submissions/<reference>/languages",     Submission(Practice, ANY),      May(&[TranslateSubmission])),
    row(Post, "/submissions/<reference>/languages",     Submission(Practice, ANY),      May(&[TranslateSubmission])).with(&[("title|ru", "Another title")]),
    row(Get,  "/submissions/<reference>/history",       Submission(Practice, ANY),      May(&[ViewSubmissionHistory])),
    row(Get,  "/submissions/<reference>/compare",       Submission(Practice, ANY),      May(&[ViewSubmissionHistory])).asking("from=1&to=1"),
    row(Post, "/submissions/<reference>/acts/<event>",  Submission(Practice, ANY),      May(&[RequestClearance])).at(&[("event", "request-clearance")]),
    row(Post, "/submissions/<reference>/acts/<event>",  Submission(Practice, ANY),      May(&[ClearSubmission])).at(&[("event", "send-back")]),
    row(Post, "/submissions/<reference>/acts/<event>",  Submission(Practice, ANY),      May(&[ClearSubmission])).at(&[("event", "clear")]),
    row(Post, "/submissions/<reference>/acts/<event>",  Compiled(Practice, ANY),        May(&[HandInSubmission])).at(&[("event", "hand-in")]),
    row(Post, "/submissions/<reference>/acts/<event>",  Submission(Practice, ANY),      May(&[ScreenSubmission])).at(&[("event", "take-up")]),
    row(Post, "/submissions/<reference>/acts/<event>",  Submission(Practice, ANY),      May(&[ScreenSubmission])).at(&[("event", "return")]).with(&[("note", "A note")]),
    row(Post, "/submissions/<reference>/acts/<event>",  Submission(Practice, ANY),      May(&[ScreenSubmission])).at(&[("event", "accept")]),
    row(Post, "/submissions/<reference>/acts/<event>",  Submission(Practice, ANY),      May(&[ScreenSubmission])).at(&[("event", "not-retain")]).with(&[("note", "A note")]),
    row(Post, "/submissions/<reference>/acts/<event>",  Submission(Practice, ANY),      May(&[WithdrawSubmission])).at(&[("event", "withdraw")]).with(&[("note", "A note")]),
    row(Post, "/submissions/<reference>/acts/<event>",  Compiled(Practice, ANY),        May(&[TakeOverSubmission])).at(&[("event", "take-over")]),
    row(Post, "/submissions/<reference>/clarifications", Submission(Action, ANY),       May(&[AskClarification])).with(&[("question", "Why?"), ("reach", "delegations")]),
    row(Post, "/submissions/<reference>/clarifications", Asked(ANY),                    May(&[AskClarification])).with(&[("question", "Why?"), ("reach", "delegations")]),
    row(Post, "/submissions/<reference>/clarifications/<id>", Submission(Action, ANY),  May(&[AnswerClarification])).with(&[("answer", "Because")]),
    row(Get,  "/submissions/<reference>",               Asked(ANY),                     May(&[ViewSubmission])),
    row(Post, "/submissions/<reference>/consent/<event>", OwnAnswer(ANY),               May(&[AnswerConsent])).at(&[("event", "give")]),
    row(Post, "/submissions/<reference>/consent/<event>", OwnAnswer(ANY),               May(&[AnswerConsent])).at(&[("event", "decline")]),
    row(Post, "/submissions/<reference>/co-sponsors/invite", Submission(Action, ANY),   May(&[InviteCoSponsors])).with(&[("delegations", "TJK")]),
    row(Post, "/submissions/<reference>/co-sponsorship/<event>", OwnAnswer(ANY),        May(&[CoSponsor])).at(&[("event", "join")]),
    row(Post, "/submissions/<reference>/co-sponsorship/<event>", OwnAnswer(ANY),        May(&[CoSponsor])).at(&[("event", "leave")]),
    row(Post, "/submissions/<reference>/countries/<country>/remove", Submission(Action, ANY), May(&[RemoveCountry])).at(&[("country", "UZB")]),

    // Reviews and the ranking.
    row(Get,  "/sessions/<number>/reviews",          Session,        May(&[ViewOwnReviews, ViewAllReviews])),
    row(Get,  "/sessions/<number>/reviews.xlsx",     Session,        May(&[ViewOwnReviews])),
    row(Get,  "/sessions/<number>/reviews/blank",    Session,        May(&[ViewOwnReviews])),
    row(Get,  "/sessions/<number>/reviews/upload",   Session,        May(&[ViewOwnReviews])),
    row(Post, "/sessions/<number>/reviews/upload",   Session,        May(&[ViewOwnReviews])),
    row(Post, "/sessions/<number>/reviews/upload/apply", Session,    May(&[ViewOwnReviews])),
    row(Get,  "/sessions/<number>/ranking",          Session,        May(&[ViewRanking])),
    row(Get,  "/sessions/<number>/ranking/sure",     Session,        May(&[ViewRanking])),
    row(Get,  "/submissions/<reference>/review",     Submission(Action, DECIDED), May(&[GiveReview, ViewAllReviews])),
    row(Post, "/submissions/<reference>/review",     Submission(Action, DECIDED), May(&[GiveReview])),
    row(Get,  "/submissions/<reference>/recusal",    Submission(Action, DECIDED), May(&[Recuse])),
    row(Post, "/submissions/<reference>/recusal",    Submission(Action, DECIDED), May(&[Recuse])).with(&[("reason", "A reason")]),

    // Ballots: prepared and run by the secretariat, sealed until certified.
    row(Get,  "/sessions/<session>/ballots",                       Session,             Public),
    row(Get,  "/sessions/<session>/ballots/new",                   NewBallot,           May(&[PrepareBallot])),
    row(Post, "/sessions/<session>/ballots/new",                   NewBallot,           May(&[PrepareBallot])),
    row(Get,  "/sessions/<session>/ballots/<number>",              Ballot(ANY_BALLOT),  May(&[ViewBallot, ViewResult])),
    row(Get,  "/sessions/<session>/ballots/<number>/edit",         Ballot(ANY_BALLOT),  May(&[PrepareBallot])),
    row(Post, "/sessions/<session>/ballots/<number>/edit",         Ballot(ANY_BALLOT),  May(&[PrepareBallot])),
    row(Post, "/sessions/<session>/ballots/<number>/open",         Ballot(ANY_BALLOT),  May(&[RunBallot])).with(&[("present", "KAZ")]),
    row(Post, "/sessions/<session>/ballots/<number>/presence",     Ballot(ANY_BALLOT),  May(&[RunBallot])).with(&[("present", "KAZ")]),
    row(Post, "/sessions/<session>/ballots/<number>/close",        Ballot(ANY_BALLOT),  May(&[RunBallot])),
    row(Post, "/sessions/<session>/ballots/<number>/certify",      Ballot(ANY_BALLOT),  May(&[RunBallot])),
    row(Post, "/sessions/<session>/ballots/<number>/cancel",       Ballot(ANY_BALLOT),  May(&[RunBallot])),
    row(Get,  "/sessions/<session>/ballots/<number>/paper",        OwnPaper,            May(&[ViewPaper])),
    row(Post, "/sessions/<session>/ballots/<number>/paper",        OwnPaper,            May(&[PreparePaper])).with(&[("abstain", "yes"), ("act", "keep")]),
    row(Post, "/sessions/<session>/ballots/<number>/paper/confirm", OwnPaper,           May(&[ConfirmPaper])),
    row(Get,  "/sessions/<session>/ballots/<number>/paper.xlsx",   OwnPaper,            May(&[PreparePaper])),
    row(Get,  "/sessions/<session>/ballots/<number>/paper/blank",  OwnPaper,            May(&[PreparePaper])),
    row(Get,  "/sessions/<session>/ballots/<number>/paper/upload", OwnPaper,            May(&[PreparePaper])),
    row(Post, "/sessions/<session>/ballots/<number>/paper/upload", OwnPaper,            May(&[PreparePaper])),
    row(Get,  "/sessions/<session>/ballots/<number>/result",       Ballot(ANY_BALLOT),  May(&[ViewResult])),
    row(Get,  "/sessions/<session>/ballots/<number>/result/sure",  Ballot(ANY_BALLOT),  May(&[ViewBallotPapers])),
    row(Get,  "/sessions/<session>/ballots/<number>/ballots.csv",  Ballot(ANY_BALLOT),  May(&[ViewBallotPapers])),
    row(Get,  "/sessions/<session>/ballots/<number>/ballots.preflib", Ballot(ANY_BALLOT), May(&[ViewBallotPapers])),
    row(Get,  "/sessions/<session>/ballots/<number>/ballots.pabulib", Ballot(ANY_BALLOT), May(&[ViewBallotPapers])),
    row(Get,  "/sessions/<session>/ballots/<number>/recount.zip",  Ballot(ANY_BALLOT),  May(&[ViewBallotPapers])),

    // Work programmes.
    row(Get,  "/sessions/<number>/programme",            Programme(&[programmes::State::Adopted]), May(&[ViewProgramme])),
    row(Get,  "/sessions/<number>/programme/<revision>", Programme(ANY_PROGRAMME),                 May(&[ViewProgramme])),
    row(Get,  "/sessions/<number>/programme/edit",       Session,                                  May(&[BuildProgramme])),
    row(Get,  "/sessions/<number>/programme/scenarios",  Session,                                  May(&[BuildProgramme])),
    row(Post, "/sessions/<number>/programme/edit",       Session,                                  May(&[BuildProgramme])),
    row(Post, "/sessions/<number>/programme/start",      Session,                                  May(&[BuildProgramme])).with(&[("places", "3"), ("ballot", "")]),
    row(Get,  "/sessions/<number>/programme/adopt",      Programme(&[programmes::State::Draft]),   May(&[BuildProgramme])),
    row(Post, "/sessions/<number>/programme/adopt",      Programme(&[programmes::State::Draft]),   May(&[BuildProgramme])),
    row(Post, "/sessions/<number>/programme/revise",     Programme(&[programmes::State::Adopted]), May(&[BuildProgramme])),

    // Decisions: the secretariat leads, heads speak for their delegations.
    row(Get,  "/sessions/<session>/decisions",                      Session,                Public),
    row(Get,  "/sessions/<session>/decisions/new",                  Session,                May(&[ManageDecision])),
    row(Post, "/sessions/<session>/decisions/new",                  Session,                May(&[ManageDecision])),
    row(Get,  "/sessions/<session>/decisions/<number>",             Decision(ANY_DECISION), May(&[ViewDecision])),
    row(Get,  "/sessions/<session>/decisions/<number>/edit",        Decision(ANY_DECISION), May(&[ManageDecision])),
    row(Post, "/sessions/<session>/decisions/<number>/edit",        Decision(ANY_DECISION), May(&[ManageDecision])).with(&[("title_en", "A"), ("title_ru", "А")]),
    row(Get,  "/sessions/<session>/decisions/<number>/roll",        Decision(ANY_DECISION), May(&[ManageDecision])),
    row(Post, "/sessions/<session>/decisions/<number>/roll",        Decision(ANY_DECISION), May(&[ManageDecision])).with(&[("delegation", "KAZ"), ("answer", "yes")]),
    row(Get,  "/sessions/<session>/decisions/<number>/acts/<act>",  OwnVoice,               May(&[GiveSupport])).at(&[("act", "support")]),
    row(Post, "/sessions/<session>/decisions/<number>/acts/<act>",  OwnVoice,               May(&[GiveSupport])).at(&[("act", "support")]).with(&[("grade", "full-support")]),
    row(Get,  "/sessions/<session>/decisions/<number>/acts/<act>",  OwnVoice,               May(&[ObjectToDecision])).at(&[("act", "object")]),
    row(Post, "/sessions/<session>/decisions/<number>/acts/<act>",  OwnVoice,               May(&[ObjectToDecision])).at(&[("act", "object")]).with(&[("reason", "A reason")]),
    row(Post, "/sessions/<session>/decisions/<number>/acts/<act>",  OwnVoice,               May(&[ExplainPosition])).at(&[("act", "explain")]).with(&[("text_en", "A position")]),
    row(Post, "/sessions/<session>/decisions/<number>/acts/<act>",  OwnVoice,               May(&[AskForVote])).at(&[("act", "ask-vote")]).with(&[("asked_by", "KAZ")]),
    row(Get,  "/sessions/<session>/decisions/<number>/acts/<act>",  Decision(ANY_DECISION), May(&[ManageDecision])).at(&[("act", "start-silence")]),
    row(Post, "/sessions/<session>/decisions/<number>/acts/<act>",  Decision(ANY_DECISION), May(&[ManageDecision])).at(&[("act", "open-sense-check")]),
    row(Post, "/sessions/<session>/decisions/<number>/acts/<act>",  Decision(ANY_DECISION), May(&[ManageDecision])).at(&[("act", "close-sense-check")]),
    row(Post, "/sessions/<session>/decisions/<number>/acts/<act>",  Decision(ANY_DECISION), May(&[ManageDecision])).at(&[("act", "open-register")]),
    row(Post, "/sessions/<session>/decisions/<number>/acts/<act>",  Decision(ANY_DECISION), May(&[ManageDecision])).at(&[("act", "adopt")]),
    row(Post, "/sessions/<session>/decisions/<number>/acts/<act>",  Decision(ANY_DECISION), May(&[ManageDecision])).at(&[("act", "start-silence")]).with(&[("until", "2020-10-01T18:00")]),
    row(Post, "/sessions/<session>/decisions/<number>/acts/<act>",  Decision(ANY_DECISION), May(&[ManageDecision])).at(&[("act", "extend-silence")]).with(&[("until", "2020-10-02T18:00"), ("reason", "A reason")]),
    row(Post, "/sessions/<session>/decisions/<number>/acts/<act>",  Decision(ANY_DECISION), May(&[ManageDecision])).at(&[("act", "check-text")]),
    row(Post, "/sessions/<session>/decisions/<number>/acts/<act>",  Decision(ANY_DECISION), May(&[ManageDecision])).at(&[("act", "close-vote")]),
    row(Post, "/sessions/<session>/decisions/<number>/acts/<act>",  Decision(ANY_DECISION), May(&[ManageDecision])).at(&[("act", "withdraw")]).with(&[("reason", "A reason")]),
    row(Post, "/sessions/<session>/decisions/<number>/objections/<id>/<event>", OwnVoice,   May(&[SettleObjection])).at(&[("event", "withdrawn")]),
    row(Get,  "/sessions/<session>/decisions/<number>/objections/<id>/amend", OwnVoice,     May(&[ProposeAmendment])),
    row(Post, "/sessions/<session>/decisions/<number>/objections/<id>/amend", OwnVoice,     May(&[ProposeAmendment])).with(&[("text_en", "Another text"), ("text_ru", "Другой текст"), ("revision", "1")]),
    row(Post, "/sessions/<session>/decisions/<number>/amendments/<amendment>/<verdict>", Decision(ANY_DECISION), May(&[ManageDecision])).at(&[("verdict", "leave")]),

    // The plenary screen.
    row(Get,  "/sessions/<number>/plenary",              Session, May(&[ViewPlenary])),
    row(Get,  "/sessions/<number>/plenary/events",       Session, May(&[ViewPlenary])).asking("once=true"),

    // The library, and files out and in.
    row(Get,  "/library",                                Site,                              Public),
    row(Get,  "/library/<reference>",                    Submission(Practice, DECIDED),     May(&[ViewSubmission])),
    row(Get,  "/library/<reference>",                    Submission(Practice, UNPUBLISHED), Nobody),
    row(Get,  "/library/<reference>",                    Submission(Action, ANY),           Nobody),
    row(Get,  "/sessions/<number>/papers",               Session, Public),
    row(Get,  "/sessions/<number>/papers/<file>",        Session, Public).at(&[("file", "practices")]),
    row(Get,  "/sessions/<number>/papers/<file>",        Session, Public).at(&[("file", "practices.docx")]),
    row(Get,  "/sessions/<number>/papers/<file>",        Session, Public).at(&[("file", "tables.xlsx")]),
    row(Get,  "/sessions/<number>/papers/<file>",        Programme(&[programmes::State::Adopted]), May(&[ViewProgramme])).at(&[("file", "programme")]),
    row(Get,  "/sessions/<number>/papers/<file>",        Programme(&[programmes::State::Adopted]), May(&[ViewProgramme])).at(&[("file", "decision.docx")]),
    row(Get,  "/sessions/<number>/exports",              Session, Public),
    row(Get,  "/sessions/<number>/exports/<file>",       Session, May(&[ExportPublic])).at(&[("file", "practices.csv")]),
    row(Get,  "/sessions/<number>/exports/<file>",       Session, May(&[ExportPublic])).at(&[("file", "answers.csv")]),
    row(Get,  "/sessions/<number>/exports/<file>",       Session, May(&[ExportSubmissions])).at(&[("file", "actions.csv")]),
    row(Get,  "/sessions/<number>/exports/<file>",       Session, May(&[ExportReviews])).at(&[("file", "reviews.csv")]),
    row(Get,  "/sessions/<number>/exports/<file>",       Session, May(&[ExportReviews])).at(&[("file", "ranking.csv")]),
    row(Get,  "/sessions/<number>/exports/<file>",       Session, Public).at(&[("file", "reviews.csv-metadata.json")]),
    row(Get,  "/sessions/<number>/imports/<kind>",       Session, May(&[ImportSubmissions])).at(&[("kind", "practice")]),
    row(Post, "/sessions/<number>/imports/<kind>",       Session, May(&[ImportSubmissions])).at(&[("kind", "practice")]),
    row(Post, "/sessions/<number>/imports/<kind>/apply", Session, May(&[ImportSubmissions])).at(&[("kind", "action")]),
];
