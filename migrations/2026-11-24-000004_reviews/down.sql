DROP TABLE recusals;
DROP TABLE scores;
DROP TABLE reviews;
