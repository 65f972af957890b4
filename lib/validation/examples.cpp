// SPDX-License-Identifier: MIT
#include "validation/examples.h"

#include <algorithm>
#include <array>
#include <utility>

#include "config/json_model.h"

namespace honua::validation {

namespace {

struct Part {
  std::string_view keyword;
  std::string_view text;
};

constexpr std::array parts = {
    Part{"honua", "honua {\n  version     = \"1.0\"\n  environment = \"development\"\n}\n"},
    Part{"data_source",
         "data_source \"db\" {\n  provider   = \"postgresql\"\n  connection = env(\"DATABASE_URL\")\n}\n"},
    Part{"service", "service \"ogc_api\" {\n  enabled       = true\n  max_page_size = 1000\n}\n"},
    Part{"layer",
         "layer \"roads\" {\n  title       = \"Roads\"\n  data_source = data_source.db\n"
         "  table       = \"public.roads\"\n  id_field    = \"id\"\n"
         "  geometry {\n    column = \"geom\"\n    type   = \"LineString\"\n    srid   = 4326\n  }\n"
         "  services = [service.ogc_api]\n}\n"},
};

// The same, as the server's own parser reads it.
constexpr std::array upstream_parts = {
    Part{"honua", "honua {\n  version     = \"1.0\"\n  environment = \"development\"\n}\n"},
    Part{"data_source",
         "data_source \"db\" {\n  provider   = \"postgresql\"\n  connection = \"${env:DATABASE_URL}\"\n}\n"},
    Part{"service", "service \"ogc_api\" {\n  enabled       = true\n  max_page_size = 1000\n}\n"},
    Part{"layer",
         "layer \"roads\" {\n  title       = \"Roads\"\n  data_source = data_source.db\n"
         "  table       = \"public.roads\"\n  id_field    = \"id\"\n"
         "  geometry = {\n    column = \"geom\"\n    type   = \"LineString\"\n    srid   = 4326\n  }\n"
         "  services = [service.ogc_api]\n}\n"},
};

// What a configuration for production has besides, or instead.
constexpr std::array production_parts = {
    Part{"data_source",
         "data_source \"db\" {\n  provider     = \"postgresql\"\n  connection   = env(\"DATABASE_URL\")\n"
         "  health_check = \"SELECT 1\"\n  pool {\n    min_size = 1\n    max_size = 10\n  }\n}\n"},
    Part{"cache",
         "cache \"redis\" {\n  type        = \"redis\"\n  connection  = env(\"REDIS_URL\")\n"
         "  required_in = [\"production\"]\n}\n"},
    Part{"rate_limit",
         "rate_limit {\n  store = \"redis\"\n  rules {\n    default {\n      requests = 1000\n"
         "      window   = \"1m\"\n    }\n  }\n}\n"},
};

// Whether a block of this type starts a line of the text, or stands in it in
// its JSON form.
bool has_block(std::string_view text, std::string_view keyword) {
  for (const std::string& name : {std::string(keyword), config::model_name(keyword)}) {
    if (text.find('"' + name + "\": {") != std::string_view::npos) return true;
  }
  for (std::size_t at = text.find(keyword); at != std::string_view::npos; at = text.find(keyword, at + 1)) {
    const bool starts_line = at == 0 || text[at - 1] == '\n';
    const char next = at + keyword.size() < text.size() ? text[at + keyword.size()] : '\0';
    if (starts_line && (next == ' ' || next == '{' || next == '\n')) return true;
  }
  return false;
}

// The blocks that an example leaves out.
std::string rest_of(std::string_view example, bool for_upstream) {
  std::string rest;
  const auto add_missing = [&](const auto& missing) {
    for (const Part& part : missing) {
      if (!has_block(example, part.keyword) && !has_block(rest, part.keyword)) rest += part.text;
    }
  };
  if (for_upstream) {
    add_missing(upstream_parts);
    return rest;
  }
  if (example.find("\"production\"") != std::string_view::npos && has_block(example, "honua"))
    add_missing(production_parts);
  add_missing(parts);
  return rest;
}

}  // namespace

std::vector<ExampleFile> split_example(std::string_view example) {
  std::vector<ExampleFile> files;
  if (!example.empty() && !example.starts_with(example_file_mark)) files.push_back({"honua.hcl", ""});
  while (!example.empty()) {
    const std::size_t end = std::min(example.find('\n'), example.size() - 1) + 1;
    const std::string_view line = example.substr(0, end);
    example.remove_prefix(end);
    if (line.starts_with(example_file_mark)) {
      const std::size_t begin = example_file_mark.size();
      files.push_back({std::string(line.substr(begin, line.find_last_not_of('\n') + 1 - begin)), ""});
    } else {
      files.back().text += line;
    }
  }
  return files;
}

std::vector<ExampleFile> example_files(std::string_view example, std::string_view option) {
  std::vector<ExampleFile> files = split_example(example);
  const bool for_upstream = option == "--target upstream";
  std::string rest = rest_of(example, for_upstream);
  if (rest.empty()) return files;
  if (for_upstream && !files.empty()) {
    files.back().text += rest;
  } else {
    files.push_back({"rest.hcl", std::move(rest)});
  }
  return files;
}

}  // namespace honua::validation
