-- Every type, each column by name.
CREATE EXTENSION postgis;
CREATE EXTENSION hstore;
CREATE EXTENSION citext;
CREATE TYPE mood AS ENUM ('sad', 'o''k', 'hap"py');
CREATE DOMAIN positive AS integer NOT NULL CHECK (VALUE > 0);
CREATE DOMAIN very_positive AS positive;
CREATE TYPE pair AS (a int, b text);
CREATE TABLE types (id uuid PRIMARY KEY, i2 smallint, i4 int, i8 bigint, f4 real, f8 double precision, n numeric,
  n2 numeric(10, 2), mo money, b bool, t text, v varchar(5), c char(3), ch "char", nm name, ci citext, ts timestamp,
  tz timestamptz(3), d date, ti time, ttz timetz, iv interval, j json, jb jsonb, by bytea, ip inet, cd cidr,
  mac macaddr, x xml, bi bit(3), vb varbit, r int4range, mr int4multirange, ar int[], ar2 text[][], e mood, ea mood[],
  dp positive, dp2 very_positive, co pair, h hstore, tsv tsvector, o oid, rc regclass, pt point, pg polygon,
  ga geometry[], geom geometry(PointZ, 4326), twice int GENERATED ALWAYS AS (i4 * 2) STORED,
  n_id int GENERATED ALWAYS AS IDENTITY, "odd name" text);
COMMENT ON TABLE types IS 'All of them';
COMMENT ON COLUMN types.t IS E'tab\there';
