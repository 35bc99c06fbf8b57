ballot-list = Ballots
ballot-list-lead = A vote is held when a delegation asks for it. Each delegation of the electorate has one ballot paper.
ballot-list-empty = There is no ballot in this session.
ballot-number = No.
ballot-title = Title
ballot-title-hint = What the group decides, such as “Order of the priority actions for the programme”.
ballot-standing = State
ballot-state-prepared = Being prepared
ballot-state-open = Open
ballot-state-closed = Closed, not yet certified
ballot-state-certified = Certified
ballot-state-cancelled = Called off
ballot-explained-prepared = The options and the rules are being set. Delegations do not see this ballot yet.
ballot-explained-open = Delegations vote. What the ballot papers say is sealed; who has confirmed a ballot paper is shown.
ballot-explained-closed = Voting is over. The result is sealed until the secretariat certifies it.
ballot-explained-certified = The result is certified. It is open to everybody, and anybody can recount it.
ballot-explained-cancelled = This ballot was called off. Ballot papers that were handed in stay sealed.
ballot-over-explained = The closing time has passed. No more ballot papers are taken; the secretariat closes the ballot and it is counted.
ballot-moment = { $legal }; your time: { $own }
ballot-made-up = This ballot is made up to show the steps. It says nothing about the positions of the delegations.
ballot-recorded = This is a recorded vote: once the result is certified, the ballot paper of each delegation is published.
ballot-secret = This is a secret ballot: nobody learns how a delegation voted. Once confirmed, a ballot paper cannot be seen or changed by anybody, your own delegation included.
ballot-secret-law = The ballot paper belongs to the delegation. A delegate prepares it; the head of delegation or an alternate representative confirms it. Confirming is final: the ballot paper goes into the urn, and what was prepared is deleted.
ballot-secret-certified = The result is certified. It is open to everybody; how each delegation voted is known to nobody.
ballot-secret-cancelled = This ballot was called off. The ballot papers that were handed in are deleted.
ballot-secret-waiting = This ballot paper does not count yet: the head of delegation or an alternate representative must confirm it before the closing time. Confirming is final.
ballot-secret-voted = Your delegation has voted. Its ballot paper lies in the urn; nobody can see it or change it.
ballot-secret-confirmed = The ballot paper is in the urn. Its code is { $code }. Write the code down: it is shown this once and kept nowhere beside your delegation.
ballot-secret-objection-hint = In a secret ballot it is published without the name of the delegation, and only if the ballot papers are. Write nothing by which the delegation is known. Leave it empty for no objection.
ballot-secrecy = Kind of ballot
ballot-secrecy-hint = It is frozen when the ballot opens.
ballot-secrecy-recorded = Recorded
ballot-secrecy-secret = Secret
ballot-secret-explained = Nobody learns how a delegation voted; who voted is shown. With fewer than { $fewest } ballot papers, or where all but one say the same, only the order is published.
ballot-fewest-papers = Ballot papers for numbers to be published (secret ballot)
ballot-fewest-papers-hint = With fewer ballot papers only the order is published, as numbers would show how single delegations voted.
ballot-ranks-only = Only the order is published. With fewer than { $fewest } ballot papers, or where all but one say the same, numbers would show how single delegations voted.
ballot-roll-secret = Handed in a ballot paper
ballot-codes = Codes of the ballot papers counted
ballot-codes-hint = A delegation that wrote its code down finds here that its ballot paper was counted. The codes stand apart from the ballot papers, so that no code shows anybody how a delegation voted.
ballot-papers-secret-hint = What each ballot paper says, in an order that follows from it alone; a dash is no priority.
ballot-position = Explanation of position
ballot-position-go = Explain your position
ballot-position-lead = An explanation may be handed in before or after the vote. Nobody outside your delegation reads it until the result is certified; then it stands in the record. Until then you can replace it.
ballot-position-original = Language of the original
ballot-position-original-hint = The other text is its translation; it may be left empty.
ballot-position-hint = As it is to stand in the record.
ballot-position-give = Hand in
ballot-position-kept = The explanation is handed in.
ballot-positions = Explanations of position
ballot-position-translation = Translation:

ballot-hand-title = Votes taken by hand in the room
ballot-hand-lead = Enter the vote of a delegation as the record of the meeting has it. Its head is asked to confirm or contest it. It counts as entered; while one is contested, the result cannot be certified.
ballot-hand-entered-list = Entered so far
ballot-hand-enter = Enter a vote
ballot-hand-choose = Choose a delegation
ballot-hand-source = Source
ballot-hand-source-hint = The record that says how the delegation voted, with meeting, day and page: at most { $most } characters. The delegation reads it.
ballot-hand-answer = Answer of the delegation
ballot-hand-entered = Not answered yet
ballot-hand-confirmed = Confirmed
ballot-hand-contested = Contested
ballot-hand-taken-out = Taken out
ballot-hand-take-out = Take it out
ballot-hand-keep = Enter this vote
ballot-hand-kept = The vote is entered. The delegation is asked by mail to confirm or contest it.
ballot-hand-taken-out-done = The vote that was entered is taken out.
ballot-hand-yours = Entered by the secretariat
ballot-hand-yours-explained = The secretariat entered the ballot paper below from a record made in the room. Say whether that is how your delegation voted. It counts as long as it is not corrected.
ballot-hand-confirm = Confirm: this is how we voted
ballot-hand-contest = Contest: this is not how we voted
ballot-hand-reason = Reason for contesting
ballot-hand-reason-hint = Only the secretariat reads it.
ballot-hand-stale = This ballot paper was answered or replaced while you had the page open. It is shown as it stands now.
ballot-hand-confirmed-done = The ballot paper is confirmed.
ballot-hand-contested-done = The ballot paper is contested. The secretariat is told.
ballot-hand-number = { $entered ->
    [one] { $entered } ballot paper was entered by the secretariat from a record made in the room; confirmed by its delegation: { $confirmed }.
   *[other] { $entered } ballot papers were entered by the secretariat from a record made in the room; confirmed by their delegations: { $confirmed }.
}
ballot-hand-mark = entered from the record

ballot-new = Prepare a ballot
ballot-edit = Edit the ballot
ballot-saved = The ballot is saved.
ballot-form-lead = The options and the rules can be changed until the ballot is opened. After that they are frozen.
ballot-form-stale = Somebody else changed this ballot while you had it open. What you typed is below. Look at the ballot in another window first; saving now replaces the other change.
ballot-options = Options
ballot-options-hint = Accepted priority actions of the session. Choose at least two.
ballot-options-none = There is no accepted priority action in this session yet.
ballot-option = Option
ballot-rules = Rules
ballot-rules-frozen = The session's own rules are filled in. They are frozen when the ballot opens.
ballot-conduct = Conduct of the vote
ballot-method = Method of counting
ballot-levels = Levels of priority
ballot-levels-hint = From 1 to 20. Five is usual.
ballot-levels-words = { $number ->
    [one] { $number } level
   *[other] { $number } levels
}
ballot-levels-explained = Priority 1 is the highest. The same priority may be given to several options; options may be left without a priority.
ballot-tie-rule = Tie rule
ballot-base = Base of a majority
ballot-base-hint = The number of delegations of which a majority is reckoned.
ballot-base-present-and-voting = Delegations present and voting
ballot-base-present-and-voting-explained = A majority is more than half of the delegations that cast a ballot paper with priorities. Abstentions are not votes.
ballot-base-present = Delegations present
ballot-base-present-explained = A majority is more than half of the delegations present, whether they vote, abstain or do not vote.
ballot-base-electorate = All delegations of the electorate
ballot-base-electorate-explained = A majority is more than half of all delegations of the electorate, present or absent.
ballot-quorum = Quorum
ballot-quorum-hint = How many delegations must be present for the result to be valid as a decision.
ballot-quorum-explained = A delegation that votes, abstains or does not vote is present. Without the quorum the result is not valid as a decision.
ballot-quorum-none = No quorum
ballot-quorum-majority-of-electorate = More than half of the electorate
ballot-quorum-number = A number of delegations
ballot-quorum-least = { $number ->
    [one] At least { $number } delegation
   *[other] At least { $number } delegations
}
ballot-quorum-delegations = Number of delegations
ballot-quorum-delegations-hint = Only when the quorum is a number of delegations.
ballot-closes-at = Closing time
ballot-closes-hint = In the legal time zone of the session: { $zone }. No ballot paper is taken after this time.
ballot-asked-by = The vote was asked for by
ballot-asked-by-hint = The record of the session names the delegation that asked for the vote.
ballot-asked-by-nobody = No delegation named
ballot-opened-at = Opened
ballot-closed-at = Closed and counted
ballot-certified-at = Certified
ballot-seed = Published seed of lots and roll call

ballot-electorate = Electorate
ballot-electorate-freezes = When the ballot opens, these delegations are frozen as its electorate, together with the rules and the review scores of the options.
ballot-turnout-words = { $confirmed } of { $electorate } delegations have confirmed a ballot paper.
ballot-delegation = Delegation
ballot-present = Present
ballot-present-hint = Tick the delegations that are present. A delegation that casts a ballot paper counts as present in any case. This can be corrected until the ballot is closed.
ballot-presence-save = Save who is present
ballot-presence-saved = It is noted who is present.
ballot-present-as = The ticks begin with who was present at the last meeting: { $when }.
ballot-credentials = credentials: { $state }
ballot-has-confirmed = Ballot paper confirmed
ballot-has-not-confirmed = No confirmed ballot paper
ballot-open = Open the ballot
ballot-opened = The ballot is open.
ballot-close = Close and count
ballot-close-hint = The closing time has passed. The last confirmed ballot paper of each delegation is counted; the result stays sealed until you certify it.
ballot-closed = The ballot is closed and counted. Certify the result to publish it.
ballot-certify = Certify the result
ballot-certify-hint = Certifying publishes the result and the ballot paper of each delegation. This cannot be undone.
ballot-certified = The result is certified and published.
ballot-cancel = Call the ballot off
ballot-cancel-hint = A ballot that was called off cannot be opened again. Ballot papers that were handed in are not counted and stay sealed.
ballot-cancelled = The ballot is called off.

ballot-paper = Ballot paper
ballot-paper-lead = Ballot paper of { $delegation }. Closing time: { $closes }.
ballot-paper-law = The ballot paper belongs to the delegation. A delegate prepares it; the head of delegation or an alternate representative confirms it. Until the closing time it can be replaced by a new one; the last one confirmed counts.
ballot-paper-fill = Fill in the ballot paper
ballot-paper-see = See the ballot paper of your delegation
ballot-paper-change = Replace it by a new ballot paper
ballot-paper-none = Your delegation has no ballot paper here.
ballot-paper-stale = Somebody of your delegation prepared another ballot paper while you had this page open. It is shown here; what you chose is kept in the form below.
ballot-paper-waiting = Ballot paper to be confirmed
ballot-paper-waiting-first = This ballot paper does not count yet: the head of delegation or an alternate representative must confirm it before the closing time.
ballot-paper-waiting-after = This ballot paper does not count yet. Until it is confirmed, the one confirmed before counts.
ballot-paper-counts = Ballot paper that counts
ballot-paper-number = Number of the ballot paper
ballot-paper-prepared = Prepared by
ballot-paper-confirmed-by = Confirmed by
ballot-paper-by = { $who }, { $at }
ballot-paper-confirm = Confirm this ballot paper
ballot-paper-cast = Cast this ballot paper
ballot-paper-keep = Keep without confirming
ballot-paper-hand = Hand to the head of delegation
ballot-paper-kept = The ballot paper is kept. It counts only when the head of delegation or an alternate representative confirms it.
ballot-paper-confirmed = The ballot paper is confirmed. Keep its receipt.
ballot-receipt = Receipt
ballot-receipt-hint = Keep the receipt: with it you find this ballot paper among those published after certification.
ballot-priority = Priority
ballot-priority-none = no priority
ballot-priority-highest = 1 (highest)
ballot-priority-lowest = { $level } (lowest)
ballot-objection = Objection
ballot-objection-add = Record an objection
ballot-objection-reason = Reason of the objection
ballot-objection-hint = It is published with the result, in the language in which it is written. Leave it empty for no objection.
ballot-abstain = The delegation abstains
ballot-abstain-hint = Then leave all priorities and objections empty. An abstention is not a vote, but the delegation is present.
ballot-abstains = The delegation abstains.
ballot-abstains-short = abst.

ballot-result = Result of the ballot
ballot-result-see = See the result
ballot-result-sealed = sealed
ballot-result-not-certified = Not certified. Only the secretariat sees this page; the ballot papers stay sealed until the result is certified.
ballot-result-no-quorum = The quorum was not met. This result is not valid as a decision.
ballot-result-first = In the first place: { $options }
ballot-order = Order
ballot-place-tied = { $place } (tied)
ballot-supported = Given a priority by
ballot-support = { $number ->
    [one] { $number } delegation
   *[other] { $number } delegations
}
ballot-support-majority = { $number ->
    [one] { $number } delegation, a majority
   *[other] { $number } delegations, a majority
}
ballot-scores = Scores by the method of counting
ballot-ties = Ties
ballot-tie-fell = Place { $place }: the method leaves { $between } tied. By the tie rule “{ $rule }” the order is: { $fell }.
ballot-tie-stands = Place { $place }: the method leaves { $between } tied, and by the tie rule “{ $rule }” they remain tied.
ballot-lots = The lots drawn
ballot-numbers = Quorum, base and votes
ballot-quorum-now = Quorum as things stand
ballot-quorum-met = Met. Rule: { $rule }. Needed: { $needed }; present: { $present } of { $electorate }.
ballot-quorum-missed = Not met. Rule: { $rule }. Needed: { $needed }; present: { $present } of { $electorate }.
ballot-base-words = { $base }: { $number }. A majority is { $majority }.
ballot-pairwise = Comparison of each two options
ballot-pairwise-hint = Each cell compares two options: how many ballot papers put the option of the row higher, and how many that of the column. ▲ the option of the row is ahead, ▽ it is behind, = the two are level.
ballot-roll-call = Roll call
ballot-roll-call-hint = In English alphabetical order, beginning with the delegation drawn by lot with the published seed:
ballot-roll-cast = Voted
ballot-roll-abstained = Abstained
ballot-roll-not-voting = Present, not voting
ballot-roll-absent = Absent
ballot-vote = Vote
ballot-papers = Ballot papers
ballot-papers-hint = The priority that each delegation gave to each option; a dash is no priority.
ballot-objections = Objections
ballot-objections-none = No objection was recorded.
ballot-recount = Recount
ballot-recount-hint = Anybody can recount this ballot: take the file and run the command below. It must give the same fingerprint and the same order.
ballot-recount-nothing = No ballot paper with priorities was cast, so that there is nothing to recount.

ballot-methods-explained = What each method does
ballot-file-csv = CSV: everything that was counted, with the rules of the ballot
ballot-file-preflib = PrefLib: what each ballot paper says, for other programs
ballot-file-pabulib = Pabulib: the priorities as points, for other programs
ballot-file-forms-hint = PrefLib and Pabulib are forms that other programs read. They keep the order on each ballot paper, PrefLib also the levels of priority where the method of this ballot reads them. Abstentions, review scores and the drawing of lots stand in the CSV file only.
ballot-kit = Recount kit: the file, the rules, the fingerprint and the command, as one archive
ballot-kit-how = Anybody can recount this ballot. Run the command below beside this file: it must find the same fingerprint and the same order.
ballot-kit-order = The order that was certified:

ballot-sure-title = How sure is this?
ballot-sure-teaser = The same ballot papers under other methods, without each delegation in turn, and each two options compared.
ballot-sure-see = See how sure the result is
ballot-sure-back = Back to the result
ballot-sure-lead = The result of the ballot stands. This page shows what it rests on, and what would be different under another method or without one of the delegations.
ballot-sure-said-first = { $number ->
    [0] None of the { $all } methods compared gives the first place as the result does.
    [one] { $number } of the { $all } methods compared gives the first place as the result does.
   *[other] { $number } of the { $all } methods compared give the first place as the result does.
}
ballot-sure-said-firm = { $number ->
    [0] No option has the same place under all of them.
    [one] { $number } of { $all } options has the same place under all of them.
   *[other] { $number } of { $all } options have the same place under all of them.
}
ballot-sure-said-delegations = { $number ->
    [0] Whichever one of the { $all } delegations that voted is left out, the first place stays as it is.
    [one] For { $number } of the { $all } delegations that voted, the first place would change if its ballot paper were left out.
   *[other] For { $number } of the { $all } delegations that voted, the first place would change if their ballot paper were left out.
}
ballot-sure-places = Why each place
ballot-sure-tied = Tied with { $others }.
ballot-sure-last = No option follows.
ballot-sure-by-rule = Ahead of { $below } by the tie rule “{ $rule }”: the method leaves the two level.
ballot-sure-because = { $prefer ->
    [one] Ahead of { $below } because { $prefer } of { $ballots } delegations puts it higher; { $against } the other way round.
   *[other] Ahead of { $below } because { $prefer } of { $ballots } delegations put it higher; { $against } the other way round.
}
ballot-sure-agrees = { $prefer ->
    [one] Ahead of { $below } by the method, and { $prefer } of { $ballots } delegations puts it higher; { $against } the other way round.
   *[other] Ahead of { $below } by the method, and { $prefer } of { $ballots } delegations put it higher; { $against } the other way round.
}
ballot-sure-level = Ahead of { $below } by the method, although as many delegations put it higher as lower: { $prefer } of { $ballots } each.
ballot-sure-although = { $against ->
    [one] Ahead of { $below } by the method, although { $against } of { $ballots } delegations puts { $below } higher; { $prefer } the other way round.
   *[other] Ahead of { $below } by the method, although { $against } of { $ballots } delegations put { $below } higher; { $prefer } the other way round.
}
ballot-sure-wins = ahead
ballot-sure-loses = behind
ballot-sure-even = level
ballot-sure-methods = The same ballot papers under other methods
ballot-sure-methods-hint = Each row is one method, each column one option in the order of the result. ↑ is a better place than in the result, ↓ a worse one. The last row gives the one place that holds under all methods (✓), or the best and the worst. Ties fall by the rule of the ballot.
ballot-sure-own-method = (this ballot)
ballot-sure-higher = better
ballot-sure-lower = worse
ballot-sure-firm = All methods
ballot-sure-firm-word = the same under all
ballot-sure-left-out = Each delegation left out
ballot-sure-left-out-hint = The ballot is counted again without the ballot paper of one delegation. Shown are the options whose place would change: from the place in the result to the place without that delegation.
ballot-sure-without = Without
ballot-sure-changes = Places that would change
ballot-sure-changes-first = The first place would change
ballot-sure-no-change = None

error-ballot-options = Please choose at least two options.
error-ballot-option-gone = An action that you chose is no longer accepted. Please choose again.
error-ballot-asked-by = Please choose a delegation that votes.
error-ballot-closes-past = The closing time must lie ahead. It is now { $now }.
error-ballot-priority = Please choose a priority from 1 to { $levels }, or none.
error-ballot-objection-long = Please write at most { $most } characters.
error-ballot-abstain-alone = An abstention has no priorities and no objections. Take the tick away, or empty the rest.
error-ballot-paper-empty = Please give at least one priority or objection, or abstain.
error-ballot-paper-options = The ballot paper does not have the options of this ballot. Please load the page again.

refusal-ballot-state = This step is not possible: the state of the ballot is “{ $state }”.
refusal-ballot-over = The closing time has passed: { $closes }.
refusal-ballot-not-over = The ballot can be closed only after its closing time: { $closes }.
refusal-ballot-option-not-accepted = The ballot cannot be opened: { $reference } is not an accepted action any more. Edit the options.
refusal-ballot-one-language = The ballot cannot be opened: title and summary of { $reference } must be there in both languages.
refusal-ballot-edits = The ballot cannot be opened: changes proposed to { $reference } wait for its delegation. It can be voted on once the delegation has answered or they are taken back.
refusal-ballot-consents = The ballot cannot be opened: { $reference } waits for the consent of { $countries }. It can be voted on once they consent or are taken out of it.
refusal-ballot-not-in-electorate = Your delegation is not in the electorate of this ballot.
refusal-ballot-secret-voted = Your delegation has voted. A ballot paper in the urn cannot be replaced.
refusal-ballot-secret-few = Fewer than three delegations have voted. A count would show how each of them voted; call the ballot off.
refusal-ballot-position-secret = A vote by secret ballot is not explained: an explanation would tell how the delegation voted.
refusal-ballot-position-published = The explanation of your delegation is published with the result. It stands in the record and cannot be replaced.
refusal-ballot-hand-secret = A secret ballot takes no vote from the record of the room.
refusal-ballot-hand-own = This delegation has confirmed its own ballot paper; it alone can replace it.
refusal-ballot-hand-closed = The ballot is counted. Only a ballot paper that its delegation contests can still be corrected.
refusal-ballot-contested = The result cannot be certified: { $delegations } contests the ballot paper that was entered. Correct it, take it out, or wait until the delegation confirms it.

act-ballot-prepared = Ballot prepared
act-ballot-edited = Ballot edited
act-ballot-opened = Ballot opened, its rules and electorate frozen
act-ballot-presence-noted = Presence noted
act-ballot-paper-prepared = Ballot paper prepared
act-ballot-paper-confirmed = Ballot paper confirmed
act-ballot-secret-cast = Secret ballot paper cast
act-ballot-paper-entered = Ballot paper entered from the record of the room
act-ballot-entry-confirmed = Entered ballot paper confirmed by its delegation
act-ballot-entry-contested = Entered ballot paper contested by its delegation
act-ballot-entry-taken-out = Entered ballot paper taken out
act-ballot-recounted = Ballot counted again after a correction
act-ballot-position-explained = Explanation of position handed in
act-ballot-closed = Ballot closed and counted
act-ballot-certified = Result of the ballot certified
act-ballot-cancelled = Ballot called off
ballot-consents = Consents that are missing
ballot-consents-explained = A ballot opens only when every country that an action names has consented, or has been taken out of the action.
ballot-consent-missing = { $country } — { $state }
ballot-reference = Reference
ballot-blank = Blank form to print
ballot-blank-confirmed-by = Confirmed by the head of delegation or an alternate representative (name, signature, date):
ballot-file-offer = To fill it in without a network:
ballot-file-in = as a spreadsheet ({ $language })
ballot-file-title = Ballot paper off line
ballot-file-lead = Fill in the ballot paper without a network: take the spreadsheet, fill it in, send it back. You see what it changes before anything is kept.
ballot-file-out = Take the file
ballot-file-out-note = The file holds the ballot paper of your delegation alone, with what was prepared last. Keep it where only your delegation can read it.
ballot-file-hint = The spreadsheet of this ballot and of your delegation, saved as .xlsx.
ballot-file-version = Version of the ballot: { $version }
ballot-file-how = Fill in the framed cells. Priority: a number from 1 (highest) to { $levels } (lowest); the same number may be given to several options, and a cell left empty gives no priority. An objection is recorded with its reason. To abstain, answer “Yes” at the abstention and leave everything else empty.
ballot-file-summary = Summary
ballot-file-shown = What the file changes
ballot-file-first = This is what the file says. Nothing is kept until you confirm it below.
ballot-file-changes = { $count ->
    [0] The file changes what the ballot paper says as a whole. Nothing is kept until you confirm it below.
    [one] The file changes what is said about { $count } option. Nothing is kept until you confirm it below.
   *[other] The file changes what is said about { $count } options. Nothing is kept until you confirm it below.
}
ballot-file-same = The file says what the newest ballot paper of your delegation says already; there is nothing to keep.
ballot-file-stale = Somebody of your delegation prepared another ballot paper after this file was taken. The file is compared with that one; if you go on, it takes its place.
ballot-file-before = Priority now
ballot-file-after = Priority in the file
ballot-file-prepare = Prepare this ballot paper
error-ballot-file-other = This spreadsheet is not a ballot paper of this page. Take the spreadsheet from this page and copy what you filled in.
error-ballot-file-other-ballot = This spreadsheet belongs to another ballot. Send it back there, or take the spreadsheet from this page.
error-ballot-file-other-delegation = This spreadsheet belongs to another delegation. Take the spreadsheet of your delegation from this page.
error-ballot-file-other-version = The ballot has changed since this spreadsheet was taken. Take a new one from this page and copy what you filled in.
error-ballot-file-abstain = Please choose “Yes”, or leave the cell empty.
error-ballot-file-moved = This row must be the row of { $reference }. Rows and columns stay where they are in the file.
