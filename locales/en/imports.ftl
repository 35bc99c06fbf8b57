import-title-practice = Import of good practices
import-title-action = Import of priority actions
import-lead-practice = Reads good practices from a workbook or a CSV file, such as one taken out here and changed, or one that a delegation filled in off line.
import-lead-action = Reads priority actions from a workbook or a CSV file, such as one taken out here and changed, or one that a delegation filled in off line.
import-file = Workbook or CSV file
import-file-hint = A workbook (.xlsx, its first sheet) or CSV: UTF-8 or Windows-1251, with commas, semicolons or tabs; headers in English or Russian. At most { $kilobytes } kB.
import-show = Show what the file will do
import-columns = Columns described
import-rules = How a file is read
import-rule-identity = An entry is found by its reference, otherwise by the key of its source. A row with neither is a new entry.
import-rule-empty = A column that is not in the file leaves its answers as they are; an empty cell takes the answer away.
import-rule-source = A row that names its source becomes an entry compiled from public sources, and is handed in. Any other row waits for the delegation it names to confirm it.
import-rule-whole = First you see what will happen. A file is applied as a whole or not at all.
import-faults = { $count ->
    [one] One thing in the file needs attention
   *[other] { $count } things in the file need attention
}
import-faults-advice = Nothing was changed. Correct the file and choose it again.
import-fault-line = Line
import-fault-column = Column
import-fault-value = Found
import-fault-problem = What is wrong
import-fault-accepted = What is accepted
import-summary = New: { $new } · changed: { $changed } · unchanged: { $unchanged }
import-waiting = { $number ->
    [one] One new text waits for its delegation: the heads are asked by mail to confirm it, and nothing of it is seen, reviewed or voted on before.
   *[other] { $number } new texts wait for their delegations: the heads are asked by mail to confirm them, and nothing of them is seen, reviewed or voted on before.
}
import-preview-explanation = Nothing has been changed yet. This is what the file will do, row by row.
import-nothing = Everything in the file is here already; there is nothing to do.
import-stale = Something was changed here after you were shown what the file does. This is what it does now.
import-apply = Apply the file
import-another = Choose another file
import-what = What happens
import-entry = Entry
import-fields = Columns that change
import-change-new = New
import-change-changed = Changed
import-change-unchanged = Unchanged
error-import-too-large = The file is larger than { $kilobytes } kB. Please divide it.
error-import-no-text = This is neither a workbook (.xlsx) nor a CSV file.
error-import-empty = There is no row under the headers.
error-import-width = The line has { $cells } cells.
error-import-unknown-column = No column has this header.
error-import-column-twice = This column is in the file twice.
error-import-missing-column = The file lacks the column { $column }.
error-import-row-twice = The same entry is in the file twice.
error-import-unknown-reference = The session has no such entry.
error-import-other-delegation = The entry belongs to another delegation, and stays with it.
error-import-unknown-delegation = There is no delegation with this code.
error-import-own-text = A delegation has written or taken over this entry; where it was compiled from is not changed any more.
error-import-not-open = The entry is not changed by import in this state: { $state }.
error-import-accepted-file = a workbook or a CSV file with headers in the first line
error-import-accepted-width = { $headers } cells, as in the first line
error-import-accepted-column = a header of the exported file, in English or Russian, or the name of a column
error-import-accepted-codes = { $codes }
error-import-accepted-codes-of-list = codes of the list, such as { $codes }
error-import-accepted-chars = up to { $max } characters
error-import-accepted-number = a whole number from { $min } to { $max }
error-import-accepted-half-year = a half-year such as 2021-1 or 2021-2
error-import-accepted-reference = a reference such as { $example }
error-import-accepted-rows = at most { $most } values, separated by semicolons
error-import-accepted-no-reference = a reference of this session; an empty cell for a new entry
