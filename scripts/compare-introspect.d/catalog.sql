-- SPDX-License-Identifier: MIT
-- What `honua introspect` asks a catalog for, as one statement: a row of JSON for each relation. Written to be fast, not
-- to be compared with easily: arrays without names, no compilation, everything aggregated once.
SET jit = off;
WITH RECURSIVE layered AS (
  SELECT oid AS type, typbasetype AS under, typtypmod AS modifier, typnotnull AS required
  FROM pg_catalog.pg_type WHERE typtype = 'd'
  UNION ALL
  SELECT l.type, t.typbasetype, CASE WHEN l.modifier < 0 THEN t.typtypmod ELSE l.modifier END, l.required OR t.typnotnull
  FROM layered l JOIN pg_catalog.pg_type t ON t.oid = l.under AND t.typtype = 'd'
), domains AS (
  SELECT l.* FROM layered l JOIN pg_catalog.pg_type t ON t.oid = l.under AND t.typtype <> 'd'
), comments AS (
  SELECT objoid, objsubid, description FROM pg_catalog.pg_description
  WHERE classoid = 'pg_catalog.pg_class'::pg_catalog.regclass
), shown AS (
  SELECT c.oid, n.oid AS schema, n.nspname, c.relname, c.relkind, c.relispartition, c.reltuples, c.relrowsecurity
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = ANY ('{r,p,v,m,f}') AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\_%'
), columns_of AS (
  SELECT s.oid, json_agg(json_build_array(a.attnum, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod),
      b.typname, b.typtype,
      CASE WHEN a.atttypmod < 0 AND d.type IS NOT NULL THEN d.modifier ELSE a.atttypmod END,
      a.attnotnull OR coalesce(d.required, false), a.attidentity, a.attgenerated, a.atthasdef, t.description)
      ORDER BY a.attnum) AS found
  FROM shown s
  JOIN pg_catalog.pg_attribute a ON a.attrelid = s.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN domains d ON d.type = a.atttypid
  JOIN pg_catalog.pg_type b ON b.oid = coalesce(d.under, a.atttypid)
  LEFT JOIN comments t ON t.objoid = a.attrelid AND t.objsubid = a.attnum
  GROUP BY s.oid
), indexes_of AS (
  SELECT x.indrelid AS oid, json_agg(json_build_array(x.indisprimary, x.indisunique, x.indisvalid, x.indpred IS NOT NULL,
      x.indexprs IS NOT NULL, x.indnkeyatts, x.indkey::text, m.amname)) AS found
  FROM pg_catalog.pg_index x
  JOIN pg_catalog.pg_class c ON c.oid = x.indexrelid
  JOIN pg_catalog.pg_am m ON m.oid = c.relam
  WHERE x.indisunique OR m.amname = ANY ('{gist,spgist,brin}')
  GROUP BY x.indrelid
)
SELECT json_build_array(s.nspname, s.relname, s.relkind, s.relispartition, s.reltuples::bigint, s.relrowsecurity,
  pg_catalog.has_schema_privilege(s.schema, 'USAGE') AND pg_catalog.has_table_privilege(s.oid, 'SELECT'),
  EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
    AND e.objid = s.oid AND e.objsubid = 0 AND e.deptype = 'e'),
  h.inhparent, t.description, k.found, x.found)
FROM shown s
LEFT JOIN columns_of k ON k.oid = s.oid
LEFT JOIN indexes_of x ON x.oid = s.oid
LEFT JOIN comments t ON t.objoid = s.oid AND t.objsubid = 0
LEFT JOIN pg_catalog.pg_inherits h ON h.inhrelid = s.oid AND h.inhseqno = 1
ORDER BY s.nspname, s.relname;
