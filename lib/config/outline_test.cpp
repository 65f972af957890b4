// SPDX-License-Identifier: MIT
#include "config/outline.h"

#include <doctest/doctest.h>

#include <ostream>
#include <string>
#include <string_view>

#include "diagnostics/diagnostics.h"
#include "syntax/parser.h"

namespace honua::config {

namespace {

// The address of the first occurrence of a word in a file.
std::string address_of(const std::string& text, std::string_view word, FileForm form = FileForm::native) {
  source::SourceSet sources;
  const source::SourceFile& file = sources.add("a", text);
  diagnostics::Diagnostics sink;
  const syntax::Tree tree = form == FileForm::native ? syntax::parse(file, syntax::Dialect::honua, sink)
                                                     : syntax::parse_json(file, syntax::Dialect::honua, sink);
  const auto begin = static_cast<std::uint32_t>(text.find(word));
  return Outline(tree, form).address_at({0, begin, begin + static_cast<std::uint32_t>(word.size())});
}

const std::string layers = R"(# top
layer "roads" {
  srid = 4326
  geometry {
    column = "geom"
  }
  fields = [{ name = "id" }, { name = "other" }]
  settings = { "Micro.Soft" = { level = "x" } }
}
layer "x y" { srid = 1 }
)";

}  // namespace

TEST_CASE("a place has the address of the innermost block or setting around it") {
  CHECK(address_of(layers, "layer") == "layer.roads");
  CHECK(address_of(layers, "\"roads\"") == "layer.roads");
  CHECK(address_of(layers, "srid") == "layer.roads.srid");
  CHECK(address_of(layers, "4326") == "layer.roads.srid");
  CHECK(address_of(layers, "\"geom\"") == "layer.roads.geometry.column");
  CHECK(address_of(layers, "\"x\"") == "layer.roads.settings[\"Micro.Soft\"].level");
  CHECK(address_of(layers, "\"x y\"") == "layer[\"x y\"]");
}

TEST_CASE("elements of a list have its address") {
  CHECK(address_of(layers, "\"other\"") == "layer.roads.fields.name");
  CHECK(address_of(layers, "{ name = \"other\" }") == "layer.roads.fields");
}

TEST_CASE("outside of all blocks, and over several of them, there is no address") {
  CHECK(address_of(layers, "top").empty());
  CHECK(address_of("a {}\nb {}\n", "{}\nb").empty());
  CHECK(address_of("", "").empty());
}

TEST_CASE("in JSON members are addressed like settings") {
  const std::string text = R"({"layer": {"roads": {"srid": 4326, "fields": [{"name": "x"}]}}})";
  CHECK(address_of(text, "4326", FileForm::json) == "layer.roads.srid");
  CHECK(address_of(text, "\"x\"", FileForm::json) == "layer.roads.fields.name");
}

TEST_CASE("the model's members have the names of the configuration's settings") {
  const std::string text =
      R"({"Layers": {"MyRoads": {"MaxPageSize": 4326}}, "Honua": {"Cors": {"AllowAnyOrigin": true}}})";
  CHECK(address_of(text, "4326", FileForm::model) == "layer.MyRoads.max_page_size");
  CHECK(address_of(text, "true", FileForm::model) == "honua.cors.allow_any_origin");
}

}  // namespace honua::config
