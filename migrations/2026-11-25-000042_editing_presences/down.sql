DROP TABLE editing_presences;
