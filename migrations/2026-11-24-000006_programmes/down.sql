DROP TABLE adoption_votes;
DROP TABLE programme_items;
DROP TABLE programmes;
