-- PostGIS out of the search path, and what is rare.
CREATE SCHEMA gis;
CREATE EXTENSION postgis SCHEMA gis;
CREATE DOMAIN place AS gis.geometry(Point, 4326);

-- Keys: of several columns, unique ones, none that holds for all rows.
CREATE TABLE pair (z int, a int, name text, geom gis.geometry(Point, 4326), PRIMARY KEY (z, a));
CREATE TABLE unique_only (code text NOT NULL UNIQUE, geom gis.geometry(Polygon, 3857));
CREATE TABLE unique_nullable (code text UNIQUE, geom gis.geometry(Polygon, 3857));
CREATE TABLE unique_partly (code int NOT NULL, geom gis.geometry(Polygon, 3857));
CREATE UNIQUE INDEX ON unique_partly (code) WHERE code > 0;
CREATE TABLE unique_computed (code text NOT NULL, geom gis.geometry(Point, 4326));
CREATE UNIQUE INDEX ON unique_computed (lower(code));
CREATE TABLE numbered (n bigint GENERATED ALWAYS AS IDENTITY, geom gis.geometry(Point, 4326));

-- Geometries: several of a table, domains, old constraints, other ordinates, none that is known.
CREATE TABLE geometries (id int PRIMARY KEY, centroid gis.geometry(Point, 4326), geom gis.geometry(MultiPolygon, 25832),
  d place, zm gis.geometry(PointZM, 3857), m gis.geometry(MultiPolygonM, 25832), any_kind gis.geometry,
  on_globe gis.geography, line gis.geography(LineStringZ, 4326), curve gis.geometry(CurvePolygon, 4326));
CREATE INDEX ON geometries USING gist (geom);
CREATE INDEX ON geometries USING spgist (centroid);
CREATE INDEX ON geometries USING brin (d);
CREATE INDEX ON geometries USING gist (zm) WHERE id > 5;
CREATE INDEX ON geometries USING gist (gis.st_transform(curve, 3857));
CREATE TABLE constrained (gid serial PRIMARY KEY, the_geom gis.geometry,
  CHECK (gis.st_srid(the_geom) = 2154), CHECK (gis.st_ndims(the_geom) = 2),
  CHECK (gis.geometrytype(the_geom) = 'MULTIPOLYGON'::text OR the_geom IS NULL));

-- Relations of other kinds.
CREATE TABLE parted (id bigint, region text, geom gis.geometry(Point, 4326), PRIMARY KEY (id, region))
  PARTITION BY LIST (region);
CREATE TABLE parted_n PARTITION OF parted FOR VALUES IN ('n');
CREATE TABLE old (id int PRIMARY KEY, geom gis.geometry(Point, 4326));
CREATE TABLE young (extra text) INHERITS (old);
INSERT INTO old SELECT i, gis.st_setsrid(gis.st_makepoint(i, i), 4326) FROM generate_series(1, 1234) i;
CREATE VIEW v_pair AS SELECT z, a, name, geom FROM pair;
CREATE VIEW v_buffer AS SELECT id, gis.st_buffer(geom, 1) AS geom FROM old;
CREATE VIEW v_cast AS SELECT id, gis.st_buffer(geom, 1)::gis.geometry(Polygon, 4326) AS geom FROM old;
CREATE VIEW v_renamed AS SELECT id AS fid, geom AS shape FROM old;
CREATE VIEW v_again AS SELECT * FROM v_renamed;
CREATE VIEW v_joined AS SELECT o.id AS o_id, g.id AS g_id, o.geom FROM old o JOIN geometries g USING (id);
CREATE VIEW v_summed AS SELECT count(*) AS n, gis.st_union(geom) AS geom FROM old;
CREATE VIEW v_plain AS SELECT id FROM old;
CREATE MATERIALIZED VIEW stored AS SELECT id, geom FROM old WITH NO DATA;
CREATE UNIQUE INDEX ON stored (id);
CREATE INDEX ON stored USING gist (geom);
CREATE EXTENSION file_fdw;
CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
CREATE FOREIGN TABLE far (id int, geom gis.geometry(Point, 4326)) SERVER files OPTIONS (filename '/nowhere.csv');
CREATE TABLE guarded (id int PRIMARY KEY);
ALTER TABLE guarded ENABLE ROW LEVEL SECURITY;

-- Names.
CREATE TABLE "Mixed ""Case"" Täble" ("Id" int PRIMARY KEY, "Geo m" gis.geometry(Point, 4326), "select" text, "${x}" text);
CREATE TABLE "12 things" (id int PRIMARY KEY);
CREATE TABLE "a-b" (id int PRIMARY KEY);
CREATE TABLE "a b" (id int PRIMARY KEY);
CREATE TABLE a_b (id int PRIMARY KEY);
CREATE TABLE "line
break.dot" (id int PRIMARY KEY);
CREATE SCHEMA other;
CREATE TABLE other.pair (id int PRIMARY KEY, geom gis.geometry(Point, 4326));
COMMENT ON TABLE other.pair IS E'two\nlines, "quoted" ${not_interpolated} %{nor_this} \\ back';

-- Without columns, and of columns that are gone.
CREATE TABLE no_columns ();
CREATE TABLE less (id int PRIMARY KEY, gone text, kept text);
ALTER TABLE less DROP COLUMN gone;
ANALYZE old;
