reviews-title = Reviews
reviews-lead = Reviewers score each accepted action by the criteria of the session. Scores stay with their reviewer until the review is given; nobody scores an action of their own delegation.
reviews-made-up = The reviews of this session are made up to show the steps. They say nothing about the actions.
reviews-until = Reviews can be given and changed until { $moment }.
reviews-own = Your reviews
reviews-next = Go on with the next action
reviews-none = No action has been accepted yet
reviews-none-advice = Actions appear here as soon as the secretariat accepts them.
reviews-progress = Progress by reviewer
reviews-no-reviewers = No reviewers have been appointed
reviews-no-reviewers-advice = Reviewers are appointed on the page of the session.
reviews-done = complete
reviews-by-action = Reviews by action
review-state-not-begun = Not begun
review-state-draft = Draft
review-state-given = Given
review-state-recused = Recused
review-title = Review of { $reference }
review-action = Action
review-delegation = Lead delegation
review-years = Years
review-reviewer = Reviewer
review-own-state = Your review
review-full-view = Open the whole text of the action
review-answers = What the action says
review-own = Your review
review-stored = Your review as it is stored now
review-stale = You saved this review in another window after opening this one. Below is what is stored now, and in the form what you typed here. Saving puts what is in the form in its place.
review-criterion-weight = { $name } (weight { $weight }%)
review-reason = Reasons
review-reason-hint = Say what led to your marks, so that the secretariat and the other reviewers can follow them. At least 20 characters when the review is given; your name is shown to the secretariat alone.
review-give = Give the review
review-change = Change the review
review-save-draft = Save as a draft
review-saved-draft = The draft is saved. It does not count until you give the review.
review-saved-given = The review is given. You can change it until the reviews close.
review-recuse = Declare yourself recused
review-recuse-title = Recusal
review-recuse-lead = If you or your institution had a part in the action, or something else could be seen to sway your judgement, you do not score it. You will see neither the form nor the scores of this action, and a review you gave before will not count. You can take this back while reviews can be given.
review-recuse-reason = Reason
review-recuse-hint = At least 20 characters. Only the secretariat sees it.
review-recuse-confirm = Confirm the recusal
review-recused-done = You are recused from the action.
review-recused-own = You are recused from this action: it is led by a delegation to which you belong. You see neither the form nor the scores.
review-recused-stated = You are recused from this action by your own statement: { $reason }
review-sealed = You will see the scores and reasons of the other reviewers after you have given your review.
review-others = Reviews given
review-others-none = No other review has been given yet.
review-other = Review { $number }
review-score = Score
review-no-score = no score
review-mark-needs-information = needs more information
review-mark-not-applicable = not applicable
review-back = Back to all reviews
error-review-mark-missing = Please choose a mark for this criterion.
error-review-reason-short = Please give reasons in at least { $min } characters; there are { $now } now.
error-review-reason-long = At most { $max } characters; this is { $over } over the limit.
ranking-title = Ranking
ranking-lead = Accepted actions in the order of their review scores. Actions with equal scores share a place. The ranking informs the group; it decides nothing.
ranking-formula = How the scores are reckoned
ranking-formula-review = The score of a review is the sum of weight times mark, divided by the sum of the weights, over the criteria that have a mark from 0 to 5. A criterion marked “not applicable” or “needs more information” is left out together with its weight.
ranking-formula-action = The score of an action is the mean of the scores of its reviews. Drafts and reviews of recused reviewers do not count. All reckoning is done in fractions; only the numbers shown are rounded.
ranking-formula-ties = Actions with exactly the same score share a place, and the places they fill are left out after them: 1, 2, 2, 4. Actions without a score have no place.
ranking-formula-spread = The spread is the highest less the lowest score of a review; the deviation is the standard deviation of a sample. A wide spread means that the reviewers saw the action differently.
ranking-theme = Theme
ranking-filter = Show
ranking-none = There is no action to rank
ranking-chart = Mean score from 0 to 5; the line goes from the lowest to the highest review
ranking-table = Ranking by review score
ranking-rank = Rank
ranking-tied = tied
ranking-reviews = Reviews
ranking-spread = Spread
ranking-needs-information = { $count ->
    [one] { $count } asks for more information
   *[other] { $count } ask for more information
}
ranking-deviation = deviation { $number }
ranking-export = Download as CSV

ranking-sure-title = How sure is the ranking?
ranking-sure-teaser = How often each action takes each rank when the weights vary, what would reverse two neighbours, how far the reviewers agree.
ranking-sure-see = See how sure the ranking is
ranking-sure-back = Back to the ranking
ranking-sure-lead = The ranking rests on the weights of the criteria and on the marks of the reviewers. This page shows how much it would move if either were somewhat different. It changes nothing.
ranking-sure-none-advice = Nothing can be said before a review is given.
ranking-sure-contents = On this page
ranking-sure-chances = If the criteria weighed otherwise
ranking-sure-chances-hint = The weights of the criteria were drawn at random many times over, any weights being as likely as any others, and the actions ranked each time.
ranking-sure-sampled = Draws: { $samples }; seed: { $seed } (the number of the session), so that anybody can draw the same again.
ranking-sure-chart = How often each action takes each rank, from 1 at the left to { $last } at the right. In each row the tallest column is the most frequent rank, named at the end with its share; the line below marks the rank with the weights of the session.
ranking-sure-chances-table = Chances of each action
ranking-sure-first = First
ranking-sure-three = Among the first three
ranking-sure-likeliest = Most frequent rank
ranking-sure-likeliest-words = { $rank } ({ $share })
ranking-sure-range = Ranks taken
ranking-sure-share = { $share }%
ranking-sure-all = The share of every rank
ranking-sure-reversals = What would reverse two neighbours
ranking-sure-reversals-hint = For each two actions that follow one another: the smallest change of one weight, the other weights keeping their proportions, that puts the second ahead.
ranking-sure-above = Ahead
ranking-sure-below = Behind
ranking-sure-what-reverses = What would reverse them
ranking-sure-more = If “{ $criterion }” weighed more than { $share }% instead of { $now }%, { $below } would be ahead.
ranking-sure-less = If “{ $criterion }” weighed less than { $share }% instead of { $now }%, { $below } would be ahead.
ranking-sure-without = Without “{ $criterion }”, which weighs { $now }% now, the two would be level at { $share }%; { $below } would not be ahead.
ranking-sure-never = No change of one weight puts the second ahead.
ranking-sure-level = The two are level, or so near that any change decides.
ranking-sure-near = near
ranking-sure-agreement = How far the reviewers agree
ranking-sure-alpha = Krippendorff’s alpha
ranking-sure-alpha-hint = Alpha is 1 when the reviewers of each action give it the same score, and 0 when their scores differ within an action as much as between actions.
ranking-sure-agreement-none = No action has two reviews with a score, so that agreement cannot be measured.
ranking-sure-agreement-good = The reviewers agree well: the scores can be relied on.
ranking-sure-agreement-fair = The reviewers agree in the main: the scores allow cautious conclusions, not fine distinctions.
ranking-sure-agreement-weak = The reviewers agree only in part: neighbouring ranks say little, and the reasons given in the reviews should be read.
ranking-sure-agreement-chance = The reviewers agree hardly more than chance would have it: the ranking should not be relied on before the differences are talked over.
ranking-sure-conflicts = Actions with conflicting reviews
ranking-sure-conflicts-hint = { $steps ->
    [one] Flagged are actions whose highest and lowest review differ by { $steps } step of the scale or more.
   *[other] Flagged are actions whose highest and lowest review differ by { $steps } steps of the scale or more.
}
ranking-sure-conflicts-none = There is none.
ranking-sure-lowest = Lowest review
ranking-sure-highest = Highest review
ranking-sure-offsets = Severer and milder reviewers
ranking-sure-offset-hint = By how much a reviewer scores the same actions above or below the others. It is reckoned only for reviewers who share at least { $shared } reviews with others, and drawn towards nought as if { $shrinkage } further reviews had been at the mean.
ranking-sure-reviewer = Reviewer { $number }
ranking-sure-shared = Shared with others
ranking-sure-offset = Compared with the others
ranking-sure-milder = milder
ranking-sure-severer = severer
ranking-sure-like-others = like the others
ranking-sure-too-few = too few shared reviews
ranking-sure-adjusted = The order as it is, and with severity taken out
ranking-sure-raw-rank = Rank
ranking-sure-adjusted-rank = Adjusted rank
ranking-sure-adjusted-score = Adjusted score
ranking-sure-moved-up = up to
ranking-sure-moved-down = down to
ranking-sure-not-adjusted = { $number ->
    [one] The order is not adjusted for severity: this needs at least { $needed } reviewers who each share at least { $shared } reviews with others, and there is { $number }.
   *[other] The order is not adjusted for severity: this needs at least { $needed } reviewers who each share at least { $shared } reviews with others, and there are { $number }.
}

act-review-drafted = Draft of a review saved
act-review-given = Review given
act-review-changed = Given review changed
act-review-recused = Reviewer recused
review-blank = Review sheets to print
review-file-offer = To fill them in without a network:
review-file-in = as a spreadsheet ({ $language })
review-file-title = Reviews off line
review-file-lead = Review without a network: take the spreadsheet with all actions that you review, fill it in, send it back. You see what it changes before anything is saved.
review-file-out = Take the file
review-file-out-note = The file holds your own marks and reasons as they are saved now, and nobody else’s. Actions from which you are recused are left out.
review-file-hint = The spreadsheet of this session that you took yourself, saved as .xlsx.
review-file-how = Fill in the framed cells: a mark from 0 to 5 for each criterion (the second sheet says what each means), “needs more information” or “not applicable”; your reasons; and whether the review is given or stays a draft.
review-file-summary = Summary
review-file-state = Draft or given
review-file-edition = Edition
review-file-scale = What the marks mean
review-file-criteria = What the criteria ask
review-file-criterion = Criterion
review-file-shown = What the file changes
review-file-changes = { $count ->
    [0] The file says what is saved already; there is nothing to save.
    [one] The file changes the review of { $count } action. Nothing is saved until you confirm it below.
   *[other] The file changes the reviews of { $count } actions. Nothing is saved until you confirm it below.
}
review-file-stale = Some of these reviews were saved on the page after the file was taken. They are left as they are unless you tick them.
review-file-before = Saved now
review-file-after = In the file
review-file-take = Take this from the file
review-file-take-stale = Take this from the file, in place of what was saved on the page after the file was taken
review-file-becomes-draft = It will be a draft.
review-file-becomes-given = It will be given.
review-file-save = Save what is ticked
review-file-saved = { $count ->
    [0] Nothing was ticked, so that nothing was saved.
    [one] { $count } review is saved.
   *[other] { $count } reviews are saved.
}
review-file-overtaken = Nothing was saved: one of the reviews was changed on the page meanwhile. Please send the file again and look at what it changes now.
error-review-file-other = This spreadsheet does not hold your reviews. Take the spreadsheet from this page and copy what you filled in.
error-review-file-other-session = This spreadsheet belongs to another session.
error-review-file-other-reviewer = This spreadsheet belongs to another reviewer. Take your own from this page.
error-review-file-other-criteria = The columns of this spreadsheet are not the criteria of the session. Take a new one from this page and copy what you filled in.
error-review-file-unknown = You do not review { $reference }.
error-review-file-twice = { $reference } stands in the file twice.
error-review-file-mark = Please choose a mark from 0 to 5, “needs more information” or “not applicable”.
error-review-file-unknown-state = Please choose “Draft” or “Given”.
error-review-file-unknown-recommendation = Please choose a recommendation from the list, or leave the cell empty.
