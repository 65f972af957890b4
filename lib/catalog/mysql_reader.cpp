// SPDX-License-Identifier: MIT
#include "catalog/mysql_reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>
#include <utility>

#include "catalog/extents.h"
#include "catalog/mysql_types.h"
#include "catalog/mysql_view_key.h"
#include "catalog/view_keys.h"
#include "catalog/writable.h"
#include "text/sanitize.h"
#include "text/unicode.h"
#include "text/words.h"

namespace honua::catalog {

namespace {

constexpr auto mysql_own_schemas =
    std::to_array<std::string_view>({"information_schema", "mysql", "performance_schema", "sys"});

// Engines whose rows another server or a file has.
constexpr auto mysql_foreign_engines = std::to_array<std::string_view>({"CONNECT", "FEDERATED", "SPIDER"});

// MariaDB's catalog keeps 16 bits of an SRID, and this of those that do not fit.
constexpr std::int32_t mariadb_srid_limit = 32767;

// Columns are taken by their place: MySQL 8 writes their names in capitals whatever is asked for.
constexpr const char* mysql_facts_statement = "SELECT VERSION(), @@version_comment, DATABASE()";
constexpr const char* mysql_tables_statement =
    "SELECT TABLE_NAME, TABLE_TYPE, ENGINE, TABLE_ROWS, CREATE_OPTIONS, TABLE_COMMENT "
    "FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()";
constexpr const char* mysql_columns_statement =
    "SELECT TABLE_NAME, COLUMN_NAME, DATA_TYPE, COLUMN_TYPE, IS_NULLABLE, EXTRA, COLUMN_COMMENT, PRIVILEGES "
    "FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() ORDER BY TABLE_NAME, ORDINAL_POSITION";
constexpr const char* mysql_indexes_statement =
    "SELECT TABLE_NAME, INDEX_NAME, NON_UNIQUE, COLUMN_NAME, SUB_PART, INDEX_TYPE "
    "FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE() "
    "ORDER BY TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX";
constexpr const char* mysql_views_statement =
    "SELECT TABLE_NAME, VIEW_DEFINITION FROM information_schema.VIEWS WHERE TABLE_SCHEMA = DATABASE()";
constexpr const char* mysql_geometries_statement =
    "SELECT g.TABLE_NAME, g.COLUMN_NAME, g.SRS_ID, s.ORGANIZATION, s.ORGANIZATION_COORDSYS_ID "
    "FROM information_schema.ST_GEOMETRY_COLUMNS g "
    "LEFT JOIN information_schema.ST_SPATIAL_REFERENCE_SYSTEMS s ON s.SRS_ID = g.SRS_ID "
    "WHERE g.TABLE_SCHEMA = DATABASE()";
// F_GEOMETRY_COLUMN, whose name promises it, is empty.
constexpr const char* mariadb_geometries_statement =
    "SELECT G_TABLE_NAME, G_GEOMETRY_COLUMN, SRID FROM information_schema.GEOMETRY_COLUMNS "
    "WHERE G_TABLE_SCHEMA = DATABASE()";
constexpr const char* mariadb_checks_statement =
    "SELECT TABLE_NAME, CHECK_CLAUSE FROM information_schema.CHECK_CONSTRAINTS "
    "WHERE CONSTRAINT_SCHEMA = DATABASE() AND CHECK_CLAUSE LIKE 'json\\_valid(%'";
constexpr const char* mysql_nothing_statement = "SELECT NULL FROM DUAL WHERE FALSE";

// What the server is, as it says.
struct MysqlServer {
  bool is_mariadb = false;
  std::array<int, 3> version{};
  std::string version_text;  // "10.11.19"
};

std::string mysql_text(const MysqlRow& row, std::size_t at) { return row.at(at).value_or(""); }

template <class Number>
std::optional<Number> mysql_number(const MysqlValue& value) {
  Number number = 0;
  if (!value) return std::nullopt;
  const auto [stop, trouble] = std::from_chars(value->data(), value->data() + value->size(), number);
  return trouble == std::errc() ? std::optional(number) : std::nullopt;
}

bool mysql_contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool mysql_has_word(std::string_view list, std::string_view word) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find_first_of(", "), list.size());
    if (list.substr(0, end) == word) return true;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

MysqlServer read_mysql_server(const std::string& version, const std::string& comment) {
  MysqlServer server;
  server.is_mariadb = mysql_contains(version, "MariaDB") || mysql_contains(comment, "MariaDB") ||
                      mysql_contains(comment, "mariadb");
  std::string_view rest = version;
  // Of a server that says so for old clients' sake.
  if (rest.starts_with("5.5.5-10.") || rest.starts_with("5.5.5-11.")) rest.remove_prefix(6);
  rest = rest.substr(0, rest.find_first_not_of("0123456789."));
  while (rest.ends_with('.')) rest.remove_suffix(1);
  server.version_text = rest;
  for (int& part : server.version) {
    const std::size_t end = std::min(rest.find('.'), rest.size());
    part = mysql_number<int>(std::string(rest.substr(0, end))).value_or(0);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return server;
}

std::string mysql_time_limit(const MysqlServer& server, std::chrono::milliseconds timeout) {
  const auto limit = std::clamp(timeout, std::chrono::milliseconds(1), longest_timeout).count();
  if (!server.is_mariadb) return "SET SESSION max_execution_time = " + std::to_string(limit);
  std::string fraction = std::to_string(limit % 1000);
  fraction.insert(0, 3 - fraction.size(), '0');
  return "SET SESSION max_statement_time = " + std::to_string(limit / 1000) + "." + fraction;
}

// "json_valid(`a``b`)": the column a`b; nothing for another check.
std::optional<std::string> mariadb_json_column(std::string_view clause) {
  constexpr std::string_view opening = "json_valid(`";
  constexpr std::string_view closing = "`)";
  if (!clause.starts_with(opening) || !clause.ends_with(closing) ||
      clause.size() < opening.size() + closing.size())
    return std::nullopt;
  clause = clause.substr(opening.size(), clause.size() - opening.size() - closing.size());
  std::string name;
  for (std::size_t at = 0; at < clause.size(); ++at) {
    name += clause[at];
    if (clause[at] != '`') continue;
    if (++at == clause.size() || clause[at] != '`') return std::nullopt;
  }
  return name;
}

bool is_mysql_own_schema(std::string_view name) {
  return std::ranges::find(mysql_own_schemas, text::ascii_lower(name)) != mysql_own_schemas.end();
}

struct MysqlSrid {
  std::optional<std::int32_t> epsg;
  bool is_none_of_epsg = false;
};

struct MysqlIndex {
  bool is_unique = false;
  bool is_whole = true;  // neither of expressions nor of beginnings of texts
  bool is_spatial = false;
  std::vector<std::string> columns;
};

class MysqlReader {
 public:
  MysqlReader(MysqlQueries& queries, const ReadOptions& options) : queries_(queries), options_(options) {
    made_.engine = Engine::mysql;
  }

  Result<Catalog> read() {
    const auto begun =
        queries_.run({"SET SESSION TRANSACTION READ ONLY", "START TRANSACTION", mysql_facts_statement});
    if (!begun) return fail(begun.error().message);
    if (std::string trouble = take_facts(begun->at(2)); !trouble.empty()) return fail(std::move(trouble));
    const auto answers = queries_.run(statements());
    if (!answers) return fail(answers.error().message);
    take_json_columns(answers->at(1));
    take_srids(answers->at(2));
    for (const MysqlRow& row : answers->at(3)) take_table(row);
    for (const MysqlRow& row : answers->at(4)) take_column(row);
    for (const MysqlRow& row : answers->at(5)) take_index(row);
    for (const MysqlRow& row : answers->at(6)) take_view(row);
    return finish();
  }

 private:
  using MysqlColumnName = std::pair<std::string, std::string>;  // relation, column

  std::string take_facts(const MysqlRows& rows) {
    if (rows.empty()) return "the server does not say what it is";
    const MysqlRow& row = rows.front();
    server_ = read_mysql_server(mysql_text(row, 0), mysql_text(row, 1));
    made_.product = (server_.is_mariadb ? "MariaDB " : "MySQL ") + server_.version_text;
    made_.database = mysql_text(row, 2);
    if (made_.database.empty()) return "the connection names no database";
    if (is_mysql_own_schema(made_.database) && !options_.with_system)
      return "the database " + text::quoted(made_.database) + " is the server's own";
    return "";
  }

  [[nodiscard]] std::vector<std::string> statements() const {
    const bool has_checks = server_.is_mariadb && server_.version >= std::array{10, 3, 10};
    const char* geometries = server_.is_mariadb                       ? mariadb_geometries_statement
                             : server_.version >= std::array{8, 0, 0} ? mysql_geometries_statement
                                                                      : mysql_nothing_statement;
    return {mysql_time_limit(server_, options_.timeout),
            has_checks ? mariadb_checks_statement : mysql_nothing_statement,
            geometries,
            mysql_tables_statement,
            mysql_columns_statement,
            mysql_indexes_statement,
            mysql_views_statement};
  }

  // MariaDB's JSON is a text with a check.
  void take_json_columns(const MysqlRows& rows) {
    for (const MysqlRow& row : rows) {
      if (auto column = mariadb_json_column(mysql_text(row, 1)))
        json_columns_.emplace(mysql_text(row, 0), *std::move(column));
    }
  }

  void take_srids(const MysqlRows& rows) {
    for (const MysqlRow& row : rows) {
      const auto srid = mysql_number<std::int64_t>(row.at(2));
      // What MariaDB has where nothing was said.
      if (!srid || (server_.is_mariadb && *srid <= 0)) continue;
      MysqlSrid& known = srids_[{mysql_text(row, 0), mysql_text(row, 1)}];
      if (!server_.is_mariadb) {
        if (mysql_text(row, 3) == "EPSG") known.epsg = mysql_number<std::int32_t>(row.at(4));
      } else if (*srid < mariadb_srid_limit) {
        known.epsg = mysql_number<std::int32_t>(row.at(2));
      }
      known.is_none_of_epsg = *srid != 0 && !known.epsg;
    }
  }

  void leave_out(const std::string& name, std::string reason) {
    made_.left_out.push_back({made_.database, name, std::move(reason)});
  }

  void take_table(const MysqlRow& row) {
    const std::string name = mysql_text(row, 0);
    const std::string type = mysql_text(row, 1);
    const std::string comment = mysql_text(row, 5);
    Relation relation;
    relation.schema = made_.database;
    relation.name = name;
    if (type == "SEQUENCE") {
      leave_out(name, "it is a sequence");
      return;
    }
    if (type.ends_with("VIEW")) {
      relation.kind = RelationKind::view;
      // The server's own word, or what is wrong with it.
      if (type == "VIEW" && comment != "VIEW" && !comment.empty()) {
        leave_out(name, "it cannot be read: " + text::printable(comment));
        return;
      }
    } else {
      relation.kind = kind_of(row);
      relation.comment = comment;
      relation.row_estimate = mysql_number<std::uint64_t>(row.at(3));
    }
    if (type == "SYSTEM VERSIONED")
      relation.notes.emplace_back("it is system-versioned: only the rows of now are read");
    relations_.emplace(name, std::move(relation));
  }

  [[nodiscard]] static RelationKind kind_of(const MysqlRow& row) {
    if (std::ranges::find(mysql_foreign_engines, mysql_text(row, 2)) != mysql_foreign_engines.end())
      return RelationKind::foreign_table;
    return mysql_has_word(mysql_text(row, 4), "partitioned") ? RelationKind::partitioned_table
                                                             : RelationKind::table;
  }

  void take_column(const MysqlRow& row) {
    const auto found = relations_.find(mysql_text(row, 0));
    if (found == relations_.end()) return;
    Relation& relation = found->second;
    Column column;
    column.name = mysql_text(row, 1);
    column.native_type = mysql_text(row, 3);
    column.is_nullable = mysql_text(row, 4) != "NO";
    column.comment = mysql_text(row, 6);
    const std::string extra = mysql_text(row, 5);
    column.is_identity = mysql_has_word(extra, "auto_increment");
    // `DEFAULT_GENERATED` is another matter: a default that is an expression.
    column.is_generated =
        mysql_contains(extra, "VIRTUAL GENERATED") || mysql_contains(extra, "STORED GENERATED");
    const std::string privileges = mysql_text(row, 7);
    if (!privileges.empty() && !mysql_has_word(privileges, "select")) {
      relation.notes.push_back("the user may not read the column " + text::quoted(column.name));
      return;
    }
    if (mysql_has_word(extra, "INVISIBLE"))
      relation.notes.push_back("the column " + text::quoted(column.name) +
                               " is invisible: `SELECT *` leaves it out");
    set_type(relation, column, mysql_text(row, 2));
    relation.columns.push_back(std::move(column));
  }

  void set_type(Relation& relation, Column& column, const std::string& name) const {
    const MysqlType type = mysql_type(name, column.native_type);
    column.type = type.type;
    column.loss = type.loss;
    column.values = mysql_enum_values(column.native_type);
    const MysqlColumnName key{relation.name, column.name};
    if (name == "longtext" && json_columns_.contains(key)) column.type = FieldType::json;
    if (!type.geometry) return;
    column.geometry.emplace();
    column.geometry->type = *type.geometry;
    const auto srid = srids_.find(key);
    if (srid == srids_.end()) return;
    column.geometry->srid = srid->second.epsg;
    if (srid->second.is_none_of_epsg)
      relation.notes.push_back(
          "the SRID of " + text::quoted(column.name) +
          (server_.is_mariadb ? " does not fit into MariaDB's catalog" : " is none of EPSG's"));
  }

  void take_index(const MysqlRow& row) {
    MysqlIndex& index = indexes_[mysql_text(row, 0)][mysql_text(row, 1)];
    index.is_unique = mysql_text(row, 2) == "0";
    index.is_spatial = mysql_text(row, 5) == "SPATIAL";
    index.is_whole = index.is_whole && row.at(3).has_value() && !row.at(4).has_value();
    index.columns.push_back(mysql_text(row, 3));
  }

  void take_view(const MysqlRow& row) {
    if (auto source = read_mysql_view(mysql_text(row, 1)))
      views_.emplace(mysql_text(row, 0), *std::move(source));
  }

  Catalog finish() {
    for (auto& [name, relation] : relations_) set_keys(relation);
    for (auto& [name, relation] : relations_) set_view_key(relation, 0);
    made_.relations.reserve(relations_.size());
    for (auto& [name, relation] : relations_) {
      if (!relation.columns.empty()) {
        made_.relations.push_back(std::move(relation));
      } else {
        leave_out(name, relation.notes.empty() ? "it has no columns" : "the user may not read it");
      }
    }
    leave_out_unwritable(made_);
    if (options_.with_extents) add_note_of_extents(made_);
    return std::move(made_);
  }

  void set_keys(Relation& relation) {
    const auto found = indexes_.find(relation.name);
    if (found == indexes_.end()) return;
    for (const auto& [name, index] : found->second) {
      if (index.is_spatial) {
        set_spatial_index(relation, index.columns.front());
      } else if (!index.is_unique || !relation.are_never_null(index.columns)) {
        continue;
      } else if (name == "PRIMARY") {
        relation.primary_key = Key{index.columns};
      } else if (index.is_whole) {
        relation.unique_keys.push_back({index.columns});
      }
    }
  }

  void set_spatial_index(Relation& relation, const std::string& name) const {
    const auto column = std::ranges::find(relation.columns, name, &Column::name);
    if (column == relation.columns.end() || !column->geometry) return;
    // https://dev.mysql.com/doc/refman/8.0/en/spatial-index-optimization.html
    if (!server_.is_mariadb && server_.version >= std::array{8, 0, 0} &&
        !srids_.contains({relation.name, name})) {
      relation.notes.push_back("the spatial index of " + text::quoted(name) +
                               " is not used: the column has no SRID");
      return;
    }
    column->geometry->index = SpatialIndex::present;
  }

  // Views are made of others that are there already: they end somewhere.
  void set_view_key(Relation& relation, int depth) {
    const auto view = views_.find(relation.name);
    if (view == views_.end() || relation.view_key || depth == max_view_depth) return;
    const MysqlViewSource& source = view->second;
    const auto base = relations_.find(source.relation);
    if (source.schema != made_.database || base == relations_.end() ||
        source.columns.size() != relation.columns.size())
      return;
    set_view_key(base->second, depth + 1);
    const Key* key = best_key(base->second);
    if (key == nullptr) return;
    Key taken_over;
    taken_over.columns.reserve(key->columns.size());
    for (const std::string& one : key->columns) {
      const auto place = std::ranges::find(source.columns, one);
      if (place == source.columns.end()) return;
      taken_over.columns.push_back(
          relation.columns[static_cast<std::size_t>(place - source.columns.begin())].name);
    }
    relation.view_key = std::move(taken_over);
    relation.is_view_key_certain = true;
  }

  [[nodiscard]] static const Key* best_key(const Relation& relation) {
    if (relation.primary_key) return &*relation.primary_key;
    if (relation.view_key) return &*relation.view_key;
    return relation.unique_keys.empty() ? nullptr : &relation.unique_keys.front();
  }

  MysqlQueries& queries_;
  const ReadOptions& options_;
  Catalog made_;
  MysqlServer server_;
  std::set<MysqlColumnName> json_columns_;
  std::map<MysqlColumnName, MysqlSrid> srids_;  // of columns that have one
  std::map<std::string, Relation> relations_;
  std::map<std::string, std::map<std::string, MysqlIndex>> indexes_;  // by relation and name
  std::map<std::string, MysqlViewSource> views_;
};

}  // namespace

Result<Catalog> read_mysql_answers(MysqlQueries& queries, const ReadOptions& options) {
  return MysqlReader(queries, options).read();
}

Result<Catalog> read_mysql(const connection::MysqlTarget& target, const ReadOptions& options) {
  auto session = MysqlSession::connect(target, options.timeout);
  if (!session) return fail(std::move(session).error().message);
  return read_mysql_answers(**session, options);
}

}  // namespace honua::catalog
