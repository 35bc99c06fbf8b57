DROP TABLE attendances;
DROP TABLE meetings;
DROP TABLE credentials;
