DROP TABLE edit_limits;
DROP TABLE edited_answers;
DROP TABLE edits;
DROP TABLE edit_rounds;
