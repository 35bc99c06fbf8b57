# Who is asked to review what.
assignment-title = Who reviews which action
assignment-lead = Tick who is asked to review each action. Nobody is asked who is recused: reviewers of the country or organization that leads the action always are. While nothing is ticked, everybody is asked for every action.
assignment-none = There is nobody to ask, or nothing to review
assignment-none-advice = Appoint reviewers on the page of the session; actions appear once they are accepted.
assignment-each = Reviewers for each action
assignment-propose = Propose an even load
assignment-proposed = { $number ->
    [one] Proposed: { $number } reviewer for each action, those with the least to do first. What stood before stays. Nothing is saved yet; change what you like.
   *[other] Proposed: { $number } reviewers for each action, those with the least to do first. What stood before stays. Nothing is saved yet; change what you like.
}
assignment-short = { $number ->
    [one] There are not enough reviewers who are not recused for { $number } action:
   *[other] There are not enough reviewers who are not recused for { $number } actions:
}
assignment-load = Load
assignment-asked = Asked for
assignment-number = { $number ->
    [0] Nobody is asked
    [one] { $number } reviewer is asked
   *[other] { $number } reviewers are asked
}
assignment-save = Save who reviews what
assignment-done = It is set who reviews what.
assignment-stale = Somebody else has changed who reviews what. What you ticked is still here; saved again, it takes the place of theirs.
assignment-of-you = asked of you
error-assignment-recused = { $name } is recused from { $reference }.
act-review-assign = Reviewers assigned to actions
audit-detail-added = Added
audit-detail-removed = Removed

# What a review says beside its marks.
remark-title = Beside the marks
remark-recommendation = Your recommendation
remark-recommendation-hint = It moves nothing: the action stands where it stands. The secretariat reads it with your name, and the other reviewers without it, once both of you have given the review.
recommendation-none = No recommendation
recommendation-accept = Recommends: accept
recommendation-return = Recommends: return to the delegation
recommendation-not-retain = Recommends: not retain
remark-because = Why you recommend this
remark-because-hint = Needed if you do not recommend to accept. Read by the same people as the recommendation; the delegation does not read it.
remark-to-delegation = Comment to the delegation
remark-to-delegation-hint = The delegation that leads the action reads this without your name, as soon as you have given the review. The secretariat reads it with your name, the other reviewers without it.
remark-note = Note among reviewers
remark-note-hint = The other reviewers read this without your name once they have given their own review; the secretariat reads it with your name. The delegation does not read it.
remark-judged = Judged revision { $revision } of the text, which is the newest ({ $now }).
remark-judged-older = Judged revision { $revision } of the text. The text has changed since: it stands at revision { $now }.
remark-comments-title = Comments of the reviewers
remark-comments-lead = What reviewers who have given their review say to the delegation, without their names. Marks, recommendations and notes among reviewers are not shown here.
remark-comments-none = No reviewer has left a comment for the delegation
remark-reviews = { $number ->
    [0] No review given yet.
    [one] { $number } review given.
   *[other] { $number } reviews given.
}
agreement-too-few = Too few scores to compare.
agreement-close = The scores are close to each other.
agreement-apart = The scores lie apart.
agreement-far-apart = The scores lie far apart.
agreement-recommendations = The recommendations differ.
agreement-hint = Close: at most one step between the highest and the lowest score; far apart: more than two. This says how the scores were given, not which is right.

# Taking a recusal back.
review-recusal-take-back = Take the recusal back
review-recusal-hint = If the ground has fallen away, you can take your statement back while reviews can be given. A review that you gave before counts again.
review-recusal-taken-back = The recusal is taken back. You can review the action.
refusal-review-not-recused = There is no statement of yours to take back.
act-review-recusal-taken-back = Recusal taken back
