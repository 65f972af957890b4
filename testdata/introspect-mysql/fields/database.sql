-- Every type, each column by name.
CREATE TABLE types (id int unsigned AUTO_INCREMENT PRIMARY KEY COMMENT 'number of the row', b1 tinyint(1), bo boolean,
  t8 tinyint, t8u tinyint unsigned, s16 smallint, m24 mediumint, i32 int, i32u int unsigned, i64 bigint,
  i64u bigint unsigned, bit1 bit(1), bit8 bit(8), f float, d double, de decimal(12, 3), y year, da date,
  dt datetime(6), ts timestamp NULL, ti time, c char(3), v varchar(50) COMMENT 'it''s "quoted"', tx text,
  ltx longtext, bi binary(16), vb varbinary(20), bl blob, j json, e enum('a', 'b''c'), s set('x', 'y'), u uuid,
  ip inet6, hidden int INVISIBLE, twice int AS (i32 * 2) VIRTUAL, thrice int AS (i32 * 3) PERSISTENT, place point);
