DROP TABLE capacities;
