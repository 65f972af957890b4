// SPDX-License-Identifier: MIT
#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include "catalog/extents.h"
#include "catalog/postgresql_queries.h"
#include "catalog/postgresql_session.h"
#include "catalog/postgresql_types.h"
#include "catalog/reader.h"
#include "catalog/view_keys.h"
#include "catalog/writable.h"
#include "text/sanitize.h"
#include "text/words.h"

namespace honua::catalog {

namespace {

using postgresql::Statement;

// A relation and what it is made of, by the numbers that the catalog uses.
struct PgRelation {
  Relation made;
  RelationId parent = 0;
  bool is_partition = false;
  std::int64_t rows = -1;
  std::size_t heirs = 0;              // that inherit from it and are no partitions
  std::vector<ColumnNumber> numbers;  // of the columns, ascending
  std::string obstacle;               // why it is left out or hidden; "" if it is not
  bool from_extension = false;

  [[nodiscard]] bool is_inheriting() const { return parent != 0 && !is_partition; }
};

RelationKind kind_of(std::string_view letter) {
  if (letter == "p") return RelationKind::partitioned_table;
  if (letter == "v") return RelationKind::view;
  if (letter == "m") return RelationKind::materialized_view;
  return letter == "f" ? RelationKind::foreign_table : RelationKind::table;
}

// "2 1 3": the columns of an index; 0 for an expression.
std::vector<ColumnNumber> numbers_of(std::string_view text, std::size_t count) {
  std::vector<ColumnNumber> numbers;
  numbers.reserve(count);
  while (!text.empty() && numbers.size() < count) {
    ColumnNumber number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    numbers.push_back(number);
    text.remove_prefix(std::min(text.find(' ', 0), text.size() - 1) + 1);
  }
  return numbers;
}

// Partitions have partitions: rows are counted this many levels up. People's have two or three; what a server
// says may have no end.
constexpr int max_partition_levels = 100;

// A type's number, and its modifier as a column has it.
using TypeKey = std::pair<RelationId, std::int64_t>;

std::string session_statements(const ReadOptions& options) {
  std::string statements(postgresql::session);
  return statements += std::to_string(std::min(options.timeout, longest_timeout).count());
}

class PostgresqlReader {
 public:
  explicit PostgresqlReader(const ReadOptions& options) : options_(options) {
    made_.engine = Engine::postgresql;
  }

  // The answer to the next statement. They have to be taken in order.
  void take(const PostgresqlRows& rows) {
    switch (taken_++) {
      case Statement::about: read_about(rows); break;
      case Statement::enumerations: read_enumerations(rows); break;
      case Statement::types: read_types(rows); break;
      case Statement::relations: read_relations(rows); break;
      case Statement::columns: read_columns(rows); break;
      case Statement::comments: read_comments(rows); break;
      case Statement::checks: apply_checks(rows); break;
      case Statement::indexes: read_indexes(rows); break;
      case Statement::rules: read_rules(rows); break;
      default: break;
    }
  }

  [[nodiscard]] bool has_all() const { return taken_ == Statement::statements; }

  // What follows them for extents; "" if there is nothing to ask.
  [[nodiscard]] std::string statements_for_extents() const {
    if (!options_.with_extents || postgis_schema_.empty()) return "";
    std::string statements = session_statements(options_);
    statements += postgresql::extents_before;
    statements += postgis_schema_;
    return statements += postgresql::extents_after;
  }

  void take_extents(const PostgresqlRows& all) {
    for (std::size_t row = 0; row < all.size(); ++row) {
      Column* column = find_column(id_at(all, row, 0), static_cast<ColumnNumber>(all.number(row, 1)));
      if (column != nullptr && column->geometry) column->geometry->extent = read_box(all.text(row, 2));
    }
  }

  void note(std::string text) { made_.notes.push_back(std::move(text)); }

  // What they come to.
  Catalog finish() {
    count_rows();
    view_keys_ = find_view_keys(views_, primary_keys_);
    for (auto& [id, relation] : relations_) {
      add_notes_of_inheritance(relation);
      if (is_hidden(relation)) relation.obstacle = reason_to_hide(relation);
    }
    made_.relations.reserve(relations_.size());
    for (auto& [id, relation] : relations_) finish(id, relation);
    std::ranges::sort(made_.relations, {},
                      [](const Relation& one) { return std::tie(one.schema, one.name); });
    add_note_of_extensions();
    leave_out_unwritable(made_);
    if (options_.with_extents) add_note_of_extents(made_);
    return std::move(made_);
  }

 private:
  static RelationId id_at(const PostgresqlRows& rows, std::size_t row, int column) {
    return static_cast<RelationId>(rows.number(row, column));
  }

  void read_about(const PostgresqlRows& about) {
    namespace column = postgresql::about_column;
    made_.database = about.text(0, column::database);
    // "15.10 (Debian 15.10-0+deb12u1)": how it was packed does not matter.
    const std::string_view version = about.text(0, column::version);
    made_.product = "PostgreSQL " + std::string(version.substr(0, version.find(' ')));
    if (!about.is_null(0, column::postgis))
      made_.product += ", PostGIS " + std::string(about.text(0, column::postgis));
    postgis_schema_ = about.text(0, column::postgis_schema);
    made_.has_geometries = !about.is_null(0, column::postgis);
    made_.is_replica = about.flag(0, column::in_recovery);
    if (*made_.is_replica) made_.notes.emplace_back("the server is a replica");
  }

  void read_enumerations(const PostgresqlRows& labels) {
    for (std::size_t row = 0; row < labels.size(); ++row)
      enumerations_[id_at(labels, row, 0)].emplace_back(labels.text(row, 1));
  }

  // What columns of a type have in common.
  void read_types(const PostgresqlRows& all) {
    namespace column = postgresql::type_column;
    for (std::size_t row = 0; row < all.size(); ++row)
      types_.emplace(type_key_at(all, row, column::oid, column::declared_modifier), type_at(all, row));
  }

  static TypeKey type_key_at(const PostgresqlRows& all, std::size_t row, int type, int modifier) {
    return {id_at(all, row, type), all.number(row, modifier)};
  }

  [[nodiscard]] Column type_at(const PostgresqlRows& all, std::size_t row) const {
    namespace column = postgresql::type_column;
    Column made;
    made.native_type = all.text(row, column::declared);
    made.is_nullable = !all.flag(row, column::not_null);
    PostgresqlType type;
    type.name = all.text(row, column::name);
    if (const std::string_view kind = all.text(row, column::kind); !kind.empty()) type.kind = kind.front();
    type.is_array = all.flag(row, column::is_array);
    type.is_spatial = all.flag(row, column::is_spatial);
    type.modifier = static_cast<std::int32_t>(all.number(row, column::modifier));
    set_type(made, type);
    if (made.geometry)
      made.native_type +=
          text_of_modifier(static_cast<std::int32_t>(all.number(row, column::declared_modifier)));
    const auto labels = enumerations_.find(id_at(all, row, column::base_oid));
    if (labels != enumerations_.end()) made.values = labels->second;
    return made;
  }

  void read_relations(const PostgresqlRows& all) {
    namespace column = postgresql::relation_column;
    relations_.reserve(all.size());
    for (std::size_t row = 0; row < all.size(); ++row) {
      PgRelation relation;
      relation.made.schema = all.text(row, column::schema);
      relation.made.name = all.text(row, column::name);
      relation.made.kind = kind_of(all.text(row, column::kind));
      relation.made.is_writable = all.flag(row, column::can_write);
      relation.is_partition = all.flag(row, column::is_partition);
      relation.parent = id_at(all, row, column::parent);
      relation.rows = all.number(row, column::rows);
      relation.from_extension = all.flag(row, column::from_extension);
      relation.made.is_system = relation.from_extension;
      relation.obstacle = obstacle_at(all, row);
      add_notes_at(all, row, relation.made);
      relations_.emplace(id_at(all, row, column::oid), std::move(relation));
    }
    count_heirs();
  }

  static std::string obstacle_at(const PostgresqlRows& all, std::size_t row) {
    namespace column = postgresql::relation_column;
    // Asked of a relation that is gone by now, the server says NULL.
    if (all.is_null(row, column::can_select)) return "it was dropped while the catalog was read";
    if (!all.flag(row, column::schema_usage)) return "this user may not use its schema";
    return all.flag(row, column::can_select_any) ? "" : "this user may not read it";
  }

  static void add_notes_at(const PostgresqlRows& all, std::size_t row, Relation& relation) {
    namespace column = postgresql::relation_column;
    if (all.flag(row, column::row_security)) relation.notes.emplace_back("row security is on");
    if (relation.kind == RelationKind::materialized_view && !all.flag(row, column::is_populated))
      relation.notes.emplace_back("it is not populated: reading it fails until it is refreshed");
    if (!all.flag(row, column::can_select) && all.flag(row, column::can_select_any))
      relation.notes.emplace_back("this user may read some of its columns only");
  }

  void count_heirs() {
    for (const auto& [id, relation] : relations_) {
      if (!relation.is_inheriting()) continue;
      const auto parent = relations_.find(relation.parent);
      if (parent != relations_.end()) ++parent->second.heirs;
    }
  }

  void read_columns(const PostgresqlRows& all) {
    namespace column = postgresql::column_column;
    auto found = relations_.end();
    for (std::size_t row = 0; row < all.size(); ++row) {
      const RelationId id = id_at(all, row, column::relation);
      const bool is_next = found == relations_.end() || found->first != id;
      if (is_next) found = relations_.find(id);
      // One that is hidden needs no columns; of one that came to be in the meantime there is no more.
      if (found == relations_.end() || is_hidden(found->second)) continue;
      if (is_next) make_room(found->second, count_rows_of(all, row));
      const auto type = types_.find(type_key_at(all, row, column::type, column::modifier));
      if (type == types_.end()) continue;
      found->second.made.columns.push_back(column_at(all, row, type->second));
      found->second.numbers.push_back(static_cast<ColumnNumber>(all.number(row, column::number)));
    }
    for (auto& [id, relation] : relations_) order_columns(relation);
  }

  // How many rows from here on are of the same relation.
  static std::size_t count_rows_of(const PostgresqlRows& all, std::size_t first) {
    namespace column = postgresql::column_column;
    const std::string_view relation = all.text(first, column::relation);
    std::size_t end = first + 1;
    while (end < all.size() && all.text(end, column::relation) == relation) ++end;
    return end - first;
  }

  // Growing by and by would take up to twice the memory, for what is most of a catalog.
  static void make_room(PgRelation& relation, std::size_t more) {
    relation.made.columns.reserve(relation.made.columns.size() + more);
    relation.numbers.reserve(relation.numbers.size() + more);
  }

  static Column column_at(const PostgresqlRows& all, std::size_t row, const Column& type) {
    namespace column = postgresql::column_column;
    Column made = type;
    made.name = all.text(row, column::name);
    if (all.flag(row, column::not_null)) made.is_nullable = false;
    const std::string_view identity = all.text(row, column::identity);
    made.is_identity = !identity.empty();
    made.is_generated = identity == "a" || !all.text(row, column::generated).empty();
    return made;
  }

  // They come as they lie in the server's files, which is in order unless somebody altered the table.
  static void order_columns(PgRelation& relation) {
    if (std::ranges::is_sorted(relation.numbers)) return;
    std::map<ColumnNumber, Column> ordered;
    for (std::size_t at = 0; at < relation.numbers.size(); ++at)
      ordered.emplace(relation.numbers[at], std::move(relation.made.columns[at]));
    relation.numbers.clear();
    relation.made.columns.clear();
    for (auto& [number, column] : ordered) {
      relation.numbers.push_back(number);
      relation.made.columns.push_back(std::move(column));
    }
  }

  Column* find_column(RelationId id, ColumnNumber number) {
    const auto relation = relations_.find(id);
    return relation == relations_.end() ? nullptr : find_column(relation->second, number);
  }

  static Column* find_column(PgRelation& relation, ColumnNumber number) {
    const auto found = std::ranges::lower_bound(relation.numbers, number);
    if (found == relation.numbers.end() || *found != number) return nullptr;
    return &relation.made.columns[static_cast<std::size_t>(found - relation.numbers.begin())];
  }

  void read_comments(const PostgresqlRows& all) {
    namespace column = postgresql::comment_column;
    auto found = relations_.end();
    for (std::size_t row = 0; row < all.size(); ++row) {
      const RelationId id = id_at(all, row, column::relation);
      if (found == relations_.end() || found->first != id) found = relations_.find(id);
      if (found == relations_.end()) continue;
      const auto number = static_cast<ColumnNumber>(all.number(row, column::number));
      Column* one = number == 0 ? nullptr : find_column(found->second, number);
      if (number == 0) found->second.made.comment = all.text(row, column::text);
      if (one != nullptr) one->comment = all.text(row, column::text);
    }
  }

  // Of columns without a modifier, as PostGIS 1 made them.
  void apply_checks(const PostgresqlRows& all) {
    for (std::size_t row = 0; row < all.size(); ++row) {
      Column* column = find_column(id_at(all, row, 0), static_cast<ColumnNumber>(all.number(row, 1)));
      if (column != nullptr && column->geometry) apply_geometry_check(all.text(row, 2), *column->geometry);
    }
  }

  void read_indexes(const PostgresqlRows& all) {
    namespace column = postgresql::index_column;
    for (std::size_t row = 0; row < all.size(); ++row) {
      const RelationId id = id_at(all, row, column::relation);
      if (!relations_.contains(id) || !all.flag(row, column::is_usable)) continue;
      const auto count = static_cast<std::size_t>(all.number(row, column::key_length));
      const std::vector<ColumnNumber> numbers = numbers_of(all.text(row, column::key), count);
      if (all.flag(row, column::is_spatial))
        apply_spatial_index(id, numbers, all.flag(row, column::is_partial));
      if (all.flag(row, column::is_primary)) primary_keys_[id] = numbers;
      const bool is_whole = !all.flag(row, column::is_partial) && !all.flag(row, column::has_expression);
      if (all.flag(row, column::is_unique) && is_whole)
        add_key(id, numbers, all.flag(row, column::is_primary));
    }
  }

  void apply_spatial_index(RelationId id, const std::vector<ColumnNumber>& numbers, bool is_partial) {
    for (const ColumnNumber number : numbers) {
      Column* column = find_column(id, number);
      if (column == nullptr || !column->geometry) continue;
      SpatialIndex& index = column->geometry->index;
      if (!is_partial) index = SpatialIndex::present;
      if (is_partial && index == SpatialIndex::none) index = SpatialIndex::partial;
    }
  }

  void add_key(RelationId id, const std::vector<ColumnNumber>& numbers, bool is_primary) {
    Key key;
    key.columns.reserve(numbers.size());
    bool is_never_null = true;
    for (const ColumnNumber number : numbers) {
      const Column* column = find_column(id, number);
      // One that this user may not read identifies nothing for the server.
      if (column == nullptr) return;
      // Nothing of a materialized view is declared; its tables may be.
      is_never_null = is_never_null && !column->is_nullable;
      key.columns.push_back(column->name);
    }
    Relation& relation = relations_.at(id).made;
    if (is_primary)
      relation.primary_key = std::move(key);
    else if (is_never_null || relation.kind == RelationKind::materialized_view)
      relation.unique_keys.push_back(std::move(key));
  }

  void read_rules(const PostgresqlRows& all) {
    for (std::size_t row = 0; row < all.size(); ++row) {
      if (auto query = read_view_query(all.text(row, 1)))
        views_.emplace(id_at(all, row, 0), *std::move(query));
    }
  }

  // A partitioned table has the rows of its leaves; what is counted of itself may be old.
  void count_rows() {
    for (auto& [id, relation] : relations_) {
      const bool is_leaf = relation.is_partition && relation.made.kind != RelationKind::partitioned_table;
      if (is_leaf && relation.rows > 0)
        count_above(relation.parent, static_cast<std::uint64_t>(relation.rows));
    }
  }

  void count_above(RelationId parent, std::uint64_t rows) {
    auto found = relations_.find(parent);
    for (int level = 0; level < max_partition_levels && found != relations_.end(); ++level) {
      Relation& above = found->second.made;
      if (above.kind == RelationKind::partitioned_table)
        above.row_estimate = above.row_estimate.value_or(0) + rows;
      found = relations_.find(found->second.parent);
    }
  }

  [[nodiscard]] bool is_hidden(const PgRelation& relation) const {
    return relation.is_partition || (relation.from_extension && !options_.with_system);
  }

  [[nodiscard]] std::string reason_to_hide(const PgRelation& relation) const {
    if (!relation.is_partition) return "it belongs to an extension";
    const auto parent = relations_.find(relation.parent);
    return parent == relations_.end() ? "it is a partition"
                                      : "it is a partition of " + text::quoted(parent->second.made.name);
  }

  void finish(RelationId id, PgRelation& relation) {
    Relation& made = relation.made;
    if (is_hidden(relation)) {
      if (!relation.is_partition) ++of_extensions_;
      made_.hidden.push_back({std::move(made.schema), std::move(made.name), std::move(relation.obstacle)});
      return;
    }
    if (relation.obstacle.empty() && made.columns.empty()) relation.obstacle = "it has no columns";
    if (!relation.obstacle.empty()) {
      made_.left_out.push_back({made.schema, made.name, relation.obstacle});
      return;
    }
    const bool is_stored = made.kind == RelationKind::table || made.kind == RelationKind::materialized_view;
    // 0 stands for "never counted" up to PostgreSQL 13.
    if (is_stored && relation.rows > 0) made.row_estimate = static_cast<std::uint64_t>(relation.rows);
    add_view_key(id, made);
    if (made.kind == RelationKind::foreign_table) made.notes.emplace_back("its rows are on another server");
    made_.relations.push_back(std::move(made));
  }

  void add_view_key(RelationId id, Relation& made) {
    const auto key = view_keys_.find(id);
    if (key == view_keys_.end()) return;
    Key named;
    named.columns.reserve(key->second.columns.size());
    for (const ColumnNumber number : key->second.columns) {
      const Column* column = find_column(id, number);
      if (column == nullptr) return;
      named.columns.push_back(column->name);
    }
    made.view_key = std::move(named);
    made.is_view_key_certain = key->second.is_certain;
  }

  void add_notes_of_inheritance(PgRelation& relation) const {
    std::vector<std::string>& notes = relation.made.notes;
    if (relation.heirs > 0)
      notes.push_back("the rows of " + text::count_of(relation.heirs, "table") +
                      " that inherit from it are among its own, and no index keeps their keys apart");
    const auto parent = relation.is_inheriting() ? relations_.find(relation.parent) : relations_.end();
    if (parent != relations_.end())
      notes.push_back("its rows appear in " + text::quoted(parent->second.made.name) +
                      ", too, which it inherits from");
  }

  void add_note_of_extensions() {
    if (of_extensions_ > 0)
      made_.notes.push_back(text::count_of(of_extensions_, "relation") + " of extensions are left out");
  }

  const ReadOptions& options_;
  unsigned taken_ = 0;
  Catalog made_;
  std::unordered_map<RelationId, PgRelation> relations_;
  std::unordered_map<RelationId, std::vector<std::string>> enumerations_;
  std::map<TypeKey, Column> types_;
  std::map<RelationId, std::vector<ColumnNumber>> primary_keys_;
  std::map<RelationId, ViewQuery> views_;
  std::map<RelationId, ViewKey> view_keys_;
  std::size_t of_extensions_ = 0;
  std::string postgis_schema_;  // in quotes, if it needs them
};

}  // namespace

Result<Catalog> read_postgresql(const std::string& connection, const ReadOptions& options) {
  auto session = PostgresqlSession::open(connection, options.timeout);
  if (!session) return fail(std::move(session).error().message);
  std::string statements = session_statements(options);
  statements += postgresql::catalog;
  PostgresqlReader reader(options);
  const auto ran = session->run(statements, [&](const PostgresqlRows& rows) { reader.take(rows); });
  if (!ran) return fail(ran.error().message);
  if (!reader.has_all()) return fail("the server's answer is not complete");
  if (const std::string more = reader.statements_for_extents(); !more.empty()) {
    // A table may be gone by now: what is asked for by the way is no reason to fail.
    const auto asked = session->run(more, [&](const PostgresqlRows& rows) { reader.take_extents(rows); });
    if (!asked) reader.note("the extents cannot be read: " + asked.error().message);
  }
  return reader.finish();
}

}  // namespace honua::catalog
