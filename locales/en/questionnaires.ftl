kind-practice = Good practice
kind-action = Priority action
questionnaire-title-practice = Questionnaire for good practices
questionnaire-title-action = Questionnaire for priority actions
questionnaire-lead = All questions as delegations answer them. Print the page to use it as a blank form.
questionnaire-version = Version { $number }
questionnaire-limits-note = Limits count characters. A Russian text may be a quarter longer than an English one.
questionnaire-contents = Sections
question-required = Required when the text is handed in
question-optional = Optional
question-required-row = Required in every row
question-required-given = Required when “{ $question }” is answered
question-required-is = Required when “{ $question }” is: { $choices }
question-private = Never published
question-bilingual = Answered in English and in Russian
question-neutral = Answered once for both languages
question-limit = At most { $en } characters in English, { $ru } in Russian
question-limit-one = { $max ->
    [one] At most { $max } character
   *[other] At most { $max } characters
}
question-least-chars = { $min ->
    [one] At least { $min } character
   *[other] At least { $min } characters
}
question-most-choices = { $most ->
    [one] At most { $most } choice
   *[other] At most { $most } choices
}
question-most-rows = { $most ->
    [one] At most { $most } row
   *[other] At most { $most } rows
}
question-least-rows = { $least ->
    [one] At least { $least } row
   *[other] At least { $least } rows
}
question-between = From { $min } to { $max }
question-from = { $min } or more
question-up-to = { $max } or less
question-choices = { $count ->
    [one] { $count } answer to choose from
   *[other] { $count } answers to choose from
}
question-columns = In each row
question-kind-line = One line of text
question-kind-text = Text
question-kind-choice = One choice
question-kind-choices = Several choices
question-kind-number = Whole number
question-kind-year = Year
question-kind-half-year = Half of a year
question-kind-tick = Box to tick
question-kind-email = E-mail address
question-kind-url = Address on the web
question-kind-reference = Reference of another submission
question-kind-rows = Rows

error-too-long = { $over ->
    [one] This is { $over } character too long; at most { $max } are possible.
   *[other] This is { $over } characters too long; at most { $max } are possible.
}
error-too-short = { $now ->
    [one] This is too short: { $now } character of at least { $min }.
   *[other] This is too short: { $now } characters of at least { $min }.
}
error-unknown-choice = “{ $value }” is not among the answers to choose from.
error-too-many = { $most ->
    [one] Not more than { $most } is possible.
   *[other] Not more than { $most } are possible.
}
error-too-few = { $least ->
    [one] At least { $least } is needed.
   *[other] At least { $least } are needed.
}
error-half-year = “{ $value }” is no half of a year. Please write the year and 1 or 2, such as 2021-1.
error-url = Please write a whole address, such as https://example.org/page.
error-reference = “{ $value }” is no reference. Please write it as GP-KAZ-2020-001.
error-ends-before-start = The end lies before the beginning.
error-outside-programme = This lies outside the years of the work programme, { $first } to { $last }.
error-span = { $most ->
    [one] Not more than { $most } year is possible, the first and the last included.
   *[other] Not more than { $most } years are possible, the first and the last included.
}
workbook-form = Form
workbook-lists = Lists
workbook-lists-note = The lists of the form. Nothing is to be filled in here.
workbook-how = Fill in the framed cells; * marks what is required when the text is handed in. Save the file and send it back on the page of the submission. Several choices stand in several lines.
workbook-question = Question
workbook-help = What belongs here
workbook-see-sheet = On the sheet “{ $name }”
workbook-choose = Choose from the list.
questionnaire-file = Take it as a spreadsheet to fill in off line
workbook-send-back = Send the file back
workbook-show = Show what the file changes
workbook-cell = Cell { $cell }:
workbook-faults = { $count ->
    [one] One thing in the file needs attention
   *[other] { $count } things in the file need attention
}
workbook-faults-advice = Nothing was changed. Correct the file and send it again.
error-workbook-formula = There is a formula here. Write the value itself.
error-workbook-no-room = There is no room for text here, and it would be lost. Move it into a framed cell.
blank-print = Print this page with your browser; everything that does not belong on paper is left out.
blank-filled-in-by = Filled in by (name, date):
