-- What the configuration says in other words.
CREATE TABLE roads (id INTEGER PRIMARY KEY, name TEXT, built TEXT);
CREATE VIEW names AS SELECT id, name FROM roads;
