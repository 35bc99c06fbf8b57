link-built-on = Builds on good practices
link-used-by = Used by the priority actions
link-origin = Grew out of the priority action
link-grown = Became a good practice
link-progress = Progress and history of the action
link-offers-here = Who offers help with its targets
link-offers-for = { $offers }; targets { $targets }
link-offer-study-visit = study visit
link-offer-expert = expert
link-offer-documents = documents
link-offer-legal-text = legal text
link-suggested = The reference of a good practice can be found in the library; the field suggests those of the same theme.
link-board-title = Who can help whom
link-board-lead = Good practices whose countries offer something to others, and the priority actions that serve the same target. Ask the delegation that offers; nothing here binds anybody.
link-board-none = There is neither an offer nor a need here yet.
link-board-figures = Targets with both an offer and a need: { $both } of { $all }.
link-needing = Country in need
link-offering = Country that offers
link-any-country = Any
link-target = Target
link-offers = Who offers what
link-needs = Who needs it
link-side-offers = Offer
link-side-needs = Need
link-needs-folded = { $number ->
    [one] { $number } priority action
   *[other] { $number } priority actions
}
link-nobody = Nobody yet
link-concerns = concerns also { $countries }
error-no-such-practice = There is no good practice { $reference } that you can build on: it must be in the library or your delegation’s own.
error-practice-twice = { $reference } is named already.
