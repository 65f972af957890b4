-- A GeoPackage whose extents are noted down, not yet, or wrongly.
PRAGMA application_id = 0x47504B47;
PRAGMA user_version = 10400;
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL);
INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84', 4326, 'EPSG', 4326, 'undefined');
CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT, description TEXT, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER);
CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER, z TINYINT, m TINYINT);
CREATE TABLE known (id INTEGER PRIMARY KEY, geom POINT);
CREATE TABLE single (id INTEGER PRIMARY KEY, geom POINT);
CREATE TABLE huge (id INTEGER PRIMARY KEY, geom POINT);
CREATE TABLE unknown (id INTEGER PRIMARY KEY, geom POINT);
CREATE TABLE swapped (id INTEGER PRIMARY KEY, geom POINT);
CREATE TABLE endless (id INTEGER PRIMARY KEY, geom POINT);
CREATE TABLE words (id INTEGER PRIMARY KEY, geom POINT);
INSERT INTO gpkg_contents VALUES
  ('known', 'features', 'known', '', 9.123456789012345, -0.1, 10, 52.5, 4326),
  ('single', 'features', 'single', '', -170.94985961914062, 5.0e7, -170.94985961914062, 2.0e8, 4326),
  ('huge', 'features', 'huge', '', -1.0e20, 1.0e-7, 123456789012, 1, 4326),
  ('unknown', 'features', 'unknown', '', NULL, NULL, NULL, NULL, 4326),
  ('swapped', 'features', 'swapped', '', 10, 0, 9, 1, 4326),
  ('endless', 'features', 'endless', '', -9e999, 0, 9, 1, 4326),
  ('words', 'features', 'words', '', 'west', 'south', 'east', 'north', 4326);
INSERT INTO gpkg_geometry_columns SELECT table_name, 'geom', 'POINT', 4326, 0, 0 FROM gpkg_contents;
