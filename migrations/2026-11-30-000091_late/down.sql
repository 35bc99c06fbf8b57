ALTER TABLE sessions DROP COLUMN takes_late;
