DROP TABLE questionnaires;
DROP TABLE reviewers;
DROP TABLE criteria;
DROP TABLE windows;
DROP TABLE sessions;
