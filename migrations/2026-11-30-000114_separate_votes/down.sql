DROP TABLE decision_part_votes;
DROP TABLE decision_parts;
