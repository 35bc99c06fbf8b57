DROP TABLE practice_origins;
DROP TABLE progress_confirmations;
DROP TABLE progress_indicators;
DROP TABLE progress_outputs;
DROP TABLE progress_reports;
