// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

// Internal to the module: the statements that read a whole catalog in one round trip, whatever its size. They
// name pg_catalog throughout and take it for the search path, so that nothing of the user's stands in for it.
// information_schema is not asked: it hides materialized views, and what others own.
namespace honua::catalog::postgresql {

// JIT compilation would take longer than all the rest, and parallel workers as long as they spare. The
// milliseconds of a statement follow.
inline constexpr std::string_view session = R"sql(
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SET LOCAL search_path = pg_catalog;
SET LOCAL jit = off;
SET LOCAL max_parallel_workers_per_gather = 0;
SET LOCAL lock_timeout = 2000;
SET LOCAL statement_timeout = )sql";

// In the order of `Statement`: nothing refers to what comes later, so that each answer can be used while the
// server works on the next. What many columns share is said once, and joined here rather than there: a server
// that sorts, joins and formats for each column takes half as long again. PostGIS is not asked to write its
// modifiers: to load it takes the server as long as a thousand tables. What belongs to an extension is found
// by the index that begins with `refclassid`, not among all that depends on anything. `OFFSET 0` has
// privileges asked for once a relation, and its columns looked up rather than read with all others.
inline constexpr std::string_view catalog = R"sql(;
SELECT current_database(), current_setting('server_version'),
  (SELECT e.extversion FROM pg_extension e WHERE e.extname = 'postgis'),
  pg_is_in_recovery(),
  (SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
   WHERE e.extname = 'postgis');

SELECT enumtypid, enumlabel FROM pg_enum ORDER BY enumtypid, enumsortorder;

WITH RECURSIVE dom(oid, basetype, typmod, is_nn) AS (
  SELECT oid, typbasetype, typtypmod, typnotnull FROM pg_type WHERE typtype = 'd'
UNION ALL
  SELECT d.oid, t.typbasetype, CASE WHEN d.typmod >= 0 THEN d.typmod ELSE t.typtypmod END, d.is_nn OR t.typnotnull
  FROM dom d JOIN pg_type t ON t.oid = d.basetype WHERE t.typtype = 'd'
), base AS (
  SELECT d.* FROM dom d JOIN pg_type t ON t.oid = d.basetype WHERE t.typtype <> 'd'
), spatial AS (
  SELECT t.oid FROM pg_type t
  JOIN pg_depend x ON x.classid = 'pg_type'::regclass AND x.objid = t.oid AND x.deptype = 'e'
  JOIN pg_extension e ON e.oid = x.refobjid AND e.extname = 'postgis'
  WHERE t.typname IN ('geometry', 'geography')
), used AS (
  SELECT DISTINCT atttypid, atttypmod FROM pg_attribute WHERE attnum > 0 AND NOT attisdropped
)
SELECT u.atttypid, u.atttypmod, format_type(u.atttypid, CASE WHEN s.oid IS NULL THEN u.atttypmod ELSE -1 END),
  bt.typname, bt.typtype,
  bt.typelem <> 0 AND bt.typlen = -1 AND bt.typcategory = 'A',
  CASE WHEN b.oid IS NULL OR u.atttypmod >= 0 THEN u.atttypmod ELSE b.typmod END,
  coalesce(b.is_nn, false), s.oid IS NOT NULL, bt.oid
FROM used u
LEFT JOIN base b ON b.oid = u.atttypid
JOIN pg_type bt ON bt.oid = coalesce(b.basetype, u.atttypid)
LEFT JOIN spatial s ON s.oid = bt.oid;

SELECT c.oid, n.nspname, c.relname, c.relkind, c.relispartition, i.inhparent, c.reltuples::bigint,
  c.relrowsecurity, c.relispopulated, has_schema_privilege(n.oid, 'USAGE'), has_table_privilege(c.oid, 'SELECT'),
  CASE WHEN has_table_privilege(c.oid, 'SELECT') THEN true ELSE has_any_column_privilege(c.oid, 'SELECT') END,
  x.objid IS NOT NULL OR xn.objid IS NOT NULL, has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE')
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_inherits i ON i.inhrelid = c.oid AND i.inhseqno = 1
LEFT JOIN pg_depend x ON x.classid = 'pg_class'::regclass AND x.objid = c.oid AND x.objsubid = 0
  AND x.refclassid = 'pg_extension'::regclass AND x.deptype = 'e'
LEFT JOIN pg_depend xn ON xn.classid = 'pg_namespace'::regclass AND xn.objid = n.oid
  AND xn.refclassid = 'pg_extension'::regclass AND xn.deptype = 'e'
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_';

SELECT a.attrelid, a.attnum, a.attname, a.atttypid, a.atttypmod, a.attnotnull, a.attidentity, a.attgenerated
FROM (
  SELECT c.oid, has_table_privilege(c.oid, 'SELECT') AS can_select
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
  OFFSET 0
) c
CROSS JOIN LATERAL (
  SELECT * FROM pg_attribute a
  WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    AND (c.can_select OR has_column_privilege(c.oid, a.attnum, 'SELECT'))
  OFFSET 0
) a;

SELECT objoid, objsubid, description FROM pg_description WHERE classoid = 'pg_class'::regclass;

SELECT k.conrelid, k.conkey[1], pg_get_constraintdef(k.oid)
FROM pg_constraint k
JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
JOIN pg_type t ON t.oid = a.atttypid AND t.typname = 'geometry'
WHERE k.contype = 'c' AND array_length(k.conkey, 1) = 1 AND a.atttypmod < 0;

SELECT x.indrelid, x.indisprimary, x.indisunique AND x.indimmediate, x.indisvalid AND x.indisready,
  x.indpred IS NOT NULL, x.indexprs IS NOT NULL, x.indnkeyatts, x.indkey::text,
  am.amname IN ('gist', 'spgist', 'brin')
FROM pg_index x
JOIN pg_class ic ON ic.oid = x.indexrelid
JOIN pg_am am ON am.oid = ic.relam
JOIN pg_namespace n ON n.oid = ic.relnamespace
WHERE (x.indisunique OR am.amname IN ('gist', 'spgist', 'brin'))
  AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
ORDER BY x.indrelid, x.indexrelid;

SELECT r.ev_class, r.ev_action
FROM pg_rewrite r
JOIN pg_class c ON c.oid = r.ev_class AND c.relkind IN ('v', 'm')
JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
LEFT JOIN pg_depend x ON x.classid = 'pg_class'::regclass AND x.objid = c.oid AND x.objsubid = 0
  AND x.refclassid = 'pg_extension'::regclass AND x.deptype = 'e'
WHERE r.rulename = '_RETURN' AND x.objid IS NULL;

COMMIT)sql";

// A round trip of its own, for those who ask: the boxes that PostGIS takes from statistics and indexes. The
// name of its schema comes between the two. A `"` in a name is more than it can take, and would end the
// statement.
inline constexpr std::string_view extents_before = R"sql(;
SELECT c.oid, a.attnum, CAST((SELECT box FROM )sql";
inline constexpr std::string_view extents_after =
    R"sql(.ST_EstimatedExtent(CAST(n.nspname AS text), CAST(c.relname AS text), CAST(a.attname AS text)) box) AS text)
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type t ON t.oid = a.atttypid AND t.typname = 'geometry'
WHERE c.relkind IN ('r', 'p', 'm', 'f') AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
  AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
  AND concat(n.nspname, c.relname, a.attname) !~ '"';
COMMIT)sql";

enum Statement : unsigned char {
  about,
  enumerations,
  types,
  relations,
  columns,
  comments,
  checks,
  indexes,
  rules,
  statements
};

// The columns that each gives.
namespace about_column {
enum : int { database, version, postgis, in_recovery, postgis_schema };
}
// A type as columns have it, with their modifier; what it comes to where it is a domain.
namespace type_column {
enum : int {
  oid,
  declared_modifier,
  declared,
  name,
  kind,
  is_array,
  modifier,
  not_null,
  is_spatial,
  base_oid,
};
}
namespace relation_column {
enum : int {
  oid,
  schema,
  name,
  kind,
  is_partition,
  parent,
  rows,
  row_security,
  is_populated,
  schema_usage,
  can_select,
  can_select_any,
  from_extension,
  can_write,
};
}
namespace column_column {
enum : int { relation, number, name, type, modifier, not_null, identity, generated };
}
namespace comment_column {
enum : int { relation, number, text };
}
namespace index_column {
enum : int {
  relation,
  is_primary,
  is_unique,
  is_usable,
  is_partial,
  has_expression,
  key_length,
  key,
  is_spatial
};
}

}  // namespace honua::catalog::postgresql
