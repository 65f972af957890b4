-- A GeoPackage 1.3 with tables, a view, attributes, tiles and a table that nobody registered.
PRAGMA application_id = 0x47504B47;
PRAGMA user_version = 10300;
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL);
INSERT INTO gpkg_spatial_ref_sys VALUES ('ETRS89 / UTM zone 32N', 25832, 'EPSG', 25832, 'undefined'), ('Undefined cartesian', -1, 'NONE', -1, 'undefined');
CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT, description TEXT, srs_id INTEGER);
CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER, z TINYINT, m TINYINT);
CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT, definition TEXT, scope TEXT);
CREATE TABLE gpkg_ogr_contents (table_name TEXT PRIMARY KEY, feature_count INTEGER);
CREATE TABLE roads (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom MULTILINESTRING, name TEXT, lanes SMALLINT NOT NULL, width FLOAT, built DATE);
CREATE TABLE land_use (fid INTEGER PRIMARY KEY, geom CURVEPOLYGON, kind TEXT(20) NOT NULL);
CREATE TABLE districts (fid INTEGER PRIMARY KEY, name TEXT, population INTEGER);
CREATE VIEW wide_roads AS SELECT fid, geom, name FROM roads WHERE width > 10;
CREATE TABLE orthophoto (id INTEGER PRIMARY KEY, tile BLOB);
CREATE TABLE scratch (id INTEGER PRIMARY KEY);
INSERT INTO gpkg_contents VALUES
  ('roads', 'features', 'Roads of the city', 'kept by the office for "streets"', 25832),
  ('land_use', 'features', 'land_use', '', -1),
  ('districts', 'attributes', 'districts', '', NULL),
  ('wide_roads', 'features', 'Wide roads', NULL, 25832),
  ('orthophoto', 'tiles', 'Photo', NULL, 25832);
INSERT INTO gpkg_geometry_columns VALUES ('roads', 'geom', 'MULTILINESTRING', 25832, 1, 0), ('land_use', 'geom', 'CURVEPOLYGON', -1, 0, 0), ('wide_roads', 'geom', 'MULTILINESTRING', 25832, 1, 0);
INSERT INTO gpkg_extensions VALUES ('roads', 'geom', 'gpkg_rtree_index', '', 'write-only');
INSERT INTO gpkg_ogr_contents VALUES ('roads', 12345), ('districts', 1);
