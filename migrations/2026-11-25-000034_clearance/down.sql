DROP TABLE clearance_people;
DROP TABLE clearances;
DROP TABLE clearance_step_people;
DROP TABLE clearance_steps;
