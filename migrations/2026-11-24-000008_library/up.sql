CREATE TABLE library_editions (
    library TEXT PRIMARY KEY NOT NULL,
    edition TEXT NOT NULL
);
INSERT INTO library_editions (library, edition) VALUES ('practices', '');
