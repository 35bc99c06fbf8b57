-- Answers to one question across submissions: what an action builds on, what a practice offers.
CREATE INDEX answers_question ON answers (question, replaced_in);
