-- A GeoPackage whose roads have another reference system now, whose paths are gone and whose lakes are new.
PRAGMA application_id = 0x47504B47;
PRAGMA user_version = 10300;
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL);
INSERT INTO gpkg_spatial_ref_sys VALUES ('ETRS89 / UTM zone 32N', 25832, 'EPSG', 25832, 'undefined'), ('WGS 84', 4326, 'EPSG', 4326, 'undefined');
CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT, description TEXT, srs_id INTEGER);
CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER, z TINYINT, m TINYINT);
CREATE TABLE roads (fid INTEGER PRIMARY KEY, geom MULTILINESTRING, name TEXT);
CREATE TABLE lakes (fid INTEGER PRIMARY KEY, geom POLYGON, name TEXT);
CREATE TABLE trees (fid INTEGER PRIMARY KEY, shape POINT, kind TEXT);
CREATE TABLE districts (fid INTEGER PRIMARY KEY, name TEXT);
INSERT INTO gpkg_contents VALUES
  ('roads', 'features', 'Roads', '', 25832),
  ('lakes', 'features', 'Lakes', '', 25832),
  ('trees', 'features', 'Trees', '', 4326),
  ('districts', 'attributes', 'Districts', '', NULL);
INSERT INTO gpkg_geometry_columns VALUES ('roads', 'geom', 'MULTILINESTRING', 25832, 0, 0), ('lakes', 'geom', 'POLYGON', 25832, 0, 0), ('trees', 'shape', 'POINT', 4326, 0, 0);
