# State of a submission, acts of its workflow.
state-draft = Draft
state-awaiting-clearance = Awaiting clearance
state-submitted = Submitted
state-under-review = Under review
state-returned = Returned with comments
state-accepted = Accepted
state-not-retained = Not retained in this session
state-withdrawn = Withdrawn
state-merged = Joined to another submission
state-late = Handed in late
state-informal = Informal paper
event-create = Draft begun
event-request-clearance = Clearance requested
event-ask-confirmation = Entered by the secretariat from a file; the delegation is asked to confirm it
event-pass-on = Passed on
event-send-back = Sent back to the delegates
event-clear = Cleared and submitted
event-hand-in = Handed in by the secretariat
event-hand-in-late = Cleared and handed in late
event-admit = Admitted by the secretariat
event-keep-informal = Kept as an informal paper
event-take-up = Taken up for screening
event-return = Returned with comments
event-accept = Accepted
event-not-retain = Not retained in this session
event-withdraw = Withdrawn by the delegation
event-take-over = Taken over by the delegation
act-submission-create = Draft begun
act-submission-copy = Draft begun with the answers of an earlier session
act-submission-compile = Entry compiled from public sources
act-submission-save = Draft saved
act-submission-request-clearance = Clearance requested
act-submission-ask-confirmation = Confirmation of an imported text asked
act-submission-pass-on = Text passed on inside its delegation
act-submission-send-back = Text sent back to the delegates
act-submission-clear = Submission cleared
act-submission-hand-in = Compiled entry handed in
act-submission-hand-in-late = Submission handed in late
act-submission-admit = Late submission admitted
act-submission-keep-informal = Late submission kept as an informal paper
act-submission-take-up = Submission taken up for screening
act-submission-return = Submission returned with comments
act-submission-accept = Submission accepted
act-submission-not-retain = Submission not retained
act-submission-withdraw = Submission withdrawn
act-submission-take-over = Compiled entry taken over
refusal-submission-state = The submission stands as “{ $state }” now; this step does not follow from there.
refusal-not-compiled = This entry was not compiled from public sources, or it has been taken over already.
refusal-not-late = This text is not late: clear and submit it in the usual way.

# Words of the buttons, what they do, what is said afterwards.
submission-waits-for-head = The text waits for the clearance of your delegation and cannot be changed meanwhile. The head of delegation or the alternate clears it, or sends it back to you.
submission-act-request-clearance = Ask for clearance
submission-act-pass-on = Pass on
submission-act-send-back = Send back to the delegates
submission-act-clear = Clear and submit
submission-act-hand-in = Hand in
submission-act-hand-in-late = Clear and hand in late
submission-act-admit = Admit
submission-act-keep-informal = Keep as an informal paper
submission-act-take-up = Take up for screening
submission-act-return = Return with comments
submission-act-accept = Accept
submission-act-not-retain = Do not retain
submission-act-withdraw = Withdraw
submission-act-take-over = Take over and complete
submission-act-help-request-clearance = The text takes the steps of your delegation, if it has set any; then the head of delegation reads and clears it.
submission-act-help-pass-on = The text goes to the next step of your delegation; after the last step the head clears it.
submission-act-help-send-back = The text becomes a draft again; a note tells the delegates what is still to be done.
submission-act-help-clear = The text goes to the secretariat on behalf of your delegation.
submission-act-help-hand-in = The entry goes into screening.
submission-act-help-hand-in-late = The text goes to the secretariat on behalf of your delegation. The secretariat decides whether it goes into screening or is before the group as an informal paper.
submission-act-help-admit = The text goes into screening like any other; the delegation is told.
submission-act-help-keep-informal = Every delegation can read the text. It is not reviewed, not voted on, and not part of the work programme; the delegation is told.
submission-act-help-take-up = The secretariat begins to read; the delegation sees that.
submission-act-help-return = The delegation can mend the text and submit it again.
submission-act-help-accept = A good practice enters the library; a priority action goes on to review.
submission-act-help-not-retain = The submission stays on record with your reason and goes no further in this session.
submission-act-help-withdraw = The submission stays on record and goes no further. This cannot be undone.
submission-act-help-take-over = The entry comes to your delegation, which completes, corrects and clears it.
submission-done-request-clearance = Clearance has been asked for.
submission-done-pass-on = Passed on.
submission-done-send-back = The text is with the delegates again.
submission-done-clear = Cleared. The submission is with the secretariat now.
submission-done-hand-in = Handed in.
submission-done-hand-in-late = Handed in late. The secretariat decides how the text is treated; you are told.
submission-done-admit = Admitted. The text waits to be taken up.
submission-done-keep-informal = Kept as an informal paper. Every delegation can read it.
submission-done-take-up = Taken up for screening.
submission-done-return = Returned to the delegation with your comments.
submission-done-accept = Accepted.
submission-done-not-retain = Not retained in this session. The delegation sees your reason.
submission-done-withdraw = Withdrawn. The text stays on record.
submission-done-take-over = The entry is with your delegation now. Complete it and submit it again.

# The form.
submission-untitled-practice = Good practice without a title
submission-untitled-action = Priority action without a title
submission-optional = { $label } (optional)
submission-private = This answer is not published.
submission-private-mark = not published
submission-choose = Please choose
submission-row = Row
submission-fold = Choose from { $offered } entries; chosen: { $chosen }
submission-comment = Comment of the secretariat
submission-place-row = { $label }, row { $row }: { $column }
submission-place-language = { $label } ({ $language })
submission-in-en = in English
submission-in-ru = in Russian
submission-language-en = English
submission-language-ru = Russian
submission-error-at = { $place }: { $message }
submission-sections = Sections
submission-section-missing = { $count ->
    [one] one answer still to give
   *[other] { $count } answers still to give
}
submission-gaps = { $count ->
    [one] One answer is still to be given before this can be submitted
   *[other] { $count } answers are still to be given before this can be submitted
}
submission-complete = Everything that must be answered is answered.
submission-chars-en = Characters in English: { $chars }. Please stay below { $advised }.
submission-chars-ru = Characters in Russian: { $chars }. Please stay below { $advised }.
submission-original = Original language
submission-original-hint = The language in which the text is written first and must be complete. The other language may follow.
submission-save = Save draft
submission-save-and-request-clearance = Save and ask for clearance
submission-save-and-clear = Save and clear
submission-save-and-hand-in = Save and hand in
submission-save-and-hand-in-late = Save and hand in late
submission-late-now = The time for submissions is over. This session still takes what is late: the secretariat admits it or keeps it as an informal paper, which every delegation reads, but which is not reviewed or voted on.
submission-entered = The secretariat entered this text on behalf of your delegation on { $on }, from the file “{ $file }”. It waits for the confirmation of your head of delegation: clear it, change it, or send it back to your delegates as a draft.
submission-saved = Saved at { $at }.
submission-saved-joined = Saved at { $at }. Somebody else had changed other answers meanwhile; both are kept.
submission-last-saved = Last saved by { $who }, { $at }.
submission-autosave-failed = Not saved just now. Your text is still here: use the button to save it.
submission-saved-but = Your text is saved. Before it can be submitted, please look at these answers.
submission-kept-here = What you typed is still on this page, but it is not saved. Copy what you want to keep.
submission-to-view = Read it as a page
submission-half-year-1 = first half of { $year }
submission-half-year-2 = second half of { $year }

# Two people at the same question.
submission-to-upload = Fill in off line, as a spreadsheet
submission-upload-title = Fill in off line
submission-upload-lead = Take the form home as a spreadsheet, fill it in without a network, and send it back here. You see what it changes before anything is saved.
submission-upload-out = 1. Take the spreadsheet
submission-upload-out-note = It holds what is saved now, the lists to choose from, the limits and the help. Answers in both languages fit into either file. It opens in any program for spreadsheets.
submission-workbook-in = Spreadsheet { $language }
submission-upload-in = 2. Send it back
submission-upload-file = The spreadsheet
submission-upload-hint = A file that ends in .xlsx, up to 2 MB
submission-upload-show = Show what it changes
submission-uploaded-title = What the spreadsheet changes
submission-uploaded-count = { $count ->
    [0] The spreadsheet changes nothing: its answers are those that are saved.
    [one] { $count } question changes. Nothing is saved yet.
   *[other] { $count } questions change. Nothing is saved yet.
}
submission-uploaded-save = Save these changes
submission-uploaded-other = Send another spreadsheet
error-no-workbook = This is not a spreadsheet that can be read. Save it as .xlsx and send it again.
error-workbook-too-large = This spreadsheet holds more than the form asks. Copy your answers into a fresh spreadsheet of this page.
error-no-form = This spreadsheet is not the form of this page. Take the spreadsheet above and copy your answers into it.
error-form-of-other = This spreadsheet belongs to { $reference }. Send it back there, or take the spreadsheet above.
error-form-of-other-kind = This spreadsheet is the form of another kind of submission. Take the spreadsheet above.
submission-dispute-title = Two texts for the same question
submission-dispute-explanation = Somebody else saved this submission while you were writing. For each question that both of you changed, choose the text to keep. Everything else is already joined, and nothing is lost: the other text stays in the earlier revisions.
submission-dispute-mine = What you typed
submission-dispute-theirs = What is saved
submission-dispute-save = Save my choice

# The page of a submission.
submission-reference = Reference
submission-kind = Kind
submission-delegation = Delegation
submission-state = State
submission-title = Title
submission-updated = Last changed
submission-accepted-on = Accepted on
submission-taken-over-on = Taken over on
submission-about = About this submission
submission-compiled = Compiled from public sources
submission-source = Source
submission-source-date = Date of the source
submission-source-period = Period
submission-source-confidence = Confidence
submission-confidence-high = high
submission-confidence-medium = medium
submission-confidence-low = low
submission-not-yet-en = Not yet in English: shown in Russian.
submission-not-yet-ru = Not yet in Russian: shown in English.
submission-next = Next steps
submission-edit = Edit
submission-screen = Comment and decide
submission-note = Note (optional)
submission-timeline = What was done
submission-to-history = All revisions
submission-screening-explanation = Add a comment where the delegation should look again, then choose what is to be done. The delegation sees your comments and your note.
submission-add-comment = Add a comment
submission-comment-on = Comment on “{ $label }”
submission-decision = Decision
submission-screening-note = Note to the delegation
submission-screening-note-hint = Needed as a reason when the submission is not retained, and for a return without comments.

# Revisions.
submission-history = Revisions
submission-history-explanation = Every save is kept. Choose any two to see what changed between them.
submission-revision = Revision
submission-saved-on = Saved on
submission-saved-by = Saved by
submission-changes = Changes
submission-compare-from = From
submission-compare-to = To
submission-compare-from-number = Compare from revision { $number }
submission-compare-to-number = Compare to revision { $number }
submission-compare-previous = against the one before
submission-compare = Compare
submission-compare-title = Revisions { $from } and { $to }
submission-compare-count = { $count ->
    [0] Nothing changed between these revisions.
    [one] One answer changed.
   *[other] { $count } answers changed.
}
submission-unchanged = { $count ->
    [one] One answer is the same
   *[other] { $count } answers are the same
}

# The submissions of a session.
submissions-title = Submissions
submission-start-practice = New good practice
submission-start-action = New priority action
submission-start-explanation-practice = Tell other countries about something that worked: what the problem was, what was done, what changed, and what others could take over.
submission-start-explanation-action = Propose something that the Working Group could carry out together in the years of its next programme.
submission-begin = Begin the draft
submission-what-is-asked = What is asked
submission-all-questions = All questions, to read or to print
submission-closes = Submissions close on { $at }.
submission-closes-both = Submissions close on { $at }; in your time zone on { $own }.
submission-outstanding = Not yet handed in
submission-outstanding-own = Your delegation has not yet handed in
submission-outstanding-hint = Only the delegation concerned and the secretariat see this.
submission-filter = Show
submission-none = There is nothing here yet
submission-none-advice = Choose “all” to see more, or come back later.
submission-count = { $count ->
    [one] One submission
   *[other] { $count } submissions
}

# Copies of submissions to earlier sessions.
copy-act = Start a new draft from this
copy-act-help = The answers that are still asked are carried over to { $session }; this submission stays as it is.
copy-done = The draft began with the answers of { $reference }. Please look at everything that the form marks: years and figures may have moved on.
copy-from = Copied from
copy-to = Copied to
copy-began = This draft began with the answers of { $reference }. Translations are to be checked again, and files are to be attached again.
copy-from-compiled = That entry was compiled from public sources; this draft is the delegation's own and must be complete.
copy-left = Not carried over, wholly or in part, because it is no longer asked or offered: { $questions }.
copy-earlier = Start from a submission to an earlier session
copy-lead = A new draft begins with the answers of the submission you choose, as far as they are still asked. The earlier submission stays as it is.
copy-session = Session { $number }
copy-of-session = Session
copy-none = Nothing to start from
copy-none-advice = Your delegation has no submission to an earlier session.
refusal-copy-not-later = A submission can be copied to a later session only.
