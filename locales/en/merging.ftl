# Duplicates.
duplicates-title = Similar submissions
duplicates-lead = Submissions of the same kind that are alike, compared in both languages as they were handed in. Points tell how much they share, out of a hundred; whether they are the same is yours to decide.
duplicates-none = No submissions are alike
duplicates-count = { $number ->
    [one] { $number } pair
   *[other] { $number } pairs
}
duplicates-pair = Submissions
duplicates-shared = What both share
duplicates-points = Points
duplicates-words = Words of the titles: { $words }
duplicates-summaries = { $percent } % of the shorter summary
duplicates-theme = Theme: { $theme }
duplicates-target = Target: { $target }
duplicates-countries = Countries: { $countries }
duplicates-years = Years: { $years }

# Merging.
merge-title = Merge submissions
merge-go = Merge
merge-lead = { $from } would be joined to { $into }, which stands for both from then on. Both texts stay readable and lead to each other.
merge-from = Is joined
merge-into = Stands for both
merge-other-way = The other way round
merge-asked = { $number ->
    [0] Nobody has to be asked again
    [one] { $number } delegation is asked about the one that stands
   *[other] { $number } delegations are asked about the one that stands
}
merge-note = Why they are merged
merge-note-hint = Both delegations receive this.
merge-do = Join { $from } to { $into }
merge-done = { $reference } was joined to this submission. Both delegations were told.
merge-stale = One of the two texts has changed meanwhile. Read both again; your reason is still here.
merge-on = { $day }. { $note }
merge-was-joined = Joined to
merge-stands-for = Stands for as well:
merge-take-back = Take the merge back
merge-taken-back = The merge was taken back; the submission is under review again.
event-merge = Joined to another submission
event-unmerge = Merge taken back
act-submission-merge = Submission joined to another one
act-submission-unmerge = Merge taken back
act-merge-join = Submissions merged
act-merge-take-back = Merge taken back
audit-detail-into = Into
refusal-merge-unlike = Only two different submissions of the same kind and session can be merged.
refusal-merge-on-ballot = One of them is on a ballot. Take it off the ballot, or cancel the ballot, first.
refusal-merge-in-programme = One of them is in an adopted work programme.
refusal-merge-none = This submission is not joined to another one.
refusal-merge-built-on = { $reference } has changed since, or is on a ballot or in a programme: the merge stays.

# Saved filters and the list as a file.
filter-saved = Saved filters
filter-keep = Keep this filter
filter-name = Name of the filter
filter-share = Offer it to the whole secretariat
filter-keep-button = Keep
filter-remove = Remove
filter-kept = The filter was kept.
filter-removed = The filter was removed.
filter-name-needed = Give the filter a name.
refusal-filters-many = You keep as many filters as there can be. Remove one first.
submission-list-file = This list as a file (CSV)
