programme-title = Work programme { $reference }
programme-build = Build the work programme
programme-state-draft = Draft
programme-state-adopted = Adopted
programme-state-superseded = Superseded
programme-draft-notice = This is a draft before the group. Only the secretariat and the Chair see it.
programme-superseded-notice = A later revision has taken the place of this programme.
programme-see-current = See the programme in force
programme-made-up = This programme belongs to a demonstration. Reviews, ballots and the adoption are made up to show the steps; the actions come from public sources.
programme-years = Years
programme-places = Places
programme-order = Order followed
programme-order-ballot = Ballot { $number }
programme-order-ranking = Ranking of the review
programme-adopted-by = Adopted by
programme-adopted-by-consensus = Consensus
programme-adopted-by-recorded-vote = Recorded vote
programme-adopted-on = Date of adoption
programme-introduction = Introduction
programme-items = Actions of the programme
programme-no-items = No action is included yet
programme-position = No.
programme-action = Action
programme-delegation = Lead delegation
programme-theme = Theme
programme-targets = SDG targets
programme-money = Total cost
programme-staff = Staff weeks
programme-why = Reason
programme-money-total = Cost of all actions
programme-staff-total = Staff weeks for all actions
programme-override-shown = Departs from the proposal:
programme-roll = Roll call
programme-roll-lot = The roll was called in English alphabetical order beginning with { $first }, drawn by lot with the seed { $seed }.
programme-roll-delegation = Delegation
programme-roll-answer = Answer
programme-vote-yes = Yes
programme-vote-no = No
programme-vote-abstain = Abstaining
programme-vote-not-voting = Not voting
programme-vote-absent = Absent
programme-vote-choose = Choose
programme-excluded = Not retained in this programme
programme-excluded-hint = Shown to signed-in members of the group. An action that is not retained can be proposed again.
programme-revisions = Revisions
programme-export = Download the programme as CSV
programme-edit = Edit the draft
programme-revise = Start a revision
programme-revise-lead = A programme is in force. A revision starts from it; the programme in force stays so until the revision is adopted.
programme-start = Propose a programme
programme-start-lead = Say how many actions there is room for. The program proposes so many from the top of the order, with a reason for each; you decide.
programme-start-actions = { $count ->
    [one] { $count } action has been accepted.
   *[other] { $count } actions have been accepted.
}
programme-places-hint = How many actions the programme has room for, at most { $max }.
programme-places-change = Another number makes a new proposal: actions that followed the old proposal follow the new one.
programme-order-hint = A certified ballot of the session, or the ranking of the review.
programme-started = The programme is proposed. Check each action and its reason.
programme-saved = The draft is saved.
programme-revised = The revision is started from the programme in force.
programme-edit-title = Draft of { $reference }
programme-edit-lead = Each action is in or out, with its reason in both languages. Where you decide otherwise than proposed, say why.
programme-tied = Tied at the last place and not all of them fit, so none is proposed: { $references }.
programme-figures = Included: { $included }. Places: { $places }.
programme-introduction-hint = What the group wants to say before the actions. In both languages before the adoption.
programme-decisions = Decisions
programme-decision = Decision
programme-proposed = Proposed
programme-not-proposed = Not proposed
programme-include = Include { $reference }
programme-reason = Reason
programme-override = Why otherwise than proposed
programme-override-hint = Required where the decision departs from the proposal.
programme-preview = See it as a page
programme-stale = Somebody else changed this draft while you had it open. What you typed is below and has not been saved. Open the draft in a second window to see how it stands now.
programme-adopt = Enter the adoption
programme-adopt-title = Adoption of { $reference }
programme-adopt-lead = { $count ->
    [one] The draft holds { $count } action. Once its adoption is entered it is public and does not change; a revision can take its place.
   *[other] The draft holds { $count } actions. Once its adoption is entered it is public and does not change; a revision can take its place.
}
programme-adopted-by-hint = The group decides by consensus unless a delegation asks for a vote.
programme-roll-hint = Only for a recorded vote: the answer of every delegation that votes, in the order of the roll call, drawn by lot with the seed { $seed }.
programme-base-present-and-voting = Adoption needs a majority of those present and voting. Abstentions are not votes.
programme-base-present = Adoption needs a majority of those present.
programme-base-electorate = Adoption needs a majority of all delegations that vote.
programme-record = Record of the adoption
programme-record-hint = As the report will say it. For a recorded vote the program writes the numbers if you leave the sentence as it is; name the delegation that asked for the vote.
programme-adopt-confirm = Enter the adoption
programme-adopted-done = The adoption is entered. The programme is public.
programme-reason-place = place { $place } in ballot { $ballot }
programme-reason-not-voted = not among the options of ballot { $ballot }
programme-reason-rank = rank { $rank } in the review
programme-reason-not-ranked = no score in the review
programme-reason-within = { $places ->
    [one] within the { $places } place
   *[other] within the { $places } places
}
programme-reason-beyond = { $places ->
    [one] beyond the { $places } place
   *[other] beyond the { $places } places
}
programme-reason-tied = tied at the last place
programme-record-consensus = The Working Group adopted the work programme for { $first }–{ $last }, as contained in document { $reference }, by consensus.
programme-record-vote = The Working Group adopted the work programme for { $first }–{ $last }, as contained in document { $reference }, by a recorded vote of { $yes } in favour to { $no } against, with { $abstain } abstaining.
error-programme-override-missing = Please say why the decision departs from the proposal.
error-programme-too-long = At most { $max } characters; this is { $over } over the limit.
error-programme-vote-missing = Please give the answer of each delegation.
error-programme-day = Please write a date.
error-programme-day-future = The day of the adoption cannot lie in the future.
refusal-programme-state = This step is not possible: the programme is in the state “{ $state }”.
refusal-programme-exists = The session has a programme already. Start a revision from the one in force.
refusal-programme-draft-exists = There is a draft already. Edit it, or adopt it before starting another revision.
refusal-programme-ballot = The ballot chosen is not a certified ballot of this session.
refusal-programme-empty = A programme needs at least one action.
refusal-programme-one-language = The introduction is given in one language only. Give it in both before the adoption.
refusal-programme-not-accepted = { $reference } is no longer an accepted action. Take it out of the draft first.
refusal-programme-no-quorum = There was no quorum: { $present } delegations were present, { $needed } are needed.
refusal-programme-no-majority = The programme was not adopted: { $yes } in favour, { $needed } are needed.
act-programme-started = Work programme proposed
act-programme-edited = Draft of a work programme changed
act-programme-adopted = Adoption of a work programme entered
act-programme-superseded = Work programme superseded
act-programme-revised = Revision of a work programme started
