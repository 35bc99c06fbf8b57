DROP TABLE clarifications;
