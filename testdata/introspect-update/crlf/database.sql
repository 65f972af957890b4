-- For a file whose lines end as Windows has it.
CREATE TABLE roads (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE lakes (id INTEGER PRIMARY KEY);
