-- Geometries of every type; a reference system too large for the catalog's column; keys of all kinds.
CREATE TABLE geometries (id bigint PRIMARY KEY, any_kind geometry, place point REF_SYSTEM_ID=4326 NOT NULL,
  line linestring REF_SYSTEM_ID=3857, area polygon, places multipoint, `lines` multilinestring,
  areas multipolygon REF_SYSTEM_ID=25832, mixed geometrycollection REF_SYSTEM_ID=900913, SPATIAL INDEX (place))
  COMMENT 'all kinds, ''quoted''';
CREATE TABLE unique_only (code int NOT NULL, name varchar(10), place point, UNIQUE KEY (code));
CREATE TABLE unique_nullable (code int, place point, UNIQUE KEY (code));
CREATE TABLE unique_prefix (code varchar(50) NOT NULL, place point, UNIQUE KEY (code(10)));
CREATE TABLE pair (a int, b int, place point, PRIMARY KEY (b, a));
CREATE TABLE keyless (place point);
CREATE VIEW v_geometries AS SELECT id, place, ST_Centroid(area) AS centre FROM geometries;
CREATE VIEW v_plain AS SELECT id FROM geometries;
CREATE TABLE `Mixed Case ``tick``` (`Id` int PRIMARY KEY, `the place` point);
CREATE TABLE `a-b` (id int PRIMARY KEY);
CREATE TABLE a_b (id int PRIMARY KEY);
CREATE TABLE parted (id int PRIMARY KEY, x int) PARTITION BY HASH (id) PARTITIONS 4;
CREATE TABLE versioned (id int PRIMARY KEY, x int) WITH SYSTEM VERSIONING;
CREATE SEQUENCE numbers;
