// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "migration/legacy_names.h"
#include "migration/mappers.h"
#include "migration/rules.h"
#include "rendering/names.h"
#include "rendering/quoted_text.h"
#include "text/sanitize.h"
#include "text/unicode.h"
#include "text/words.h"

namespace honua::migration {

namespace {

constexpr std::string_view ogc_api = "ogc_api";
constexpr std::string_view geoservices_rest = "geoservices_rest";

// Switches of `ogc.exportFormats`, and what they are called now.
struct ExportFormat {
  std::string_view old_name;
  std::string_view name;
};
constexpr auto export_formats = std::to_array<ExportFormat>({
    {"csvEnabled", "csv_enabled"},
    {"kmlEnabled", "kml_enabled"},
    {"kmzEnabled", "kmz_enabled"},
    {"shapefileEnabled", "shapefile_enabled"},
    {"geoPackageEnabled", "geopackage_enabled"},
    {"flatGeobufEnabled", "flatgeobuf_enabled"},
    {"geoArrowEnabled", "geoarrow_enabled"},
    {"geoParquetEnabled", "geoparquet_enabled"},
    {"pmTilesEnabled", "pmtiles_enabled"},
    {"topoJsonEnabled", "topojson_enabled"},
});

// Whether operations of Esri's services change data.
bool allows_editing(std::string_view capabilities) {
  constexpr auto words = std::to_array<std::string_view>({"create", "update", "delete", "editing"});
  const std::string lower = text::ascii_lower(capabilities);
  return std::ranges::any_of(words,
                             [&](std::string_view one) { return lower.find(one) != std::string::npos; });
}

}  // namespace

ServiceGroup* Services::find(std::string_view id) {
  const auto found = by_id_.find(text::to_lower(id));
  return found == by_id_.end() ? nullptr : found->second;
}

BlockNumber Services::block_of(std::string_view type) {
  const auto found = blocks_.find(type);
  if (found != blocks_.end()) return found->second;
  const BlockNumber block = context_.add_block("service", std::string(type));
  context_.block(block).assume({"enabled"}, "true");
  blocks_.emplace(type, block);
  return block;
}

const std::string& Services::listing_of(ServiceGroup& group) {
  if (!group.listed.empty()) return group.listed;
  std::vector<std::string> services;
  for (const std::string_view type : group.types) {
    (void)block_of(type);
    services.push_back(rendering::reference_to("service", type));
  }
  group.listed = list_of(services);
  return group.listed;
}

ServiceGroup* Services::add(const LegacyValue& service) {
  const LegacyObject members{service};
  const auto id = read_id(service, members, "service", ids_, context_);
  if (!id) return nullptr;
  ServiceGroup group;
  group.id = id->text();
  context_.keep(*id, "a service is a protocol now, and its groups of layers have no names");
  if (const auto enabled = context_.find(members, "enabled", ValueKind::boolean)) {
    if (enabled->boolean())
      context_.claim_default(*enabled);
    else
      group.obstacle = "its service " + text::quoted(group.id) + " was switched off";
  }
  group.data_source_id = context_.find_text(members, "dataSourceId");
  group.provider = context_.find_text(members, "provider");
  said_.clear();
  const LegacyObject ogc{context_.find(members, "ogc", ValueKind::object)};
  if (members.find("ogc")) read_ogc(ogc, group);
  const auto geoservices = find_geoservices(members);
  if (geoservices) read_geoservices(LegacyObject{geoservices}, group);
  read_types(members, *id, group);
  switch_types(group);
  if (group.obstacle.empty()) {
    claim_types(group);
    read_settings(ogc, LegacyObject{geoservices}, group);
  }
  const bool is_served = group.obstacle.empty() && !group.types.empty();
  if (is_served) context_.keep_above(block_of(group.types.front()), service);
  ServiceGroup& added = groups_.emplace_back(std::move(group));
  by_id_.emplace(text::to_lower(added.id), &added);
  return &added;
}

// `esri` is what one of the schemas calls it.
std::optional<LegacyValue> Services::find_geoservices(const LegacyObject& service) {
  const auto geoservices = context_.find(service, "geoservices", ValueKind::object);
  if (geoservices) return geoservices;
  const auto esri = service.find("esri");
  return esri && esri->is(ValueKind::object) ? esri : std::nullopt;
}

void Services::read_ogc(const LegacyObject& ogc, ServiceGroup& group) {
  // Collections are on where there is an `ogc` at all.
  const auto collections = context_.find(ogc, "collectionsEnabled", ValueKind::boolean);
  if (collections && !collections->boolean()) {
    context_.claim_default(*collections, "the service's layers are not listed by `service.ogc_api`");
  } else {
    group.types.push_back(ogc_api);
    if (collections) said_.push_back({*collections, ogc_api, Outcome::converted, ""});
  }
  for (const std::string_view type : {"wfs", "wms", "wmts", "csw", "wcs"}) {
    const auto is_on = context_.find(ogc, std::string(type) + "Enabled", ValueKind::boolean);
    if (!is_on) continue;
    if (!is_on->boolean()) {
      context_.claim_default(*is_on, "its layers are not listed by that service");
      continue;
    }
    group.types.push_back(type);
    said_.push_back({*is_on, type, Outcome::converted, ""});
  }
}

void Services::read_geoservices(const LegacyObject& geoservices, ServiceGroup& group) {
  const auto enabled = context_.find(geoservices, "enabled", ValueKind::boolean);
  if (enabled && !enabled->boolean()) return context_.claim_default(*enabled);
  group.types.push_back(geoservices_rest);
  if (enabled) said_.push_back({*enabled, geoservices_rest, Outcome::converted, ""});
}

// What switches services on is of use where the group is served.
void Services::claim_types(const ServiceGroup& group) {
  for (const std::string_view type : group.types) ++users_[type];
  for (const Said& one : said_) context_.claim_block(one.value, one.outcome, block_of(one.type), one.note);
}

// What a group says of services that it uses: another one has no say about them.
void Services::read_settings(const LegacyObject& ogc, const LegacyObject& geoservices,
                             const ServiceGroup& group) {
  const auto uses = [&](std::string_view type) {
    return std::ranges::find(group.types, type) != group.types.end();
  };
  if (uses(geoservices_rest)) {
    if (const auto capabilities = context_.find_text(geoservices, "capabilities"))
      editing_votes_.push_back({"enable_editing", *capabilities});
  }
  if (!uses(ogc_api)) return;
  const auto collect = [&](std::string_view name, ValueKind kind, std::vector<LegacyValue>& values) {
    if (const auto value = context_.find(ogc, name, kind)) values.push_back(*value);
  };
  collect("itemLimit", ValueKind::number, limits_);
  collect("defaultCrs", ValueKind::string, default_systems_);
  collect("additionalCrs", ValueKind::array, additional_systems_);
  collect("conformanceClasses", ValueKind::array, conformance_);
  if (const auto formats = context_.find(ogc, "exportFormats", ValueKind::object)) read_formats(*formats);
}

void Services::read_formats(const LegacyValue& formats) {
  const LegacyObject members{formats};
  for (const std::string_view always : {"geoJsonEnabled", "htmlEnabled"}) {
    const auto is_on = context_.find(members, always, ValueKind::boolean);
    if (is_on && is_on->boolean()) context_.claim_default(*is_on, "the server always offers it");
  }
  for (const ExportFormat& one : export_formats) {
    const auto is_on = context_.find(members, one.old_name, ValueKind::boolean);
    if (is_on) format_votes_.push_back({std::string(one.name), *is_on});
  }
}

void Services::read_types(const LegacyObject& service, const LegacyValue& id, ServiceGroup& group) {
  auto type = context_.find_text(service, "serviceType");
  const auto other = context_.find_text(service, "type");
  if (type && other)
    context_.account().claim(*other, Outcome::merged, {},
                             is_same_name(type->text(), other->text()) ? "" : "`serviceType` counts");
  if (!type) type = other;
  if (type) add_type(*type, group, false);
  if (const auto types = context_.find(service, "serviceTypes", ValueKind::array)) {
    types->each_element([&](const LegacyValue& one) {
      const LegacyObject members{one};
      const auto is_on = context_.find(members, "enabled", ValueKind::boolean);
      const auto name = one.is(ValueKind::string) ? std::optional(one) : context_.find_text(members, "type");
      if (is_on) context_.claim_default(*is_on);
      if (name && (!is_on || is_on->boolean())) add_type(*name, group, true);
    });
  }
  // A group that says nothing at all is one of features.
  if (group.types.empty() && !type) group.types.push_back(ogc_api);
  std::ranges::sort(group.types);
  const auto repeated = std::ranges::unique(group.types);
  group.types.erase(repeated.begin(), repeated.end());
  if (group.types.empty())
    context_
        .report(rules::service_type_unknown, type ? *type : id,
                "no service publishes the layers of " + text::quoted(group.id))
        .suggest("add the services that shall publish them to their `services`");
}

// What the settings switch off or on for all groups.
void Services::switch_types(ServiceGroup& group) {
  const auto is_off = [&](std::string_view type) {
    const auto found = switches_.find(type);
    return found != switches_.end() && !found->second;
  };
  const bool had_any = !group.types.empty();
  std::erase_if(group.types, is_off);
  const auto odata = switches_.find("odata");
  const bool has_odata = odata != switches_.end() && odata->second;
  if (had_any && has_odata && std::ranges::find(group.types, odata->first) == group.types.end())
    group.types.insert(std::ranges::upper_bound(group.types, odata->first), odata->first);
  if (had_any && group.types.empty() && group.obstacle.empty())
    group.obstacle = "the settings switch off the services of " + text::quoted(group.id);
}

void Services::add_type(const LegacyValue& named, ServiceGroup& group, bool counts_alone) {
  const std::string type = text::ascii_lower(text::trimmed(named.text()));
  // Pictures, and what they are made of.
  if (type == "raster") {
    for (const std::string_view one : {"wms", "wcs"}) group.types.push_back(one);
    said_.push_back(
        {named, "wms", Outcome::converted, "a service of rasters is one of maps and one of coverages"});
    return;
  }
  const auto found = convert_service_type(named.text());
  if (!found) return context_.keep(named, "it means no protocol that the server has");
  // `feature` says no more than that there are features: protocols that are switched on say which.
  const bool is_generic = !counts_alone && (type.empty() || type == "feature");
  if (is_generic && !group.types.empty()) {
    said_.push_back({named, group.types.front(), Outcome::merged, "protocols are switched on"});
    return;
  }
  group.types.push_back(found->name);
  said_.push_back({named, found->name, Outcome::converted, found->note});
}

void Services::add_geometry_service(const LegacyValue& service) {
  const LegacyObject members{service};
  const auto enabled = context_.find(members, "enabled", ValueKind::boolean);
  if (!enabled) return;
  const BlockNumber block = block_of("geometry");
  context_.block(block).set({"enabled"}, enabled->boolean() ? "true" : "false");
  context_.claim(*enabled, Outcome::mapped, block, {"enabled"});
}

void Services::take_smallest(const std::vector<LegacyValue>& limits) {
  std::vector<LegacyValue> fit;
  for (const LegacyValue& one : limits) {
    if (one.count()) {
      fit.push_back(one);
    } else {
      context_.keep(one, "it is no number of items");
      context_.report(rules::value_left_out, one, "the limit is no number of items, and is left out");
    }
  }
  if (fit.empty()) return;
  const auto smallest =
      std::ranges::min_element(fit, {}, [](const LegacyValue& one) { return *one.count(); });
  const BlockNumber block = block_of(ogc_api);
  // The one that the documentation has, and the one that the server reads.
  for (const char* name : {"item_limit", "max_page_size"})
    context_.block(block).set({name}, std::string(smallest->digits()));
  for (const LegacyValue& one : fit) {
    const bool is_taken = one.digits() == smallest->digits();
    context_.claim(one, &one == &*smallest ? Outcome::mapped : Outcome::merged, block, {"item_limit"},
                   is_taken ? "" : "another service has a smaller limit");
    if (is_taken) continue;
    context_
        .report(rules::settings_conflict, one,
                "the limit is " + std::string(one.digits()) + " here and " + std::string(smallest->digits()) +
                    " in another service: the smaller one counts for all")
        .label(smallest->range(), "the smaller one");
  }
}

void Services::take_first(const std::vector<LegacyValue>& texts, const std::string& name) {
  if (texts.empty()) return;
  const BlockNumber block = block_of(ogc_api);
  const std::string first = texts.front().text();
  context_.block(block).set({name}, rendering::quoted_text(first));
  for (const LegacyValue& one : texts) {
    const bool is_same = one.text() == first;
    context_.claim(one, &one == &texts.front() ? Outcome::mapped : Outcome::merged, block, {name},
                   is_same ? "" : "the one of the first service counts");
    if (is_same) continue;
    context_
        .report(rules::settings_conflict, one,
                text::quoted(name) + " is " + text::quoted(one.text()) + " here and " + text::quoted(first) +
                    " in the first service, which counts for all")
        .label(texts.front().range(), "the first one");
  }
}

void Services::take_all(const std::vector<LegacyValue>& lists, const std::string& name) {
  TextList taken;
  for (const LegacyValue& list : lists) {
    if (list.is_empty()) continue;
    if (taken.add(list, block_of(ogc_api), {name}, context_) > 0)
      context_.claim(list, Outcome::mapped, block_of(ogc_api), {name});
  }
  if (!taken.expressions().empty())
    context_.block(block_of(ogc_api)).set({name}, list_of(taken.expressions()));
}

// What only some services allow, the one that they become must not allow to all.
void Services::take_unanimous(std::string_view type, const std::vector<Vote>& votes) {
  std::map<std::string, std::vector<const Vote*>> by_name;
  for (const Vote& one : votes) by_name[one.name].push_back(&one);
  const auto is_for = [](const Vote& vote) {
    return vote.value.is(ValueKind::boolean) ? vote.value.boolean() : allows_editing(vote.value.text());
  };
  for (const auto& [name, all] : by_name) {
    const auto in_favour =
        static_cast<std::size_t>(std::ranges::count_if(all, [&](const Vote* one) { return is_for(*one); }));
    const bool is_unanimous = in_favour == users_[type];
    const BlockNumber block = block_of(type);
    if (in_favour > 0) context_.block(block).set({name}, is_unanimous ? "true" : "false");
    for (const Vote* one : all) {
      if (!is_for(*one)) {
        context_.claim_default(one->value, "it is off");
      } else if (is_unanimous) {
        context_.claim(one->value, Outcome::converted, block, {name});
      } else {
        context_.claim(one->value, Outcome::merged, block, {name}, "not all services have it");
        context_.report(rules::settings_conflict, one->value,
                        "not all legacy services of " + text::quoted(type) + " have " + text::quoted(name) +
                            " on: it is off for all");
      }
    }
  }
}

void Services::finish() {
  take_smallest(limits_);
  take_first(default_systems_, "default_crs");
  take_all(additional_systems_, "additional_crs");
  take_all(conformance_, "conformance");
  take_unanimous(ogc_api, format_votes_);
  take_unanimous(geoservices_rest, editing_votes_);
}

}  // namespace honua::migration
