// SPDX-License-Identifier: MIT
#include "live/rules.h"

#include <array>

namespace honua::live {

namespace rules {

using diagnostics::Severity;

namespace {
constexpr std::string_view category = "database";
}  // namespace

constexpr Rule not_compared{"H6000", "database-not-compared", Severity::warning, category,
                            "with `--full`, every data source can be read"};
constexpr Rule unreachable{"H6002", "database-unreachable", Severity::error, category,
                           "a data source's database answers"};
constexpr Rule table_missing{"H6003", "table-missing", Severity::error, category,
                             "a layer's table is in the database"};
constexpr Rule table_unreadable{"H6009", "table-unreadable", Severity::error, category,
                                "a layer's table can be read"};
constexpr Rule geometry_column_missing{"H6004", "geometry-column-missing", Severity::error, category,
                                       "a layer's geometry is a column of its table"};
constexpr Rule id_field_missing{"H6005", "id-field-missing", Severity::error, category,
                                "`id_field` is a column of the table"};
constexpr Rule display_field_missing{"H6006", "display-field-missing", Severity::warning, category,
                                     "`display_field` is a column of the table"};
constexpr Rule field_missing{"H6007", "field-missing", Severity::error, category,
                             "a field is a column of the table"};
constexpr Rule view_without_key{"H6101", "view-without-key", Severity::warning, category,
                                "the `id_field` of a view tells its rows apart"};
constexpr Rule id_field_not_unique{"H6102", "id-field-not-unique", Severity::warning, category,
                                   "`id_field` is a key of the table by itself"};
constexpr Rule srid_differs{"H6103", "srid-differs", Severity::error, category,
                            "`srid` is the column's in the database"};
constexpr Rule geometry_type_differs{"H6104", "geometry-type-differs", Severity::error, category,
                                     "a geometry's type is the column's in the database"};
constexpr Rule no_spatial_index{"H6105", "no-spatial-index", Severity::warning, category,
                                "a geometry's column has a spatial index"};
constexpr Rule field_type_differs{"H6106", "field-type-differs", Severity::warning, category,
                                  "a field's type holds what its column does"};
constexpr Rule may_write{"H6107", "user-may-write", Severity::warning, category,
                         "where no service writes, the database's user may only read"};
constexpr Rule no_postgis{"H6110", "no-postgis", Severity::error, category,
                          "a database with layers on maps has types for geometries"};
constexpr Rule not_a_replica{"H6108", "not-a-replica", Severity::warning, category,
                             "a data source that is `read_only` is a replica"};
constexpr Rule not_published{"H6109", "table-not-published", Severity::info, category,
                             "tables with geometries are published"};

}  // namespace rules

namespace {

using diagnostics::RuleInfo;

constexpr RuleInfo live_rule(const diagnostics::Rule& rule, std::string_view why) {
  return {&rule, why, "", "", "it takes a database", "--full"};
}

constexpr std::array live_rules = {
    live_rule(
        rules::not_compared,
        "Nothing is known of a database that was not asked: a run that says nothing of it would seem to have "
        "found nothing."),
    live_rule(rules::unreachable,
              "The server starts without this data source, and every request for its layers fails."),
    live_rule(rules::table_missing, "Every request for the layer fails."),
    live_rule(rules::geometry_column_missing,
              "Every request for the layer fails, since queries name the column."),
    live_rule(rules::id_field_missing, "Every request for the layer fails, since queries name the column."),
    live_rule(rules::display_field_missing, "Lists of features show nothing to tell them apart by."),
    live_rule(
        rules::field_missing,
        "With `introspect_fields = false` queries name each field: one that is no column breaks them all."),
    live_rule(rules::table_unreadable,
              "The table is there, and every request for the layer fails: a right is missing, or what a view "
              "reads."),
    live_rule(
        rules::view_without_key,
        "Clients ask for features by their ids: where ids repeat they get another one, and pages of results "
        "skip or repeat rows."),
    live_rule(rules::id_field_not_unique,
              "Clients ask for features by their ids: where ids repeat or are missing they get another one "
              "or none, "
              "and pages of results skip or repeat rows."),
    live_rule(rules::srid_differs,
              "Coordinates are then taken for those of another reference system: features appear in the "
              "wrong place, "
              "and searches by place find nothing."),
    live_rule(rules::geometry_type_differs,
              "Clients prepare for the type that they are told, and fail at geometries of another one."),
    live_rule(rules::no_spatial_index,
              "Each search by place then reads the whole table, as each map tile does."),
    live_rule(rules::field_type_differs,
              "Values that do not fit the type break responses, or lose a part of what they say."),
    live_rule(rules::may_write,
              "A mistake or a break-in can then change what is published, though nothing of the "
              "configuration needs "
              "that."),
    live_rule(
        rules::not_a_replica,
        "Reads that should take load off the primary go to it, and a lag is waited for that there is not."),
    live_rule(rules::not_published, "Perhaps a layer was forgotten."),
    live_rule(rules::no_postgis,
              "The database has no geometries without the extension: layers on maps cannot be read."),
};

}  // namespace

std::span<const RuleInfo> explained() { return live_rules; }

}  // namespace honua::live
