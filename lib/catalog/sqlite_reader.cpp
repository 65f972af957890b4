// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "catalog/extents.h"
#include "catalog/reader.h"
#include "catalog/sqlite_registry.h"
#include "catalog/sqlite_types.h"
#include "catalog/sqlite_views.h"
#include "catalog/writable.h"
#include "text/sanitize.h"
#include "text/unicode.h"
#include "text/words.h"

namespace honua::catalog {

namespace {

constexpr std::string_view main_schema = "main";

// How `pragma table_xinfo` marks columns.
constexpr int hidden_of_virtual_table = 1;
constexpr int hidden_virtual = 2;
constexpr int hidden_stored = 3;

// Tables that virtual ones keep their data in end so: of full text search and R-trees.
constexpr auto shadow_endings = std::to_array<std::string_view>(
    {"config", "content", "data", "docsize", "idx", "node", "parent", "rowid", "segdir", "segments", "stat"});

// A column of a key, by its place in that.
struct KeyColumn {
  int place = 0;
  std::string name;
};

struct Index {
  bool is_unique = false;
  bool is_partial = false;
  bool is_primary_key = false;
  bool has_expression = false;
  std::vector<std::string> columns;
};

// The relation whose columns are read, and what is registered of them; nullptr for nothing.
struct Described {
  Relation* relation = nullptr;
  std::map<std::string, Geometry, NameLess>* geometries = nullptr;
  std::map<std::string, ColumnInfo, NameLess>* infos = nullptr;
};

class SqliteReader {
 public:
  SqliteReader(SqliteFile& file, const std::string& path, const ReadOptions& options)
      : file_(file), options_(options) {
    made_.engine = Engine::sqlite;
    made_.database = path.substr(path.find_last_of('/') + 1);
    made_.notes = file.notes();
  }

  Catalog read() {
    list_relations();
    std::set<std::string, NameLess> names;
    for (const auto& [name, kind] : listed_) names.insert(name);
    registry_ = read_registry(file_, names);
    if (options_.with_extents) add_extents(file_, names, registry_);
    made_.product = registry_.product;
    made_.notes.insert(made_.notes.end(), registry_.notes.begin(), registry_.notes.end());
    select_relations();
    read_columns_of_tables();
    read_columns_of_others();
    read_indexes();
    if (names.contains("sqlite_stat1")) read_statistics();
    for (auto& [name, relation] : relations_) finish(std::move(relation));
    leave_out_unwritable(made_);
    if (options_.with_extents) add_note_of_extents(made_);
    return std::move(made_);
  }

 private:
  // `pragma table_list` would fail where the module of a virtual table is not here. Virtual tables have no
  // pages, however they are written.
  void list_relations() {
    file_.select(
        "SELECT name, type, coalesce(rootpage, 0) = 0, sql FROM sqlite_schema WHERE type IN ('table', "
        "'view')",
        [&](SQLite::Statement& row) {
          const bool is_view = text_of(row.getColumn(1)) == "view";
          const bool is_virtual = row.getColumn(2).getInt() != 0;
          listed_[text_of(row.getColumn(0))] = is_view      ? RelationKind::view
                                               : is_virtual ? RelationKind::virtual_table
                                                            : RelationKind::table;
          if (is_view) statements_[text_of(row.getColumn(0))] = text_of(row.getColumn(3));
        });
  }

  // Whether a virtual table keeps its data in it.
  [[nodiscard]] bool is_shadow(const std::string& name) const {
    const std::size_t dash = name.rfind('_');
    if (dash == std::string::npos) return false;
    const auto owner = listed_.find(name.substr(0, dash));
    return owner != listed_.end() && owner->second == RelationKind::virtual_table &&
           std::ranges::find(shadow_endings, text::ascii_lower(name.substr(dash + 1))) !=
               shadow_endings.end();
  }

  void leave_out(const std::string& name, std::string reason) {
    made_.left_out.push_back({std::string(main_schema), name, std::move(reason)});
  }

  void hide(const std::string& name, std::string reason) {
    made_.hidden.push_back({std::string(main_schema), name, std::move(reason)});
  }

  void select_relations() {
    std::size_t own = 0;
    for (const auto& [name, kind] : listed_) {
      if (is_shadow(name)) {
        hide(name, "it holds the data of the virtual table " + text::quoted(name.substr(0, name.rfind('_'))));
        continue;
      }
      const bool is_system = is_system_name(name, registry_.format);
      if (is_system && (!options_.with_system || name.starts_with("sqlite_"))) {
        hide(name, "it is the format's own");
        own += name.starts_with("sqlite_") ? 0U : 1U;
        continue;
      }
      const auto registered = registry_.tables.find(name);
      const bool is_registered = registered != registry_.tables.end();
      if (text::find_malformed(name) != std::string_view::npos) {
        leave_out(text::printable(name), "its name is no UTF-8");
      } else if (is_registered && registered->second.is_left_out) {
        leave_out(name, registered->second.reason);
      } else if (registry_.is_complete && !is_registered && !options_.with_system) {
        leave_out(name, "`gpkg_contents` does not name it");
      } else {
        add_relation(name, kind);
        relations_.at(name).is_system = is_system || (registry_.is_complete && !is_registered);
      }
    }
    for (const auto& [name, table] : registry_.tables) {
      if (!listed_.contains(name) && !table.is_left_out) leave_out(name, "it is registered and not there");
    }
    if (own > 0) made_.notes.push_back(text::count_of(own, "relation") + " of the format's own are left out");
    // Large files have tens of thousands, which are not needed any more.
    listed_.clear();
  }

  void add_relation(const std::string& name, RelationKind kind) {
    Relation relation;
    relation.schema = main_schema;
    relation.name = name;
    relation.kind = kind;
    const auto registered = registry_.tables.find(name);
    if (registered != registry_.tables.end()) {
      // GDAL repeats the name as the title.
      if (registered->second.title != name) relation.title = registered->second.title;
      relation.comment = registered->second.description;
      relation.row_estimate = registered->second.row_estimate;
      relation.notes = registered->second.notes;
    }
    relations_.emplace(name, std::move(relation));
  }

  // How many columns a relation has is known at its end: then they get the room that they need.
  void end_columns() {
    if (described_.relation != nullptr)
      described_.relation->columns.assign(std::move_iterator(columns_.begin()),
                                          std::move_iterator(columns_.end()));
    columns_.clear();
    described_ = {};
  }

  void begin_columns(const std::string& name) {
    end_columns();
    described_ = {find_value(relations_, name), find_value(registry_.geometries, name),
                  find_value(registry_.columns, name)};
  }

  void add_column(SQLite::Statement& query) {
    // Those of one relation come together.
    const std::string name = text_of(query.getColumn(0));
    if (described_.relation == nullptr || described_.relation->name != name) begin_columns(name);
    const int hidden = query.getColumn(5).getInt();
    if (described_.relation == nullptr || hidden == hidden_of_virtual_table) return;
    const Relation& relation = *described_.relation;
    Column column;
    column.name = text_of(query.getColumn(1));
    column.native_type = text_of(query.getColumn(2));
    column.is_nullable = query.getColumn(3).getInt() == 0;
    column.is_generated = hidden == hidden_virtual || hidden == hidden_stored;
    if (const int place = query.getColumn(4).getInt(); place > 0)
      key_columns_[relation.name].push_back({place, column.name});
    describe(relation.kind, column);
    columns_.push_back(std::move(column));
  }

  void describe(RelationKind kind, Column& column) const {
    const Geometry* geometry =
        described_.geometries == nullptr ? nullptr : find_value(*described_.geometries, column.name);
    if (geometry != nullptr) {
      column.type = FieldType::geometry;
      column.geometry = *geometry;
    } else {
      column.type = sqlite_type(column.native_type, registry_.format, kind == RelationKind::view);
      if (column.type == FieldType::unmapped) column.loss = "no table registers it as a geometry";
    }
    ColumnInfo* info = described_.infos == nullptr ? nullptr : find_value(*described_.infos, column.name);
    if (info == nullptr) return;
    column.title = std::move(info->title);
    column.comment = std::move(info->description);
    column.values = std::move(info->values);
    if (info->is_json && column.type == FieldType::string) column.type = FieldType::json;
  }

  // Virtual tables apart: without its module one would make all fail.
  // `CROSS JOIN` lets SQLite take one table after the other, and the pragma gives its columns in their order.
  // To have them sorted would write those of large files to a temporary file.
  void read_columns_of_tables() {
    file_.select(
        "SELECT m.name, c.name, c.type, c.\"notnull\", c.pk, c.hidden FROM sqlite_schema m "
        "CROSS JOIN pragma_table_xinfo(m.name) c WHERE m.type = 'table' AND m.rootpage > 0",
        [&](SQLite::Statement& row) { add_column(row); });
    end_columns();
  }

  // What a view is made of may be gone, or need functions that are not here; virtual tables need their
  // module: one at a time, then.
  void read_columns_of_others() {
    const auto deep = find_deep_views(statements_, file_);
    for (auto one = relations_.begin(); one != relations_.end();) {
      const std::string name = one->first;
      std::string trouble;
      if (deep.contains(name)) {
        trouble = "it reads views that read views, too deep to follow";
      } else if (one->second.kind != RelationKind::table) {
        file_.check_time();
        try {
          file_.select(
              "SELECT ?1, name, type, \"notnull\", pk, hidden FROM pragma_table_xinfo(?1) ORDER BY cid",
              [&](SQLite::Statement& row) { add_column(row); }, name);
        } catch (const SQLite::Exception& error) {
          if (is_of_whole_file(error)) throw;
          trouble = "it cannot be read: " + text::printable(error.what());
        }
        end_columns();
      }
      if (trouble.empty() && one->second.columns.empty()) trouble = "it has no columns";
      const bool is_good = trouble.empty();
      if (!is_good) leave_out(name, std::move(trouble));
      one = is_good ? std::next(one) : relations_.erase(one);
    }
  }

  // The key of a table without ROWID is an index that the schema does not list.
  void read_indexes() {
    file_.select(
        "SELECT m.name, i.name, i.\"unique\", i.origin, i.partial, x.name FROM sqlite_schema m "
        "JOIN pragma_index_list(m.name) i JOIN pragma_index_info(i.name) x WHERE m.type = 'table' "
        "AND m.rootpage > 0 AND (m.sql LIKE '%without%rowid%' "
        "OR m.name IN (SELECT tbl_name FROM sqlite_schema WHERE type = 'index')) "
        "ORDER BY m.name, i.seq, x.seqno",
        [&](SQLite::Statement& row) {
          Index& index = indexes_[text_of(row.getColumn(0))][text_of(row.getColumn(1))];
          index.is_unique = row.getColumn(2).getInt() != 0;
          index.is_primary_key = text_of(row.getColumn(3)) == "pk";
          index.is_partial = row.getColumn(4).getInt() != 0;
          index.has_expression = index.has_expression || row.getColumn(5).isNull();
          index.columns.push_back(text_of(row.getColumn(5)));
        });
  }

  // `stat` begins with the number of rows in the index.
  void read_statistics() {
    file_.select("SELECT tbl, stat FROM sqlite_stat1", [&](SQLite::Statement& row) {
      const auto found = relations_.find(text_of(row.getColumn(0)));
      const std::string stat = text_of(row.getColumn(1));
      std::uint64_t rows = 0;
      const auto [stop, trouble] = std::from_chars(stat.data(), stat.data() + stat.size(), rows);
      if (found == relations_.end() || trouble != std::errc()) return;
      found->second.row_estimate = std::max(found->second.row_estimate.value_or(0), rows);
    });
  }

  void finish(Relation relation) {
    set_primary_key(relation);
    set_unique_keys(relation);
    set_view_key(relation);
    made_.relations.push_back(std::move(relation));
  }

  void set_primary_key(Relation& relation) {
    auto found = key_columns_.find(relation.name);
    if (found == key_columns_.end()) return;
    std::ranges::sort(found->second, {}, &KeyColumn::place);
    Key key;
    for (const KeyColumn& one : found->second) key.columns.push_back(one.name);
    const auto is_in_key = [&](const Column& one) {
      return std::ranges::find(key.columns, one.name) != key.columns.end();
    };
    const bool is_rowid = key.columns.size() == 1 && is_alias_of_rowid(relation, key.columns.front());
    for (Column& column : relation.columns) {
      if (!is_in_key(column)) continue;
      column.is_identity = is_rowid;
      // Elsewhere SQLite lets primary keys be NULL, for old mistakes' sake.
      if (is_rowid) column.is_nullable = false;
      if (column.is_nullable)
        relation.notes.push_back("the primary key's column " + text::quoted(column.name) + " may be NULL");
    }
    relation.primary_key = std::move(key);
  }

  // https://www.sqlite.org/lang_createtable.html#rowid
  bool is_alias_of_rowid(const Relation& relation, const std::string& name) const {
    const Column* column = relation.find_column(name);
    if (column == nullptr || text::ascii_lower(column->native_type) != "integer") return false;
    const auto found = indexes_.find(relation.name);
    return found == indexes_.end() ||
           std::ranges::none_of(found->second, [](const auto& one) { return one.second.is_primary_key; });
  }

  void set_unique_keys(Relation& relation) const {
    const auto found = indexes_.find(relation.name);
    if (found == indexes_.end()) return;
    for (const auto& [name, index] : found->second) {
      if (index.is_unique && !index.is_partial && !index.has_expression && !index.is_primary_key &&
          relation.are_never_null(index.columns))
        relation.unique_keys.push_back({index.columns});
    }
  }

  // SpatiaLite names a column; of a GeoPackage's view the first one is its key (requirement 29).
  void set_view_key(Relation& relation) const {
    if (relation.kind != RelationKind::view) return;
    const auto registered = registry_.tables.find(relation.name);
    if (registered == registry_.tables.end()) return;
    std::string name = registered->second.view_key;
    if (registry_.format == SqliteFormat::geopackage) name = relation.columns.front().name;
    const auto column = std::ranges::find_if(relation.columns, [&](const Column& one) {
      return text::ascii_lower(one.name) == text::ascii_lower(name);
    });
    if (column == relation.columns.end() || column->geometry) return;
    relation.view_key = Key{{column->name}};
    relation.is_view_key_certain = true;
  }

  SqliteFile& file_;
  const ReadOptions& options_;
  Registry registry_;
  Catalog made_;
  std::map<std::string, RelationKind, NameLess> listed_;
  std::map<std::string, std::string, NameLess> statements_;  // of views
  std::map<std::string, Relation, NameLess> relations_;
  Described described_;
  std::vector<Column> columns_;  // of it, so far
  std::map<std::string, std::vector<KeyColumn>> key_columns_;
  std::map<std::string, std::map<std::string, Index>> indexes_;  // by table and name
};

}  // namespace

Result<Catalog> read_sqlite(const std::string& path, const ReadOptions& options) {
  auto file = SqliteFile::open(path, options.timeout);
  if (!file) return fail(std::move(file).error().message);
  try {
    return SqliteReader(**file, path, options).read();
  } catch (const SQLite::Exception& error) {
    return fail(trouble_of(error));
  }
}

}  // namespace honua::catalog
