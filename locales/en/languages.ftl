# Both languages of a submission at parity.
parity-missing = One language is missing
parity-stale = Original changed since the translation
parity-draft = Translation not checked
parity-checked = Translation checked
languages-heading = Languages
languages-title = Both languages side by side
languages-explanation = The original stands on the left and cannot be changed here. Write the translation on the right and tick it once you have compared both. When the original changes later, the text shows as overtaken until it is checked again.
languages-count = Translations checked: { $checked } of { $all }.
languages-original = Original, { $language }
languages-translation = Translation, { $language }
languages-changed = What changed in the original since the translation
languages-check = Checked against the original
languages-save = Save translations
languages-all-done = Every translation is checked.
languages-done = { $count ->
    [one] One translation is checked
   *[other] { $count } translations are checked
}
refusal-languages-voted-on = A ballot has opened over this action; its texts stand as they stood then.
act-submission-translate = Translation saved
act-submission-check-texts = Translations marked as checked
