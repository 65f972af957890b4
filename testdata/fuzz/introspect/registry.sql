CREATE TABLE gpkg_spatial_ref_sys (srs_id, organization, organization_coordsys_id);
INSERT INTO gpkg_spatial_ref_sys VALUES (1, 'EPSG', 4326), (2, x'45', 1e99), (NULL, NULL, NULL), (9223372036854775807, 'epsg', 99999999999);
CREATE TABLE gpkg_contents (table_name, data_type, identifier, description);
INSERT INTO gpkg_contents VALUES ('t', 'features', x'FF', 'two
lines'), (NULL, 'features', 1, 2), ('u', x'00', NULL, NULL), ('v', 'attributes', '${x}', '%{y}');
CREATE TABLE gpkg_geometry_columns (table_name, column_name, geometry_type_name, srs_id, z, m);
INSERT INTO gpkg_geometry_columns VALUES ('t', 'g', 'POINT', 1, 'a', x'01'), ('t', 'h', 'nothing', 4, 2, 9), ('v', 'g', 'SURFACE', 9223372036854775807, NULL, 1);
CREATE TABLE gpkg_extensions (table_name, column_name, extension_name, scope);
INSERT INTO gpkg_extensions VALUES ('t', 'g', 'gpkg_rtree_index', 'x'), ('t', NULL, 'my${own}', NULL);
CREATE TABLE gpkg_ogr_contents (table_name, feature_count);
INSERT INTO gpkg_ogr_contents VALUES ('t', 9223372036854775807), ('v', 'many');
CREATE TABLE gpkg_data_columns (table_name, column_name, title, description, mime_type, constraint_name);
INSERT INTO gpkg_data_columns VALUES ('t', 'n', 'title', 'line
line', 'application/json', 'e'), ('t', 'm', x'FF', NULL, 1, 'e');
CREATE TABLE gpkg_data_column_constraints (constraint_name, constraint_type, value);
INSERT INTO gpkg_data_column_constraints VALUES ('e', 'enum', 'a
b'), ('e', 'enum', x'FF');
CREATE TABLE t (id INTEGER PRIMARY KEY, g POINT, h BLOB, n TEXT, m TEXT);
CREATE VIEW v AS SELECT id AS fid, g FROM t;
