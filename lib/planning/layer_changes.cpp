// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <utility>

#include "planning/field_changes.h"
#include "planning/handlers.h"
#include "planning/layer_changes.h"
#include "planning/plan_rules.h"
#include "syntax/literals.h"
#include "text/sanitize.h"
#include "text/unicode.h"

// `layer`, but for its fields.
namespace honua::planning {

namespace {

using text::quoted;
using Handlers = std::span<const Handler>;

constexpr ChangeRule removed{
    .rule = plan_rule("P1001", "layer-removed", Level::breaking, "a layer that was published is gone"),
    .level = Level::breaking,
    .effect = Effect::flush,
    .area = Area::layer,
    .family = "P1001",
    .direction = Direction::less,
    .why = "Every address of the layer and of its items answers 404. Maps and clients that ask for it fail.",
    .advice = "announce it, and keep the layer until clients have moved",
    .before = "layer \"lakes\" {\n  services = [\"ogc_api\"]\n}\n",
    .after = ""};
constexpr ChangeRule added{
    .rule = plan_rule("P1002", "layer-added", Level::additive, "a layer is published that was not there"),
    .level = Level::additive,
    .effect = Effect::reload,
    .area = Area::layer,
    .family = "P1001",
    .direction = Direction::more,
    .why = "Clients find one collection more. Nothing that they knew changes.",
    .before = "",
    .after = "layer \"lakes\" {\n  services = [\"ogc_api\"]\n}\n"};
constexpr ChangeRule unreachable_removed{
    .rule = plan_rule("P1003", "layer-unreachable-removed", Level::neutral,
                      "a layer is gone that no enabled service published"),
    .effect = Effect::none,
    .area = Area::layer,
    .family = "P1003",
    .direction = Direction::less,
    .why = "No client could see the layer.",
    .before = "layer \"lakes\" {\n  services = []\n}\n",
    .after = ""};
constexpr ChangeRule unreachable_added{
    .rule = plan_rule("P1503", "layer-unreachable-added", Level::neutral,
                      "a layer is added that no enabled service publishes"),
    .effect = Effect::none,
    .area = Area::layer,
    .family = "P1003",
    .direction = Direction::more,
    .why = "No client can see the layer yet.",
    .advice = "list the services that should publish it in `services`",
    .before = "",
    .after = "layer \"lakes\" {\n  services = []\n}\n"};
constexpr ChangeRule relabelled{
    .rule = plan_rule("P1004", "layer-relabelled", Level::breaking, "a layer has another label"),
    .level = Level::breaking,
    .effect = Effect::flush,
    .area = Area::layer,
    .family = "P1004",
    .why =
        "The label makes the identifier that clients know: every address of the layer and of its items "
        "answers 404. That it is the same layer is known only from `--moved`: honua proposes it where one "
        "layer goes and another one of the same table comes, and never takes it for granted.",
    .advice = "keep the label, and change the `title`",
    .before = "layer \"lakes\" {\n  services = [\"ogc_api\"]\n}\n",
    .after = "layer \"waters\" {\n  services = [\"ogc_api\"]\n}\n",
    .moved = "layer.lakes=layer.waters"};
constexpr ChangeRule id_changed{
    .rule = plan_rule("P1005", "layer-published-id-changed", Level::breaking,
                      "a layer is published under another identifier"),
    .level = Level::breaking,
    .effect = Effect::flush,
    .area = Area::layer,
    .family = "P1005",
    .why =
        "A layer in one service is published under its label, one in several services as LABEL_SERVICE in "
        "each of them. To add a second service, or to take the last but one away, renames the collection: "
        "every address that clients know answers 404, although nothing was removed.",
    .advice = "keep the layer as it is, and publish it in the other service as a layer of its own",
    .before = "layer \"roads\" {\n  services = [\"ogc_api\"]\n}\n",
    .after = "layer \"roads\" {\n  services = [\"ogc_api\", \"wfs\"]\n}\n"};
constexpr ChangeRule id_collides{
    .rule = plan_rule("P1006", "layer-published-id-collision", Level::breaking,
                      "two layers are published under one identifier"),
    .level = Level::breaking,
    .effect = Effect::none,
    .area = Area::layer,
    .family = "P1006",
    .direction = Direction::more,
    .why = "The server can answer with one of them only; which one is not defined.",
    .advice = "give one of them another label",
    .before =
        "layer \"roads\" {\n  services = [\"wms\"]\n}\nlayer \"roads_wfs\" {\n  services = [\"wfs\"]\n}\n",
    .after =
        "layer \"roads\" {\n  services = [\"wms\", \"wfs\"]\n}\nlayer \"roads_wfs\" {\n  services = "
        "[\"wfs\"]\n}\n"};
constexpr ChangeRule id_free{
    .rule = plan_rule("P1506", "layer-published-id-collision-resolved", Level::risky,
                      "two layers are no longer published under one identifier"),
    .level = Level::risky,
    .effect = Effect::flush,
    .area = Area::layer,
    .family = "P1006",
    .direction = Direction::less,
    .why = "Clients that got one of the two layers may get the other one now.",
    .before =
        "layer \"roads\" {\n  services = [\"wms\", \"wfs\"]\n}\nlayer \"roads_wfs\" {\n  services = "
        "[\"wfs\"]\n}\n",
    .after =
        "layer \"roads\" {\n  services = [\"wms\"]\n}\nlayer \"roads_wfs\" {\n  services = [\"wfs\"]\n}\n"};
constexpr ChangeRule service_removed{
    .rule =
        plan_rule("P1010", "layer-service-removed", Level::breaking, "a service no longer publishes a layer"),
    .level = Level::breaking,
    .area = Area::layer,
    .family = "P1010",
    .direction = Direction::less,
    .why = "Clients of that service no longer find the layer.",
    .advice = "announce it, and keep the layer in the service until clients have moved",
    .before = "layer \"roads\" {\n  services = [\"ogc_api\", \"wfs\"]\n}\n",
    .after = "layer \"roads\" {\n  services = [\"ogc_api\"]\n}\n"};
constexpr ChangeRule service_added{
    .rule = plan_rule("P1011", "layer-service-added", Level::additive, "a further service publishes a layer"),
    .level = Level::additive,
    .area = Area::layer,
    .family = "P1010",
    .direction = Direction::more,
    .why = "Clients of that service find the layer. See P1005 for what it may do to those of other services.",
    .before = "layer \"roads\" {\n  services = [\"ogc_api\"]\n}\n",
    .after = "layer \"roads\" {\n  services = [\"ogc_api\", \"wfs\"]\n}\n"};
constexpr ChangeRule id_field_changed{
    .rule = plan_rule("P1020", "layer-id-field-changed", Level::breaking,
                      "another column identifies a layer's items"),
    .level = Level::breaking,
    .effect = Effect::flush,
    .area = Area::layer,
    .family = "P1020",
    .why =
        "Addresses of items, links, bookmarks, paging and edits that name an item mean another one or none.",
    .advice = "keep the column, or publish the data as a layer of its own",
    .before = "layer \"roads\" {\n  id_field = \"id\"\n}\n",
    .after = "layer \"roads\" {\n  id_field = \"gid\"\n}\n"};
constexpr ChangeRule display_field_changed{
    .rule = plan_rule("P1021", "layer-display-field-changed", Level::neutral,
                      "another column names a layer's items"),
    .area = Area::layer,
    .family = "P1021",
    .why = "People read other names; programs see no difference.",
    .before = "layer \"roads\" {\n  display_field = \"name\"\n}\n",
    .after = "layer \"roads\" {\n  display_field = \"label\"\n}\n"};
constexpr ChangeRule title_changed{
    .rule = plan_rule("P1022", "layer-title-changed", Level::neutral, "a layer's title is another one"),
    .area = Area::layer,
    .family = "P1022",
    .why = "Capabilities and lists of collections show another text.",
    .before = "layer \"roads\" {\n  title = \"Roads\"\n}\n",
    .after = "layer \"roads\" {\n  title = \"Streets\"\n}\n"};
constexpr ChangeRule description_changed{
    .rule = plan_rule("P1025", "layer-description-changed", Level::neutral,
                      "a layer's description is another one"),
    .area = Area::layer,
    .family = "P1025",
    .why = "Capabilities and lists of collections show another text.",
    .before = "layer \"roads\" {\n  description = \"a\"\n}\n",
    .after = "layer \"roads\" {\n  description = \"b\"\n}\n"};
constexpr ChangeRule table_changed{
    .rule = plan_rule("P1023", "layer-table-changed", Level::risky, "a layer shows another table or view"),
    .level = Level::risky,
    .effect = Effect::flush,
    .area = Area::layer,
    .family = "P1023",
    .why =
        "Clients get other rows, perhaps with other columns, and rows that were not public may become so. "
        "The "
        "tables themselves are not compared.",
    .advice = "compare the two tables, and look at what the new one would publish",
    .before = "layer \"roads\" {\n  table = \"roads\"\n}\n",
    .after = "layer \"roads\" {\n  table = \"roads_2024\"\n}\n"};
constexpr ChangeRule source_changed{
    .rule = plan_rule("P1024", "layer-data-source-changed", Level::risky,
                      "a layer's data come from another source"),
    .level = Level::risky,
    .effect = Effect::flush,
    .area = Area::layer,
    .family = "P1024",
    .why =
        "Clients get the rows of another database. Breaking where its kind is another one: types, collation "
        "and "
        "identifiers differ.",
    .advice = "compare the two tables",
    .before =
        "data_source \"archive\" {\n  provider = \"postgresql\"\n}\nlayer \"roads\" {\n  data_source = "
        "data_source.db\n}\n",
    .after =
        "data_source \"archive\" {\n  provider = \"postgresql\"\n}\nlayer \"roads\" {\n  data_source = "
        "data_source.archive\n}\n"};
constexpr ChangeRule srid_changed{.rule = plan_rule("P1030", "layer-srid-changed", Level::breaking,
                                                    "a layer's geometries are in another reference system"),
                                  .level = Level::breaking,
                                  .effect = Effect::migrate,
                                  .area = Area::layer,
                                  .family = "P1030",
                                  .why =
                                      "Coordinates that come without a request for a system change their "
                                      "meaning; tiles and cached answers are "
                                      "wrong; the stored data have to be in that system.",
                                  .advice = "transform the data first, and flush what was cached",
                                  .before = "layer \"roads\" {\n  geometry {\n    srid = 4326\n  }\n}\n",
                                  .after = "layer \"roads\" {\n  geometry {\n    srid = 25832\n  }\n}\n"};
constexpr ChangeRule geometry_type_changed{
    .rule = plan_rule("P1031", "layer-geometry-type-changed", Level::breaking,
                      "a layer's geometries are of another kind"),
    .level = Level::breaking,
    .effect = Effect::flush,
    .area = Area::layer,
    .family = "P1031",
    .why = "Styles, editors and schemas of clients are made for one kind of geometry.",
    .advice = "publish the other geometries as a layer of their own",
    .before = "layer \"roads\" {\n  geometry {\n    type = \"Point\"\n  }\n}\n",
    .after = "layer \"roads\" {\n  geometry {\n    type = \"Polygon\"\n  }\n}\n"};
constexpr ChangeRule geometry_type_widened{
    .rule = plan_rule("P1032", "layer-geometry-type-widened", Level::risky,
                      "a layer's geometries may be of more kinds"),
    .level = Level::risky,
    .effect = Effect::flush,
    .area = Area::layer,
    .family = "P1032",
    .direction = Direction::more,
    .why = "Clients that read single geometries may not read collections of them.",
    .before = "layer \"roads\" {\n  geometry {\n    type = \"Polygon\"\n  }\n}\n",
    .after = "layer \"roads\" {\n  geometry {\n    type = \"MultiPolygon\"\n  }\n}\n"};
constexpr ChangeRule geometry_type_narrowed{
    .rule = plan_rule("P1033", "layer-geometry-type-narrowed", Level::risky,
                      "a layer's geometries may be of fewer kinds"),
    .level = Level::risky,
    .effect = Effect::flush,
    .area = Area::layer,
    .family = "P1032",
    .direction = Direction::less,
    .why = "Rows with geometries of the other kinds no longer fit.",
    .advice = "look for rows that do not fit before it is live",
    .before = "layer \"roads\" {\n  geometry {\n    type = \"MultiPolygon\"\n  }\n}\n",
    .after = "layer \"roads\" {\n  geometry {\n    type = \"Polygon\"\n  }\n}\n"};
constexpr ChangeRule geometry_removed{
    .rule = plan_rule("P1034", "layer-geometry-removed", Level::breaking, "a layer has no geometry any more"),
    .level = Level::breaking,
    .effect = Effect::flush,
    .area = Area::layer,
    .family = "P1034",
    .direction = Direction::less,
    .why = "Maps show nothing, and requests with a bounding box fail.",
    .before = "layer \"roads\" {\n  geometry {\n    column = \"geom\"\n    type = \"Point\"\n  }\n}\n",
    .after = "layer \"roads\" {\n  geometry = null\n}\n"};
constexpr ChangeRule geometry_added{
    .rule = plan_rule("P1534", "layer-geometry-added", Level::risky, "a layer without geometry gets one"),
    .level = Level::risky,
    .effect = Effect::flush,
    .area = Area::layer,
    .family = "P1034",
    .direction = Direction::more,
    .why = "Answers grow, and clients that took the layer for a table may not expect geometries.",
    .before = "layer \"roads\" {\n  geometry = null\n}\n",
    .after = "layer \"roads\" {\n  geometry {\n    column = \"geom\"\n    type = \"Point\"\n  }\n}\n"};
constexpr ChangeRule geometry_column_changed{
    .rule = plan_rule("P1035", "layer-geometry-column-changed", Level::risky,
                      "a layer's geometries come from another column"),
    .level = Level::risky,
    .effect = Effect::flush,
    .area = Area::layer,
    .family = "P1035",
    .why =
        "Clients may get other geometries. In WFS the property has the column's name: filters and schemas "
        "that "
        "use it break.",
    .before = "layer \"roads\" {\n  geometry {\n    column = \"geom\"\n  }\n}\n",
    .after = "layer \"roads\" {\n  geometry {\n    column = \"shape\"\n  }\n}\n"};
constexpr ChangeRule geometry_type_case{
    .rule = plan_rule("P1036", "layer-geometry-type-case", Level::neutral,
                      "the kind of a layer's geometries is spelt otherwise"),
    .effect = Effect::none,
    .area = Area::layer,
    .family = "P1036",
    .why = "It is the same kind.",
    .before = "layer \"roads\" {\n  geometry {\n    type = \"point\"\n  }\n}\n",
    .after = "layer \"roads\" {\n  geometry {\n    type = \"Point\"\n  }\n}\n"};
constexpr ChangeRule introspection_on{
    .rule = plan_rule("P1040", "layer-introspection-on", Level::risky,
                      "a layer publishes all columns of its table"),
    .level = Level::risky,
    .security = Security::weaker,
    .area = Area::layer,
    .family = "P1040",
    .direction = Direction::more,
    .why = "Columns that nobody listed appear, now and whenever the table gets one.",
    .advice = "list the columns to publish in `fields`, and leave introspection off",
    .before = "layer \"roads\" {\n  introspect_fields = false\n}\n",
    .after = "layer \"roads\" {\n  introspect_fields = true\n}\n"};
constexpr ChangeRule introspection_off{.rule = plan_rule("P1540", "layer-introspection-off", Level::risky,
                                                         "a layer publishes only the columns it lists"),
                                       .level = Level::risky,
                                       .security = Security::stronger,
                                       .area = Area::layer,
                                       .family = "P1040",
                                       .direction = Direction::less,
                                       .why = "Columns that are not listed disappear from answers.",
                                       .advice = "list every column that clients use in `fields`",
                                       .before = "layer \"roads\" {\n  introspect_fields = true\n}\n",
                                       .after = "layer \"roads\" {\n  introspect_fields = false\n}\n"};
constexpr ChangeRule anonymous_on{
    .rule = plan_rule("P1050", "layer-anonymous-read-enabled", Level::additive, "everyone may read a layer"),
    .level = Level::additive,
    .security = Security::weaker,
    .area = Area::layer,
    .family = "P1050",
    .direction = Direction::more,
    .why = "Whoever reaches the server gets the data.",
    .before = "layer \"roads\" {\n  permissions {\n    allow_anonymous_read = false\n  }\n}\n",
    .after = "layer \"roads\" {\n  permissions {\n    allow_anonymous_read = true\n  }\n}\n"};
constexpr ChangeRule anonymous_off{
    .rule =
        plan_rule("P1550", "layer-anonymous-read-disabled", Level::breaking, "reading a layer needs a user"),
    .level = Level::breaking,
    .security = Security::stronger,
    .area = Area::layer,
    .family = "P1050",
    .direction = Direction::less,
    .why = "Clients that do not sign in are refused.",
    .advice = "tell the layer's users before it is live",
    .before = "layer \"roads\" {\n  permissions {\n    allow_anonymous_read = true\n  }\n}\n",
    .after = "layer \"roads\" {\n  permissions {\n    allow_anonymous_read = false\n  }\n}\n"};
constexpr ChangeRule write_auth_removed{
    .rule =
        plan_rule("P1051", "layer-write-auth-removed", Level::additive, "writing to a layer needs no user"),
    .level = Level::additive,
    .security = Security::weaker,
    .area = Area::layer,
    .family = "P1051",
    .direction = Direction::more,
    .why = "Whoever reaches the server can change the data, where a service takes changes.",
    .before = "layer \"roads\" {\n  permissions {\n    require_auth_write = true\n  }\n}\n",
    .after = "layer \"roads\" {\n  permissions {\n    require_auth_write = false\n  }\n}\n"};
constexpr ChangeRule write_auth_added{
    .rule = plan_rule("P1551", "layer-write-auth-added", Level::breaking, "writing to a layer needs a user"),
    .level = Level::breaking,
    .security = Security::stronger,
    .area = Area::layer,
    .family = "P1051",
    .direction = Direction::less,
    .why = "Clients that write without signing in are refused.",
    .before = "layer \"roads\" {\n  permissions {\n    require_auth_write = false\n  }\n}\n",
    .after = "layer \"roads\" {\n  permissions {\n    require_auth_write = true\n  }\n}\n"};
constexpr ChangeRule cache_ttl_raised{
    .rule = plan_rule("P1060", "layer-cache-ttl-raised", Level::neutral, "a layer's answers are kept longer"),
    .effect = Effect::reload,
    .area = Area::layer,
    .family = "P1060",
    .direction = Direction::more,
    .why = "Clients may see changed data later; the databases are asked less.",
    .before = "layer \"roads\" {\n  cache {\n    ttl = 60\n  }\n}\n",
    .after = "layer \"roads\" {\n  cache {\n    ttl = 600\n  }\n}\n"};
constexpr ChangeRule cache_ttl_lowered{.rule = plan_rule("P1560", "layer-cache-ttl-lowered", Level::neutral,
                                                         "a layer's answers are kept less long"),
                                       .effect = Effect::reload,
                                       .area = Area::layer,
                                       .family = "P1060",
                                       .direction = Direction::less,
                                       .why = "The databases are asked more often.",
                                       .before = "layer \"roads\" {\n  cache {\n    ttl = 600\n  }\n}\n",
                                       .after = "layer \"roads\" {\n  cache {\n    ttl = 60\n  }\n}\n"};
constexpr ChangeRule cache_disabled{
    .rule =
        plan_rule("P1061", "layer-cache-disabled", Level::risky, "a layer's answers are no longer cached"),
    .level = Level::risky,
    .effect = Effect::reload,
    .area = Area::layer,
    .family = "P1061",
    .direction = Direction::less,
    .why = "Every request goes to the database: it may be too slow for the load.",
    .before = "layer \"roads\" {\n  cache {\n    enabled = true\n  }\n}\n",
    .after = "layer \"roads\" {\n  cache {\n    enabled = false\n  }\n}\n"};
constexpr ChangeRule cache_enabled{
    .rule = plan_rule("P1561", "layer-cache-enabled", Level::neutral, "a layer's answers are cached"),
    .effect = Effect::reload,
    .area = Area::layer,
    .family = "P1061",
    .direction = Direction::more,
    .why = "Clients may see changed data later.",
    .before = "layer \"roads\" {\n  cache {\n    enabled = false\n  }\n}\n",
    .after = "layer \"roads\" {\n  cache {\n    enabled = true\n  }\n}\n"};
constexpr ChangeRule cache_moved{
    .rule = plan_rule("P1062", "layer-cache-moved", Level::neutral, "another cache keeps a layer's answers"),
    .effect = Effect::flush,
    .area = Area::layer,
    .family = "P1062",
    .why = "The new cache is empty: the databases are asked more until it has filled.",
    .before =
        "cache \"near\" {\n  type = \"memory\"\n}\ncache \"far\" {\n  type = \"memory\"\n}\nlayer \"roads\" "
        "{\n  "
        "cache {\n    cache_ref = cache.near\n  }\n}\n",
    .after =
        "cache \"near\" {\n  type = \"memory\"\n}\ncache \"far\" {\n  type = \"memory\"\n}\nlayer \"roads\" "
        "{\n  "
        "cache {\n    cache_ref = cache.far\n  }\n}\n"};
constexpr ChangeRule other_changed{
    .rule = plan_rule("P1090", "layer-setting-changed", Level::risky,
                      "a setting of a layer changed whose meaning is not known here"),
    .level = Level::risky,
    .area = Area::layer,
    .family = "P1090",
    .why = "No schema knows the setting: what the server makes of it cannot be told."};

constexpr std::array all_rules = {&removed,
                                  &added,
                                  &unreachable_removed,
                                  &unreachable_added,
                                  &relabelled,
                                  &id_changed,
                                  &id_collides,
                                  &id_free,
                                  &service_removed,
                                  &service_added,
                                  &id_field_changed,
                                  &display_field_changed,
                                  &title_changed,
                                  &description_changed,
                                  &table_changed,
                                  &source_changed,
                                  &srid_changed,
                                  &geometry_type_changed,
                                  &geometry_type_widened,
                                  &geometry_type_narrowed,
                                  &geometry_removed,
                                  &geometry_added,
                                  &geometry_column_changed,
                                  &geometry_type_case,
                                  &introspection_on,
                                  &introspection_off,
                                  &anonymous_on,
                                  &anonymous_off,
                                  &write_auth_removed,
                                  &write_auth_added,
                                  &cache_ttl_raised,
                                  &cache_ttl_lowered,
                                  &cache_disabled,
                                  &cache_enabled,
                                  &cache_moved,
                                  &other_changed};

// --- Publication

std::string quoted_address(const BlockPair& block) { return quoted(address_of(block)); }

// A layer as one side publishes it.
struct Publication {
  const PublishedModel& model;
  std::string label;
  std::map<std::string, std::string> ids;  // by service; none where there is no such layer
};

Publication publication_before(const BlockPair& block, const Grader& grader) {
  const std::string& label = block.is_moved() ? block.old_label : block.label;
  return {grader.before(), label, grader.before().ids_of(label, block.before)};
}

Publication publication_after(const BlockPair& block, const Grader& grader) {
  return {grader.after(), block.label, grader.after().ids_of(block.label, block.after)};
}

// An element of a list has no name; its value tells it apart.
std::string element_address(const std::string& list, const std::string& element) {
  return list + "[" + syntax::quoted_string(element) + "]";
}

Subject element_of(const Difference& difference, const std::string& element) {
  Subject subject = subject_of(difference);
  subject.address = element_address(subject.address, element);
  return subject;
}

// Collisions that one side has and the other one has not.
void grade_collisions(const BlockPair& block, const Publication& here, const Publication& there,
                      const ChangeRule& rule, Grader& grader) {
  for (const auto& [service, id] : here.ids) {
    const std::string other = here.model.other_with_id(id, here.label);
    if (other.empty()) continue;
    const auto same = there.ids.find(service);
    const bool was_there =
        same != there.ids.end() && same->second == id && there.model.other_with_id(id, there.label) == other;
    if (was_there) continue;
    std::string message = "the identifier " + quoted(id);
    message.append(" of ").append(quoted_address(block)).append(" in `service.").append(service);
    message.append("` is also that of `layer.").append(other).append("`");
    grader.report(rule, Subject{element_address(address_of(block) + ".services", service), {}, {}, &block},
                  std::move(message));
  }
}

void grade_collisions(const BlockPair& block, const Publication& from, const Publication& to,
                      Grader& grader) {
  grade_collisions(block, to, from, id_collides, grader);
  grade_collisions(block, from, to, id_free, grader);
}

std::string list_of_ids(const std::map<std::string, std::string>& ids) {
  std::set<std::string> names;
  for (const auto& [service, id] : ids) names.insert(id);
  return listed(names);
}

// What the services that publish a layer make of it. `from` and `to`: identifiers by service.
void grade_publication(const Difference& difference, Grader& grader) {
  const BlockPair& block = *difference.block;
  if (PublishedModel::has_undecided_services(block.before) ||
      PublishedModel::has_undecided_services(block.after))
    return grader.report_undecided(difference);
  const Publication from = publication_before(block, grader);
  const Publication to = publication_after(block, grader);
  const auto before = PublishedModel::services_of(block.before);
  const auto after = PublishedModel::services_of(block.after);
  for (const std::string& one : missing_in(before, after)) {
    Change& made = grader.report(service_removed, element_of(difference, one),
                                 "`service." + one + "` no longer publishes " + quoted_address(block));
    if (!from.ids.contains(one)) made.level = Level::neutral;
  }
  for (const std::string& one : missing_in(after, before)) {
    const bool is_offered = to.ids.contains(one);
    Change& made = grader.report(
        service_added, element_of(difference, one),
        is_offered ? "`service." + one + "` publishes " + quoted_address(block)
                   : "`service." + one + "`, which is not offered, lists " + quoted_address(block));
    if (!is_offered) made.level = Level::neutral;
  }
  // That a moved layer has other identifiers is said of the move.
  if (block.is_moved()) return;
  std::map<std::string, std::string> was;
  std::map<std::string, std::string> becomes;
  for (const auto& [service, id] : from.ids) {
    const auto now = to.ids.find(service);
    if (now == to.ids.end() || now->second == id) continue;
    was[service] = id;
    becomes[service] = now->second;
  }
  if (!was.empty()) {
    Change& made = grader.report(id_changed, difference,
                                 "clients know " + quoted_address(block) + " as " + list_of_ids(was) +
                                     ": it becomes " + list_of_ids(becomes));
    // Its label alone becomes the identifier where one service is left.
    if (before.size() > after.size())
      made.advice = "keep the layer in both services until clients have moved";
  }
  grade_collisions(block, from, to, grader);
}

// --- Settings

void grade_id_field(const Difference& difference, Grader& grader) {
  grader.report(id_field_changed, difference,
                "the items of " + quoted_address(*difference.block) +
                    " are identified by another column: " + from_to(difference));
}

void grade_display_field(const Difference& difference, Grader& grader) {
  grader.report(display_field_changed, difference,
                "the items of " + quoted_address(*difference.block) +
                    " are named by another column: " + from_to(difference));
}

void grade_title(const Difference& difference, Grader& grader) {
  grader.report(title_changed, difference,
                "the title of " + quoted_address(*difference.block) + " changes from " + from_to(difference));
}

void grade_description(const Difference& difference, Grader& grader) {
  grader.report(
      description_changed, difference,
      "the description of " + quoted_address(*difference.block) + " changes from " + from_to(difference));
}

void grade_table(const Difference& difference, Grader& grader) {
  grader.report(table_changed, difference,
                quoted_address(*difference.block) + " shows another table: " + from_to(difference));
}

std::string provider_of(const snapshot::Document& document, const std::string& label) {
  const snapshot::BlockEntry* block = document.find(config::BlockType::data_source, label);
  if (block == nullptr) return "";
  const syntax::Tree tree = document.parse(*block);
  return text::to_lower(Node(tree.expression()).member("provider").text().value_or(""));
}

// A source as it stands in a snapshot; "" if there is none.
std::string source_text(const snapshot::Document& document, const std::string& label) {
  const snapshot::BlockEntry* block = document.find(config::BlockType::data_source, label);
  return block == nullptr ? "" : std::string(document.text(*block));
}

void grade_source(const Difference& difference, Grader& grader) {
  Change& made = grader.report(source_changed, difference,
                               "the data of " + quoted_address(*difference.block) +
                                   " come from another source: " + from_to(difference));
  const auto labels = texts(difference);
  if (!labels || made.level == Level::neutral) return;
  const std::string source = source_text(grader.document_before(), labels->before);
  if (!source.empty() && source == source_text(grader.document_after(), labels->after)) {
    made.level = Level::neutral;
    made.effect = Effect::reload;
    made.message += ", which is the same under another label";
    made.advice.clear();
    return;
  }
  const std::string from = provider_of(grader.document_before(), labels->before);
  const std::string to = provider_of(grader.document_after(), labels->after);
  if (from != to && !from.empty() && !to.empty()) made.level = Level::breaking;
}

// --- Geometry

void grade_geometry(const Difference& difference, Grader& grader) {
  const bool is_removed = !difference.after.is_given();
  if (difference.before.is_given() && !is_removed) return grader.report_undecided(difference);
  grader.report(
      is_removed ? geometry_removed : geometry_added, difference,
      quoted_address(*difference.block) + (is_removed ? " has no geometry any more" : " gets a geometry"));
}

void grade_srid(const Difference& difference, Grader& grader) {
  grader.report(srid_changed, difference,
                "the geometries of " + quoted_address(*difference.block) +
                    " are in another reference system: " + from_to(difference));
}

void grade_geometry_column(const Difference& difference, Grader& grader) {
  Change& made = grader.report(geometry_column_changed, difference,
                               "the geometries of " + quoted_address(*difference.block) +
                                   " come from another column: " + from_to(difference));
  const bool in_wfs = grader.before().is_in_type(difference.block->before, "wfs") &&
                      grader.after().is_in_type(difference.block->after, "wfs");
  if (in_wfs && made.level == Level::risky) made.level = Level::breaking;
}

// Whether all geometries of one kind are of the other one, too.
bool is_wider(std::string_view wide, std::string_view narrow) {
  if (wide == "geometry") return true;
  if (wide == "geometrycollection") return narrow.starts_with("multi");
  return wide == "multi" + std::string(narrow);
}

void grade_geometry_type(const Difference& difference, Grader& grader) {
  const auto types = texts(difference);
  if (!types) return grader.report_undecided(difference);
  const std::string from = text::to_lower(types->before);
  const std::string to = text::to_lower(types->after);
  const ChangeRule& rule = from == to           ? geometry_type_case
                           : is_wider(to, from) ? geometry_type_widened
                           : is_wider(from, to) ? geometry_type_narrowed
                                                : geometry_type_changed;
  grader.report(rule, difference,
                "the geometries of " + quoted_address(*difference.block) +
                    " change their kind: " + from_to(difference));
}

// --- Switches

void grade_flag(const Difference& difference, const ChangeRule& on, const ChangeRule& off,
                std::string_view what, Grader& grader) {
  const auto both = flags(difference);
  if (!both) return grader.report_undecided(difference);
  if (both->before == both->after) return;
  grader.report(both->after ? on : off, difference,
                std::string(what) + " " + quoted_address(*difference.block) + ": " + from_to(difference));
}

void grade_introspection(const Difference& difference, Grader& grader) {
  grade_flag(difference, introspection_on, introspection_off, "publishing all columns of", grader);
}

void grade_anonymous_read(const Difference& difference, Grader& grader) {
  grade_flag(difference, anonymous_on, anonymous_off, "reading without a user from", grader);
}

void grade_write_auth(const Difference& difference, Grader& grader) {
  grade_flag(difference, write_auth_added, write_auth_removed, "writing only with a user to", grader);
}

void grade_cache_enabled(const Difference& difference, Grader& grader) {
  grade_flag(difference, cache_enabled, cache_disabled, "caching answers of", grader);
}

void grade_cache_ttl(const Difference& difference, Grader& grader) {
  const auto both = numbers(difference, 0);
  if (!both) return grader.report_undecided(difference);
  grader.report(both->after > both->before ? cache_ttl_raised : cache_ttl_lowered, difference,
                "answers of " + quoted_address(*difference.block) +
                    " are kept for another time: " + from_to(difference));
}

void grade_cache_reference(const Difference& difference, Grader& grader) {
  grader.report(
      cache_moved, difference,
      "answers of " + quoted_address(*difference.block) + " are kept elsewhere: " + from_to(difference));
}

// --- Whole layers

void grade_added(const BlockPair& block, Grader& grader) {
  const bool is_published = grader.after().is_published(block.after);
  const Publication now = publication_after(block, grader);
  grader.report(is_published ? added : unreachable_added, block,
                is_published ? quoted_address(block) + " is published as " + list_of_ids(now.ids)
                             : quoted_address(block) + " is added, and no enabled service publishes it");
  grade_collisions(block, publication_before(block, grader), now, grader);
}

void grade_removed(const BlockPair& block, Grader& grader) {
  const bool was_published = grader.before().is_published(block.before);
  const Publication was = publication_before(block, grader);
  grader.report(was_published ? removed : unreachable_removed, block,
                was_published
                    ? quoted_address(block) + ", which clients know as " + list_of_ids(was.ids) + ", is gone"
                    : quoted_address(block) + ", which no enabled service published, is gone");
  grade_collisions(block, was, publication_after(block, grader), grader);
}

bool is_unreachable(const BlockPair& block, const Grader& grader) {
  return !grader.before().is_published(block.before) && !grader.after().is_published(block.after);
}

}  // namespace

void grade_relabelled(const BlockPair& block, Grader& grader) {
  const Publication from = publication_before(block, grader);
  const Publication to = publication_after(block, grader);
  std::string message = quoted("layer." + block.old_label) + " is called " + quoted_address(block) + " now";
  if (!from.ids.empty()) message += "; clients know it as " + list_of_ids(from.ids);
  if (!from.ids.empty() && !to.ids.empty()) message += ": it becomes " + list_of_ids(to.ids);
  grader.report(relabelled, block, std::move(message));
  grade_collisions(block, from, to, grader);
}

namespace rules {

std::span<const ChangeRule* const> layer_rules() { return all_rules; }

}  // namespace rules

namespace {

constexpr std::array layer_table = {Handler{"services", &grade_publication, true},
                                    Handler{"id_field", &grade_id_field},
                                    Handler{"display_field", &grade_display_field, true},
                                    Handler{"title", &grade_title, true},
                                    Handler{"description", &grade_description, true},
                                    Handler{"table", &grade_table},
                                    Handler{"data_source", &grade_source},
                                    Handler{"geometry", &grade_geometry},
                                    Handler{"geometry.srid", &grade_srid},
                                    Handler{"geometry.column", &grade_geometry_column},
                                    Handler{"geometry.type", &grade_geometry_type},
                                    Handler{"introspect_fields", &grade_introspection},
                                    Handler{"permissions.allow_anonymous_read", &grade_anonymous_read},
                                    Handler{"permissions.require_auth_write", &grade_write_auth},
                                    Handler{"cache.enabled", &grade_cache_enabled},
                                    Handler{"cache.ttl", &grade_cache_ttl},
                                    Handler{"cache.cache_ref", &grade_cache_reference},
                                    Handler{"fields.*", &grade_field},
                                    Handler{"fields.*.type", &grade_field_type},
                                    Handler{"fields.*.nullable", &grade_field_nullable},
                                    Handler{"fields.*.*", &grade_field_other}};
constexpr std::array<std::string_view, 2> layer_wholes = {"geometry", "fields.*"};

}  // namespace

const BlockHandlers layer_handlers{config::BlockType::layer, layer_table,  layer_wholes,
                                   &grade_as<other_changed>, &grade_added, &grade_removed,
                                   &is_unreachable};

}  // namespace honua::planning
