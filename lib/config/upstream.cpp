// SPDX-License-Identifier: MIT
#include "config/upstream.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace honua::config::upstream {

namespace {

constexpr double int32_least = -int32_most - 1;

// Of a service's settings these reach the server's metadata; all others are
// kept, but looked up by nothing.
constexpr std::array<std::string_view, 20> used_service_settings = {
    "type",
    "enabled",
    "collections_enabled",
    "wfs_enabled",
    "wms_enabled",
    "wmts_enabled",
    "csw_enabled",
    "wcs_enabled",
    "csv_enabled",
    "kml_enabled",
    "kmz_enabled",
    "shapefile_enabled",
    "geopackage_enabled",
    "flatgeobuf_enabled",
    "geoarrow_enabled",
    "geoparquet_enabled",
    "pmtiles_enabled",
    "topojson_enabled",
    "max_page_size",
    "default_crs",
};

bool is_ascii_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_control(char c) { return (static_cast<unsigned char>(c) < 0x20 || c == 0x7F); }

}  // namespace

bool is_name(std::string_view text) {
  if (text.empty() || is_digit(text.front())) return false;
  return std::ranges::all_of(
      text, [](char c) { return is_ascii_word(c) || static_cast<unsigned char>(c) >= 0x80; });
}

bool is_variable_name(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_ascii_word);
}

bool replaces_references(BlockType block, std::string_view setting) {
  switch (block) {
    case BlockType::data_source: return setting == "connection" || setting == "health_check";
    case BlockType::cache: return setting == "connection";
    case BlockType::rate_limit: return setting == "store";
    case BlockType::service: return setting != "type" && setting != "enabled";
    default: return false;
  }
}

bool has_effect(BlockType block) { return block != BlockType::cache && block != BlockType::rate_limit; }

bool has_effect(BlockType block, std::string_view setting) {
  switch (block) {
    case BlockType::honua: return setting != "log_level";
    case BlockType::data_source: return setting != "pool" && setting != "health_check";
    case BlockType::service:
      return std::ranges::find(used_service_settings, setting) != used_service_settings.end();
    default: return true;
  }
}

bool is_readable_number(double value) {
  return value == std::trunc(value) && value >= int32_least && value <= int32_most;
}

bool has_textual_reference(std::string_view text) {
  if (text.find("env(") != std::string_view::npos) return true;
  constexpr std::string_view root = "var.";
  for (std::size_t at = text.find(root); at != std::string_view::npos; at = text.find(root, at + 1)) {
    const bool starts_word = at == 0 || !is_ascii_word(text[at - 1]);
    const std::size_t next = at + root.size();
    if (starts_word && next < text.size() && is_ascii_word(text[next])) return true;
  }
  return false;
}

TextTrouble trouble_with(std::string_view text, bool is_replaced) {
  for (const std::string_view marker : {"${", "%{"}) {
    if (text.find(marker) != std::string_view::npos) return TextTrouble::marker;
  }
  const auto needs_escape = [](char c) { return is_control(c) && c != '\n' && c != '\r' && c != '\t'; };
  if (std::ranges::any_of(text, needs_escape)) return TextTrouble::character;
  return is_replaced && has_textual_reference(text) ? TextTrouble::reference : TextTrouble::none;
}

std::string_view describe(TextTrouble trouble) {
  switch (trouble) {
    case TextTrouble::none: break;
    case TextTrouble::marker: return "it contains `${` or `%{`, which cannot be written for that server";
    case TextTrouble::character:
      return "it contains a control character, for which that server has no escape";
    case TextTrouble::reference: return "that server would take a part of it for a reference and replace it";
  }
  return "";
}

}  // namespace honua::config::upstream
