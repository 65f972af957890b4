// SPDX-License-Identifier: MIT

#include "migration/layer_members.h"
#include "migration/legacy_names.h"
#include "migration/rules.h"
#include "rendering/quoted_text.h"
#include "text/sanitize.h"
#include "text/words.h"

namespace honua::migration {

namespace {

constexpr std::int32_t assumed_srid = 4326;

class GeometryMapper {
 public:
  explicit GeometryMapper(LayerMembers& layer) : layer_(layer) {}

  void map() {
    // An object in one kind of document, a text in all others.
    const auto field = layer_.own().find("geometryField");
    const LegacyObject described{field && field->is(ValueKind::object) ? field : std::nullopt};
    const LayerMembers::Found type =
        layer_.find_first({{&layer_.own(), "geometryType"}, {&described, "type"}});
    if (type.value && is_same_name(text::trimmed(type.value->text()), "raster"))
      return refuse_raster(*type.value);
    const bool is_named = field && !field->is(ValueKind::object);
    const LayerMembers::Found column =
        layer_.find_first({{&layer_.storage(), "geometryColumn"},
                           {is_named ? &layer_.own() : nullptr, "geometryField"},
                           {&described, "column"},
                           {&layer_.own(), "geometryColumn"},
                           {&layer_.source(), "geometryColumn"}});
    const auto converted = type.value ? convert_geometry_type(type.value->text()) : std::nullopt;
    if (converted && converted->name.empty()) {
      layer_.context().claim_default(*type.value, converted->note);
      if (column.value) layer_.context().keep(*column.value, converted->note);
      return;
    }
    if (!column.value && !type.value) return;
    map_column(column);
    map_type(type.value, converted);
    layer_.merge(type, {"geometry", "type"}, [&](const LegacyValue& other) {
      const auto same = convert_geometry_type(other.text());
      return same && converted && same->name == converted->name;
    });
    map_srid(described);
  }

 private:
  void refuse_raster(const LegacyValue& type) {
    layer_.context().keep(type, "a raster is no layer");
    if (!layer_.target().obstacle.empty()) return;
    layer_.target().obstacle = "it is a raster, and the configuration has none";
    layer_.report(rules::layer_not_served, "the layer " + text::quoted(layer_.name()) +
                                               " is a raster, and the configuration has none");
  }

  void map_column(const LayerMembers::Found& column) {
    if (column.value) return layer_.set_text(column, {"geometry", "column"});
    layer_.set({"geometry", "column"}, rendering::quoted_text("geom"));
    layer_.report(rules::value_assumed, "the layer " + text::quoted(layer_.name()) +
                                            " does not name its geometry's column: `geom` is taken");
  }

  void map_type(const std::optional<LegacyValue>& type, const std::optional<Conversion>& converted) {
    const Path path = {"geometry", "type"};
    if (type && converted) {
      layer_.set(path, rendering::quoted_text(converted->name));
      const bool is_same = type->text() == converted->name;
      layer_.claim(*type, is_same ? Outcome::mapped : Outcome::converted, path, converted->note);
      return;
    }
    layer_.set(path, rendering::quoted_text("Geometry"));
    if (type) layer_.context().keep(*type, "it is no type of geometries that the server has");
    layer_.context()
        .report(
            rules::value_assumed, type ? *type : layer_.id(),
            type ? text::quoted(type->text()) + " is no type of geometries: `Geometry` is taken"
                 : "the layer " + text::quoted(layer_.name()) + " has no `geometryType`: `Geometry` is taken")
        .suggest("a closer type helps clients to draw the layer");
  }

  // A number wins over texts, and what the column has over what is offered.
  void map_srid(const LegacyObject& described) {
    const Path path = {"geometry", "srid"};
    std::optional<std::int32_t> srid;
    const auto take_number = [&](const LegacyObject& object, std::string_view name) {
      const auto number = layer_.context().find(object, name, ValueKind::number);
      if (!number) return;
      const auto value = number->integer();
      const bool is_fit = value && *value > 0 && *value <= largest_srid;
      if (!is_fit) {
        layer_.context().keep(*number, "it is no code of a reference system");
        layer_.context().report(rules::value_left_out, *number,
                                text::quoted(number->digits()) + " is no code of a reference system");
      } else if (srid) {
        note_other(*number, *srid == *value, path);
      } else {
        srid = static_cast<std::int32_t>(*value);
        layer_.claim(*number, Outcome::mapped, path);
      }
    };
    take_number(layer_.storage(), "srid");
    take_number(layer_.own(), "srid");
    take_number(described, "srid");
    take_system(layer_.context().find_text(layer_.storage(), "crs"), true, srid, path);
    const bool is_known = srid.has_value();
    if (const auto offered = layer_.context().find(layer_.own(), "crs", ValueKind::array)) {
      offered->each_element([&](const LegacyValue& one) {
        if (one.is(ValueKind::string)) take_system(one, false, srid, path);
      });
    }
    const bool is_offered = srid.has_value();
    // What has no place may have any shape.
    const auto extent = LegacyObject{layer_.own().find("extent")}.find("crs");
    if (!srid && extent && extent->is(ValueKind::string)) take_system(extent, false, srid, path);
    if (!is_known && srid)
      layer_.report(rules::value_assumed, "the layer " + text::quoted(layer_.name()) +
                                              " does not say its column's SRID: " + std::to_string(*srid) +
                                              " of its " + (is_offered ? "`crs`" : "`extent`") + " is taken");
    if (!srid)
      layer_
          .report(rules::value_assumed, "the layer " + text::quoted(layer_.name()) +
                                            " does not say its SRID: " + std::to_string(assumed_srid) +
                                            " is taken, as old servers did")
          .suggest("look at the column: `honua validate --full` compares both");
    layer_.set(path, std::to_string(srid.value_or(assumed_srid)));
  }

  void note_other(const LegacyValue& other, bool is_same, const Path& path) {
    layer_.claim(other, Outcome::merged, path, is_same ? "" : "another number counts");
    if (!is_same)
      layer_.context().report(rules::settings_conflict, other,
                              "the reference system differs from the one that counts");
  }

  // `is_own`: of the column; else one of those that are offered, the first of which is taken if nothing else
  // is known. The others have no place of their own.
  void take_system(const std::optional<LegacyValue>& value, bool is_own, std::optional<std::int32_t>& srid,
                   const Path& path) {
    if (!value) return;
    const auto read = read_reference_system(value->text());
    if (!read) {
      layer_.context().keep(*value, "it is no reference system of EPSG");
      layer_.context().report(rules::reference_system_unknown, *value,
                              text::quoted(value->text()) + " is no reference system of EPSG");
    } else if (!srid) {
      srid = read->srid;
      layer_.claim(*value, Outcome::converted, path, read->note);
    } else if (is_own) {
      note_other(*value, *srid == read->srid, path);
    } else if (*srid == read->srid) {
      layer_.claim(*value, Outcome::merged, path, read->note);
    } else {
      layer_.context().keep(*value,
                            "a layer has one reference system; `additional_crs` of a service offers others");
    }
  }

  LayerMembers& layer_;
};

}  // namespace

void map_geometry(LayerMembers& layer) { GeometryMapper(layer).map(); }

}  // namespace honua::migration
