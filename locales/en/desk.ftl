# The desk of a session.
session-room-desk = Desk
session-room-explained-desk = What waits for the secretariat and until when, the screening queue, acts on several submissions.
desk-title = Desk of the secretariat
desk-start-screening = Start with the oldest text
desk-ours = Waits for the secretariat
desk-others = Waits for others
desk-nothing = Nothing waits for you
desk-nothing-advice = The calendar below says what comes next.
desk-calendar = Calendar computed back from the session
desk-calendar-lead = Each milestone is due so many days before the first day of the session. Where the window of the session is set later, there is no time left for what follows.
desk-calendar-file = Calendar file
desk-milestone = Milestone
desk-lead-time = Before the session
desk-due-on = Due on
desk-window = Window of the session
desk-standing = Standing
desk-days = { $days ->
    [one] { $days } day
   *[other] { $days } days
}
desk-due = due { $day }, in { $days ->
    [one] { $days } day
   *[other] { $days } days
}
desk-due-over = due { $day }, { $days ->
    [one] { $days } day
   *[other] { $days } days
} ago
desk-window-none = has no window of its own
desk-window-unset = not set
desk-window-same = { $day }, in time
desk-window-earlier = { $day }, { $days ->
    [one] { $days } day
   *[other] { $days } days
} earlier
desk-window-later = { $day }, { $days ->
    [one] { $days } day
   *[other] { $days } days
} later
desk-standing-late = Late: { $open ->
    [one] { $open } still open
   *[other] { $open } still open
}
desk-standing-past = Over, nothing left
desk-standing-soon = Soon: in { $days ->
    [one] { $days } day
   *[other] { $days } days
}
desk-standing-later = In { $days ->
    [one] { $days } day
   *[other] { $days } days
}
desk-ballot = Ballot { $number }
desk-more = and { $number } more
desk-go-next = To the first
desk-go-list = To the list
desk-go-pending = To what is prepared
desk-go-edits = To the changes
desk-go-remind = Ask again
desk-go-reviews = To the reviews
desk-go-programme = To the programme
desk-go-mails = To the mails
desk-matter-take-up = { $number ->
    [one] { $number } text handed in and not taken up
   *[other] { $number } texts handed in and not taken up
}
desk-matter-came-back = { $number ->
    [one] { $number } text handed in again after a return
   *[other] { $number } texts handed in again after a return
}
desk-matter-late = { $number ->
    [one] { $number } text handed in late, to be admitted or kept as an informal paper
   *[other] { $number } texts handed in late, to be admitted or kept as informal papers
}
desk-matter-decide = { $number ->
    [one] { $number } text under review, waiting for a decision
   *[other] { $number } texts under review, waiting for a decision
}
desk-matter-answer = { $number ->
    [one] { $number } question to be answered for the group
   *[other] { $number } questions to be answered for the group
}
desk-matter-parity = { $number ->
    [one] { $number } accepted text whose two languages are not checked against each other
   *[other] { $number } accepted texts whose two languages are not checked against each other
}
desk-matter-open-ballot = { $number ->
    [one] { $number } ballot prepared, to be opened
   *[other] { $number } ballots prepared, to be opened
}
desk-matter-close-ballot = { $number ->
    [one] { $number } ballot open beyond its time, to be closed
   *[other] { $number } ballots open beyond their time, to be closed
}
desk-matter-certify-ballot = { $number ->
    [one] { $number } ballot closed, to be certified
   *[other] { $number } ballots closed, to be certified
}
desk-matter-programme = { $number ->
    [one] { $number } programme in draft
   *[other] { $number } programmes in draft
}
desk-matter-mails = { $number ->
    [one] { $number } mail did not go out
   *[other] { $number } mails did not go out
}
desk-matter-returned = { $number ->
    [one] { $number } text returned, with its delegation
   *[other] { $number } texts returned, with their delegations
}
desk-matter-clarifications = { $number ->
    [one] { $number } question that a delegation has not answered
   *[other] { $number } questions that delegations have not answered
}
desk-matter-pending = { $number ->
    [one] { $number } text whose outcome is prepared and not applied
   *[other] { $number } texts whose outcome is prepared and not applied
}
desk-go-credentials = Examine
desk-matter-credentials = { $number ->
    [one] { $number } delegation whose credentials wait to be examined
   *[other] { $number } delegations whose credentials wait to be examined
}
desk-matter-edits = { $number ->
    [one] { $number } text with proposed changes that its delegation has not answered
   *[other] { $number } texts with proposed changes that their delegations have not answered
}
desk-matter-consents = { $number ->
    [one] { $number } consent not given or declined yet
   *[other] { $number } consents not given or declined yet
}
desk-matter-co-sponsors = { $number ->
    [one] { $number } invited co-sponsor that has not answered
   *[other] { $number } invited co-sponsors that have not answered
}
desk-matter-reviews = { $number ->
    [one] { $number } review not given yet
   *[other] { $number } reviews not given yet
}
milestone-submissions-open = Submissions open
milestone-submissions-close = Submissions close
milestone-screening-ends = Screening ends
milestone-parity-reached = Both languages equal
milestone-reviews-end = Reviews end
milestone-ballots-open = Ballots open
milestone-ballots-close = Ballots certified
milestone-basis-submissions-open = Eight weeks for delegations to draft, translate and clear.
milestone-basis-submissions-close = Working parties of ECE ask for official documents about twelve weeks before a session; two weeks are then left for screening.
milestone-basis-screening-ends = Under the 10-4-6 rule of United Nations documentation texts go into processing ten weeks before the session.
milestone-basis-parity-reached = Four weeks for translation; six weeks before the session the texts are out in both languages (10-4-6).
milestone-basis-reviews-end = Three weeks for reviewers, on texts that are the same in both languages.
milestone-basis-ballots-open = One week to see the ranking; two weeks for delegations to consult in their capitals.
milestone-basis-ballots-close = The result is on the table when the session opens.

# Lead times.
lead-times-title = Lead times
lead-times-lead = Days before the first day of the session by which each milestone is due. Each comes at the same time as the one before it or later.
lead-time-standard = Standard: { $days ->
    [one] { $days } day
   *[other] { $days } days
}.
lead-times-saved = The lead times were saved.
lead-times-stale = Somebody else changed the lead times meanwhile. Look at the calendar of the desk; what you typed is still here and can be saved now.
error-lead-time-range = Write a number of days from 0 to { $max }.
error-lead-time-order = This would be due before the milestone above it.
act-session-lead-times = Lead times set
act-consent-remind = Countries asked again for their consent

# The screening queue.
queue-left = { $number ->
    [0] Nothing waits in the screening queue.
    [one] { $number } text waits in the screening queue.
   *[other] { $number } texts wait in the screening queue.
}
queue-later = Leave this one for later

# Acts on several submissions.
bulk-title = Act on several submissions
bulk-lead = Choose what to do and to which submissions. Nothing happens yet: the next page says how many and which they are, and what is in the way of the others.
bulk-nothing = There is nothing to act on
bulk-nothing-advice = Submissions appear here once they are handed in.
bulk-which-act = What to do
bulk-which = To which submissions
bulk-choose = Choose
bulk-note-hint = Goes to each delegation concerned. Required when submissions are not retained.
bulk-check = Show what this would do
bulk-back = Choose differently
bulk-act-take-up = Take up for screening
bulk-act-accept = Accept
bulk-act-not-retain = Do not retain, with one reason for all
bulk-act-remind-consents = Ask countries again that have not said whether they consent
bulk-ready = { $number ->
    [0] This can be done to none of the submissions chosen.
    [one] This will be done to { $number } submission:
   *[other] This will be done to { $number } submissions:
}
bulk-obstacles = { $number ->
    [one] Not to this { $number } submission
   *[other] Not to these { $number } submissions
}
bulk-do-take-up = { $number ->
    [one] Take up { $number } submission
   *[other] Take up { $number } submissions
}
bulk-do-accept = { $number ->
    [one] Accept { $number } submission
   *[other] Accept { $number } submissions
}
bulk-do-not-retain = { $number ->
    [one] Do not retain { $number } submission
   *[other] Do not retain { $number } submissions
}
bulk-do-remind-consents = { $number ->
    [one] Ask again about { $number } action
   *[other] Ask again about { $number } actions
}
bulk-done-take-up = { $number ->
    [one] { $number } submission was taken up.
   *[other] { $number } submissions were taken up.
}
bulk-done-accept = { $number ->
    [one] { $number } submission was accepted.
   *[other] { $number } submissions were accepted.
}
bulk-done-not-retain = { $number ->
    [one] { $number } submission was not retained.
   *[other] { $number } submissions were not retained.
}
bulk-done-remind-consents = { $number ->
    [one] The countries were asked again about { $number } action.
   *[other] The countries were asked again about { $number } actions.
}
bulk-stale = Something has changed since this was shown, so nothing was done. This is how it stands now.
error-bulk-none-chosen = Choose at least one submission.
refusal-consent-none-open = No country still has to say whether it consents.
