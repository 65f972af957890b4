// SPDX-License-Identifier: MIT
#include "validation/examples.h"

#include <array>

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

// Whether a block of this type starts a line of the text.
bool has_block(std::string_view text, std::string_view keyword) {
  for (std::size_t at = text.find(keyword); at != std::string_view::npos; at = text.find(keyword, at + 1)) {
    const bool starts_line = at == 0 || text[at - 1] == '\n';
    const char next = at + keyword.size() < text.size() ? text[at + keyword.size()] : '\0';
    if (starts_line && (next == ' ' || next == '{')) return true;
  }
  return false;
}

}  // namespace

std::string sample_configuration(std::string_view example, config::Target target) {
  std::string text(example);
  if (!text.empty() && text.back() != '\n') text += '\n';
  const auto add_missing = [&](const auto& missing) {
    for (const Part& part : missing) {
      if (!has_block(text, part.keyword)) text += part.text;
    }
  };
  if (target == config::Target::upstream) {
    add_missing(upstream_parts);
    return text;
  }
  if (example.find("\"production\"") != std::string_view::npos && has_block(example, "honua"))
    add_missing(production_parts);
  add_missing(parts);
  return text;
}

}  // namespace honua::validation
