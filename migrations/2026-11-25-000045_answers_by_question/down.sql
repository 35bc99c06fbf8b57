DROP INDEX answers_question;
