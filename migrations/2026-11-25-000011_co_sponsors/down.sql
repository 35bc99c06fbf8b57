DROP TABLE co_sponsors;
