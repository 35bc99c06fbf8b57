DROP TABLE review_remarks;
DROP TABLE review_assignments;
