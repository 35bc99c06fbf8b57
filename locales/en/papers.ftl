papers-title = Session papers
papers-lead = The papers of the session in the manner of the United Nations, made from what stands on the platform: to read, to print and to go on with in a word processor.
papers-paper = Paper
papers-state = State
papers-files = Document
papers-no-file = not there yet
papers-language-en = English
papers-language-ru = Russian
papers-read-in-en = Read in English
papers-read-in-ru = Read in Russian
papers-download = Download as DOCX
papers-standing-open = Open to all
papers-standing-draft = Draft: secretariat and Chair
papers-standing-sealed = Not certified or adopted yet
papers-name-practices = Compilation of good practices in sustainable trade
papers-about-practices = Every accepted good practice, by delegation.
papers-name-result = Result of the ballots on priority actions
papers-about-result = Review scores, order and ballot papers, once a ballot is certified.
papers-name-decision = Draft decision of the Working Group
papers-about-decision = The decision on the work programme, with the sentence for the report.
papers-name-programme = Work programme of the Working Group
papers-about-programme = The actions of the programme in force, or of the draft.
papers-tables = Tables
papers-tables-hint = One workbook with every table of the papers that you can read.
papers-tables-title = Tables of the papers: { $session }
paper-unece = United Nations Economic Commission for Europe
paper-escap = United Nations Economic and Social Commission for Asia and the Pacific
paper-speca = United Nations Special Programme for the Economies of Central Asia (SPECA)
paper-group = Working Group on Trade
paper-agenda-item = Item … of the provisional agenda (number to be given by the secretariat)
paper-provisional = Working reference; the document symbol is to be assigned
paper-written-in-en = English
paper-written-in-ru = Russian
paper-by = Note by the secretariat
paper-made-up = Made for a demonstration. Reviews, ballots and decisions in it are made up to show the steps and say nothing about the positions of the delegations; practices and actions come from public sources or say that they are made up.
paper-as-at = Accepted up to { $day }
paper-certified-on = Certified on { $day }
paper-missing-en = [text not available in English]
paper-missing-ru = [text not available in Russian]
paper-table = Table { $number }. { $title }
paper-reference = Reference
paper-delegation = Delegation
paper-title = Title
paper-period = Period
paper-years = Years
paper-theme = Theme
paper-targets = SDG targets
paper-place = No.
paper-line = Line { $number }
paper-lead = Lead
paper-co-sponsors = Co-sponsors
paper-staff = Staff weeks
paper-money = Cost
paper-action = Action
paper-answer = Answer
paper-reason = Reason for inclusion
paper-review-score = Review score
paper-ballot-score = Score in the ballot
paper-support = Ballot papers ranking it
paper-no-summary = No summary has been given.
paper-no-ballot-paper = none
paper-practices-opening = { $count ->
    [0] No good practice has been accepted for the session so far.
    [one] This paper presents one good practice in sustainable trade that was accepted for the session.
   *[other] This paper presents { $count } good practices in sustainable trade that were accepted for the session, from { $delegations ->
        [one] one delegation
       *[other] { $delegations } delegations
    }, in alphabetical order of the delegations.
}
paper-practices-compiled = { $count ->
    [one] One of them was compiled by the secretariat from public sources and has not been confirmed by the delegation; its source is given with it.
   *[other] Of these, { $count } were compiled by the secretariat from public sources and have not been confirmed by the delegations; the source is given with each.
}
paper-practices-missing = { $count ->
    [one] One of them is not available in English; it is given in its original language.
   *[other] Of these, { $count } are not available in English; they are given in their original language.
}
paper-practices-table = Good practices
paper-practices-source = Compiled from public sources, not confirmed by the delegation: { $source }.
paper-result-opening = { $count ->
    [one] This annex gives the result of the certified ballot of the session.
   *[other] This annex gives the results of the { $count } certified ballots of the session.
}
paper-result-scores = Review scores are those at the opening of the ballot: the mean of the reviews, each a weighted mean of marks from 0 to 5. They did not decide anything beyond what the rules of the ballot say.
paper-result-ballot = Ballot { $number }.
paper-result-rules = The ballot papers were counted by this method: { $method }. Rule for ties: { $tie }.
paper-result-roll = Of { $electorate } delegations entitled to vote, { $cast } cast a ballot paper, { $abstained } abstained, { $silent } were present and did not vote, and { $absent } were absent.
paper-result-roll-secret = Of { $electorate } delegations entitled to vote, { $cast } handed in a ballot paper, { $silent } were present and did not, and { $absent } were absent.
paper-result-secret = The vote was taken by secret ballot.
paper-result-quorum = The quorum was met: { $present } delegations were present; { $needed } were required.
paper-result-no-quorum = The quorum was not met: { $present } delegations were present; { $needed } were required. The order below is not valid as a decision.
paper-result-table = Order of the actions
paper-result-papers = The following table shows the priority that each delegation gave to each action, 1 being the highest. Columns follow the lines of the table before.
paper-result-papers-secret = The following table shows what each ballot paper says, 1 being the highest priority. The ballot papers stand in an order that follows from what they say alone. Columns follow the lines of the table before.
paper-result-papers-table = Ballot papers
paper-result-objections = { $count ->
    [one] One objection was recorded:
   *[other] { $count } objections were recorded:
}
paper-result-recount = Anybody can recount the ballot from its published file. The fingerprint of the ballot papers counted is { $fingerprint }.
paper-result-positions = { $count ->
    [one] One delegation explained its position:
   *[other] { $count } delegations explained their positions:
}
paper-decision-group = *The Working Group on Trade*,
paper-decision-considered = *Having considered* the good practices and the priority actions submitted for its session ({ $session }),
paper-decision-practices = { $count ->
    [one] *Takes note* of the compilation of one good practice ({ $reference });
   *[other] *Takes note* of the compilation of { $count } good practices ({ $reference });
}
paper-decision-result = { $count ->
    [one] *Takes note* of the certified result of ballot { $numbers } ({ $reference });
   *[other] *Takes note* of the certified results of ballots { $numbers } ({ $reference });
}
paper-decision-adopts = { $count ->
    [0] *Adopts* the work programme for { $years } ({ $reference });
    [one] *Adopts* the work programme for { $years } ({ $reference }), which consists of one action:
   *[other] *Adopts* the work programme for { $years } ({ $reference }), which consists of the following { $count } actions:
}
paper-decision-recommends = *Recommends* the work programme ({ $reference }) to the SPECA Governing Council;
paper-decision-reports = *Invites* the delegations that lead the actions to report on progress in implementation at the next session.
paper-decision-sentence = Sentence for the report of the session
paper-decision-proposed = Proposed, for an adoption by consensus:
paper-decision-vote = If a delegation asks for a recorded vote, the sentence gives the numbers of votes in favour and against and of abstentions, and names the delegation that asked.
paper-programme-draft = Draft
paper-programme-adopted = Adopted on { $day }
paper-programme-covers = { $count ->
    [0] The programme covers the years { $years }. It does not include any action yet.
    [one] The programme covers the years { $years } and includes one action.
   *[other] The programme covers the years { $years } and includes { $count } actions.
}
paper-programme-by-ballot = The actions were proposed by the certified order of ballot { $number }.
paper-programme-by-ranking = The actions were proposed by the ranking of the review.
paper-programme-staff = Asked of the secretariat: { $weeks } staff weeks. { $without ->
    [0] Every action gives an estimate.
    [one] One action gives no estimate.
   *[other] { $without } actions give no estimate.
}
paper-programme-money = Estimated cost: { $sums }. { $without ->
    [0] Every action gives an estimate.
    [one] One action gives no estimate.
   *[other] { $without } actions give no estimate.
}
paper-programme-no-money = No action gives an estimate of its cost.
paper-programme-table = Actions of the programme
paper-programme-timeline = Years of implementation
paper-programme-details = Actions in detail
paper-programme-roll = Recorded vote
paper-programme-votes = In favour: { $yes }. Against: { $no }. Abstaining: { $abstain }. Present and not voting: { $silent }. Absent: { $absent }.
papers-name-progress = Progress of the actions of the work programme
papers-about-progress = How the actions of the programmes in force go, from the newest reports.
paper-progress-opening = { $actions ->
    [one] The programmes in force hold { $actions } action. Actions on which a report is before the group: { $reported }.
   *[other] The programmes in force hold { $actions } actions. Actions on which a report is before the group: { $reported }.
}
paper-progress-confirmed = Each report is given by the delegation that leads the action. It is confirmed once every country that the action names has confirmed it.
paper-progress-table = Actions and their newest reports
paper-progress-none = None yet
paper-progress-done = Outputs done
paper-progress-no-report = There is no report since the adoption on { $day }.
paper-progress-finished = The action is finished; this is its last report.
paper-progress-standing = Compiled from the reports of delegations
