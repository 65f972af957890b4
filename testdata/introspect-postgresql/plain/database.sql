-- Without PostGIS.
CREATE TABLE roads (id bigint PRIMARY KEY, name text NOT NULL, lanes int);
CREATE VIEW wide_roads AS SELECT * FROM roads WHERE lanes > 2;
CREATE TABLE log (at timestamptz);
