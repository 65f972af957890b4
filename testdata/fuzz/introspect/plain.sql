-- Keys of every kind.
CREATE TABLE stations (id INTEGER PRIMARY KEY, code VARCHAR(5) NOT NULL UNIQUE, reading DECIMAL(6, 2), taken DATETIME, position POINT);
CREATE TABLE readings (station INT NOT NULL, at DATETIME NOT NULL, value REAL, PRIMARY KEY (station, at));
CREATE TABLE tags (name TEXT NOT NULL UNIQUE, note JSON);
CREATE TABLE log (line TEXT);
CREATE TABLE weights (w DOUBLE PRIMARY KEY, id INT NOT NULL UNIQUE);
CREATE VIEW latest AS SELECT id, code FROM stations;
