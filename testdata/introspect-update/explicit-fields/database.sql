-- Stations whose columns are not those of the configuration.
CREATE TABLE stations (id INTEGER PRIMARY KEY, code VARCHAR(5) NOT NULL, lanes SMALLINT, taken TEXT, secret TEXT, "opened on" DATE);
CREATE TABLE readings (id INTEGER PRIMARY KEY, value REAL NOT NULL, note TEXT);
