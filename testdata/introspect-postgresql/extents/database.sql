-- Extents that an index or statistics tell, and those that nothing does. PostGIS is in a schema with an odd name.
CREATE SCHEMA "Geo 1";
CREATE EXTENSION postgis SCHEMA "Geo 1";
SET search_path = public, "Geo 1";
CREATE TABLE indexed (id int PRIMARY KEY, geom geometry(Point, 25832), geog geography(Point));
INSERT INTO indexed SELECT n, ST_SetSRID(ST_MakePoint(n * 10, n), 25832) FROM generate_series(1, 5) n;
CREATE INDEX ON indexed USING gist (geom);
CREATE TABLE analyzed (id int PRIMARY KEY, geom geometry(Point, 4326));
INSERT INTO analyzed SELECT n, ST_SetSRID(ST_MakePoint(n * 8, n * 2), 4326) FROM generate_series(0, 4) n;
ANALYZE analyzed;
CREATE TABLE unknown (id int PRIMARY KEY, geom geometry(Point, 4326));
CREATE TABLE "a ""quoted"" name" (id int PRIMARY KEY, "the ""geom""" geometry(Point, 4326));
CREATE TABLE "With.dots and Capitals" (id int PRIMARY KEY, "The.Geom" geometry(Point, 4326));
INSERT INTO "With.dots and Capitals" VALUES (1, ST_SetSRID(ST_MakePoint(1, 2), 4326));
CREATE INDEX ON "With.dots and Capitals" USING gist ("The.Geom");
CREATE VIEW shown AS SELECT id, geom FROM indexed;
