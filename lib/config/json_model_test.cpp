// SPDX-License-Identifier: MIT
#include "config/json_model.h"

#include <string>

#include <doctest/doctest.h>

#include "syntax/parser.h"

namespace honua::config {

namespace {

JsonContent content_of(const std::string& text) {
  const source::SourceFile file(0, "a.json", text);
  diagnostics::Diagnostics sink;
  return look_at_json(syntax::parse_json(file, syntax::Dialect::honua, sink)).content;
}

}  // namespace

TEST_CASE("what a JSON file holds is told by the names in its root") {
  CHECK(content_of(R"({"Honua": {}, "Layers": {}})") == JsonContent::model);
  CHECK(content_of(R"({"datasources": {}})") == JsonContent::model);
  CHECK(content_of("{}") == JsonContent::model);
  CHECK(content_of(R"({"catalog": {}, "layers": []})") == JsonContent::legacy_metadata);
  CHECK(content_of(R"({"services": [{"layers": []}]})") == JsonContent::legacy_metadata);
  CHECK(content_of(R"({"apiVersion": "honua.io/v1", "services": []})") == JsonContent::legacy_metadata);
  CHECK(content_of(R"({"Honua": {}, "ConnectionStrings": {}})") == JsonContent::application_settings);
  CHECK(content_of(R"({"Logging": {}, "AllowedHosts": "*"})") == JsonContent::application_settings);
  CHECK(content_of(R"({"honua": {}, "data_source": {}})") == JsonContent::hcl);
  CHECK(content_of(R"({"name": 1})") == JsonContent::other);
  CHECK(content_of("[1]") == JsonContent::other);
  CHECK(content_of("nonsense") == JsonContent::other);
}

TEST_CASE("broken JSON is told by what can be read of it") {
  CHECK(content_of("{\"catalog\": {}, // comment\n\"layers\": [],}") == JsonContent::legacy_metadata);
}

TEST_CASE("the model's names are HCL's without underscores, compared without regard to case") {
  CHECK(model_name("max_page_size") == "MaxPageSize");
  CHECK(is_model_name("MaxPageSize", "max_page_size"));
  CHECK(is_model_name("maxpagesize", "max_page_size"));
  CHECK_FALSE(is_model_name("max_page_size", "max_page_size"));
  CHECK_FALSE(is_model_name("MaxPage", "max_page_size"));
  CHECK_FALSE(is_model_name("MaxPageSizes", "max_page_size"));
}

}  // namespace honua::config
