-- For a file that says nothing of databases.
CREATE TABLE roads (id INTEGER PRIMARY KEY);
