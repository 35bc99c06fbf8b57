-- Whether what is handed in after the window of submissions is taken as late, and not refused.
ALTER TABLE sessions ADD COLUMN takes_late BOOLEAN NOT NULL DEFAULT FALSE;
