DROP TABLE hand_papers;
