DROP TABLE positions;
DROP TABLE decision_votes;
DROP TABLE amendments;
DROP TABLE objections;
DROP TABLE decision_grades;
DROP TABLE decision_acts;
DROP TABLE decision_texts;
DROP TABLE decisions;
