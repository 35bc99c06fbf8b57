DROP TABLE library_editions;
