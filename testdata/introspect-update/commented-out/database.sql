-- Tables without keys, of which one is new.
CREATE TABLE log (line TEXT);
CREATE TABLE notes (line TEXT);
CREATE TABLE tags (id INTEGER PRIMARY KEY);
CREATE TABLE unwanted (id INTEGER PRIMARY KEY);
