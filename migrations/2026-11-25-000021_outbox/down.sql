DROP TABLE password_requests;
DROP TABLE mail_choices;
DROP TABLE messages;
