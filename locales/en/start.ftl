start-title = Good practices and priority actions for sustainable trade
start-about = The SPECA Working Group on Trade collects good practices of sustainable trade and priority actions for the next two to three years. Delegations hand them in here, the secretariat screens them, experts review the actions, the delegations vote, and the group adopts its work programme. Practices that have been accepted are open to everybody in the library.
start-library = Library of good practices
start-tasks = What needs you now
start-nothing = Nothing waits for you at the moment.
start-nothing-advice = The next deadlines stand below.
start-deadlines = Sessions under way
start-no-session = No session is under way.
start-open-session = A session carries dates, windows, criteria and voting rules; proposals for all of them are filled in.
start-all-sessions = All sessions
start-how = How it works
start-step-1 = Delegations draft in English or Russian; the head of delegation clears each text.
start-step-2 = The secretariat screens the texts and accepts them or returns them with comments.
start-step-3 = Experts review the actions by published criteria, and the delegations vote, one ballot paper each.
start-step-4 = The group adopts its work programme. Everything can be taken out as a file, and every count can be repeated.
start-detail = { $session }; until { $at }
start-ballot-prepare = Prepare the ballot paper of your delegation: { $title }
start-ballot-confirm = A ballot paper of your delegation waits for your confirmation: { $title }
start-ballot-entered = The secretariat entered how your delegation voted; confirm or contest it: { $title }
start-go-paper = To the ballot paper
start-clear = Needs your clearance: { $title }
start-clearance-step = Waits for your clearance step: { $title }
start-go-clear = Read and clear
start-go-clearance-step = Read and pass on
start-consent = Needs your consent, as your country is named: { $title }
start-co-sponsor = Invites you to co-sponsor: { $title }
start-edits = Changes proposed by the secretariat wait for your delegation: { $title }
start-go-edits = Read and answer
start-go-consent = Read and answer
start-returned = Returned with comments of the secretariat: { $title }
start-go-returned = Read the comments
start-draft = Draft, not yet handed in: { $title }
start-go-draft = Carry on writing
start-more = { $number ->
    [one] { $number } more submission waits
   *[other] { $number } more submissions wait
}
start-go-list = To the submissions
start-window-open = Submissions can be handed in.
start-window-soon = The window for submissions closes soon.
start-review = { $number ->
    [one] { $number } action waits for your review
   *[other] { $number } actions wait for your review
}
start-go-review = To the reviews
start-take-up = { $number ->
    [one] { $number } submission waits to be taken up
   *[other] { $number } submissions wait to be taken up
}
start-question = A question waits for your answer: { $title }
start-go-answer = To the question
start-sense = Say how far your delegation supports the text: { $title }
start-silence = Silence procedure: adopted unless a head of delegation objects before its end: { $title }
start-go-decision = To the decision
start-late = { $number ->
    [one] { $number } submission was handed in late: admit it or keep it as an informal paper
   *[other] { $number } submissions were handed in late: admit them or keep them as informal papers
}
start-screen = { $number ->
    [one] { $number } submission is being screened
   *[other] { $number } submissions are being screened
}
start-ballot-close = The time for voting is over; close the ballot: { $title }
start-ballot-certify = Closed, waiting to be certified: { $title }
start-go-ballot = To the ballot
start-programme = The work programme is in draft.
start-go-programme = To the programme
start-overview = Accepted so far: good practices { $practices }, priority actions { $actions }
start-go-session = To the session
start-accounts = Accounts of the platform
start-invitations = { $number ->
    [0] The secretariat, the Chair and heads of delegation are invited there
    [one] { $number } invitation has not been used yet
   *[other] { $number } invitations have not been used yet
}
start-go-accounts = To the accounts
start-report-confirm = Confirm the progress report on “{ $title }”
start-go-report = To the report
start-report-write = Report on the progress of “{ $title }”
start-go-report-write = Write the report
