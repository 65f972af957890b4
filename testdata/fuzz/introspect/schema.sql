CREATE TABLE t (id INTEGER PRIMARY KEY);
PRAGMA writable_schema = 1;
INSERT INTO sqlite_schema VALUES ('table', 'virtual', 'virtual', 0, 'CREATE VIRTUAL TABLE virtual USING nothing(a)');
INSERT INTO sqlite_schema VALUES ('view', 'cycle', 'cycle', 0, 'CREATE VIEW cycle AS SELECT * FROM cycle');
UPDATE sqlite_schema SET name = x'FF00', tbl_name = x'FF00' WHERE name = 't';
PRAGMA user_version = 7;
