# What the secretariat means to do with texts under review and has not done.
pending-title = Prepared outcomes
pending-lead = Here stands what the secretariat means to do. Nobody outside the secretariat sees it. It can be changed at will, until all of it is applied and mailed together.
pending-none = Nothing is prepared
pending-none-advice = Choose what is to be done while you screen a text, and keep it for later.
pending-event = What is to be done
pending-changed = Prepared
pending-count-return = { $number ->
    [one] { $number } text is returned with comments
   *[other] { $number } texts are returned with comments
}
pending-count-accept = { $number ->
    [one] { $number } text is accepted
   *[other] { $number } texts are accepted
}
pending-count-not-retain = { $number ->
    [one] { $number } text is not retained
   *[other] { $number } texts are not retained
}
pending-comments = { $number ->
    [one] and { $number } comment on a question
   *[other] and { $number } comments on questions
}
pending-do = { $number ->
    [one] Apply { $number } outcome and mail it
   *[other] Apply { $number } outcomes and mail them
}
pending-do-hint = All at once; the delegations are told in the same moment. What changes before you press is passed over and named.
pending-done = { $number ->
    [one] { $number } outcome applied; its delegation is told.
   *[other] { $number } outcomes applied; the delegations are told.
}
pending-passed-over = Passed over, because they changed meanwhile: { $references }.
pending-obstacles = { $number ->
    [one] { $number } cannot be applied
   *[other] { $number } cannot be applied
}
pending-forget-title = Take out what is prepared
pending-forget = Forget what is prepared for { $reference }
pending-forgotten = Forgotten: { $reference }
pending-stale = Nothing was applied: what was shown has changed meanwhile. This is how it stands now.
pending-later = Keep it for later
pending-later-hint = The secretariat alone sees this. It is applied and mailed with the others, when you say so. The comments and the note above go with it.
pending-keep = Keep, without applying it
pending-prepared = Kept for { $reference }. Nothing has been sent.
pending-held = Prepared by the secretariat, { $at }: { $act }. Not applied yet.
refusal-pending-nothing = Nothing is prepared for it.
refusal-pending-moved = It is no longer under review.
refusal-pending-changed = Its text has changed since. Read it again and prepare the outcome anew.
act-pending-prepare = Outcome prepared by the secretariat
act-pending-forget = Prepared outcome forgotten
act-pending-apply = Prepared outcomes applied
audit-detail-done = Applied
audit-detail-passed-over = Passed over
