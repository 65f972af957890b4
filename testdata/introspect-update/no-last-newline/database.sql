-- For a file whose last line has no end.
CREATE TABLE roads (id INTEGER PRIMARY KEY);
CREATE TABLE lakes (id INTEGER PRIMARY KEY);
CREATE TABLE trees (id INTEGER PRIMARY KEY);
