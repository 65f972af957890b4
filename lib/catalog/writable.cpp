// SPDX-License-Identifier: MIT
#include "catalog/writable.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "text/sanitize.h"
#include "text/unicode.h"

namespace honua::catalog {

namespace {

// What PostGIS takes, and `srid` with it: above there are no codes of EPSG.
constexpr std::int32_t largest_epsg_code = 998'999;

// Why a name cannot be written, as the end of a clause; "" if it can.
std::string_view fault_of_name(std::string_view name) {
  if (name.find_first_not_of(' ') == std::string_view::npos) return " is blank";
  if (text::find_malformed(name) != std::string_view::npos) return " is no UTF-8";
  // HCL normalizes texts: what it says then is another name.
  if (text::to_nfc(name) != name) return " is not in Unicode's normalization form C, as texts in HCL are";
  return "";
}

std::string trouble_with_name(std::string_view name) {
  const std::string_view fault = fault_of_name(name);
  return fault.empty() ? "" : "its name" + std::string(fault);
}

std::string trouble_with_names(const Relation& relation) {
  const std::string_view fault = fault_of_name(relation.schema);
  return fault.empty() ? trouble_with_name(relation.name) : "its schema's name" + std::string(fault);
}

void make_well_formed(std::string& text) {
  if (text::find_malformed(text) == std::string_view::npos) return;
  std::string made;
  for (std::size_t at = 0; at < text.size();) {
    const text::CodePoint point = text::decode(text, at);
    made += point.valid ? std::string_view(text).substr(at, point.size) : std::string_view("\xEF\xBF\xBD");
    at += point.size;
  }
  text = std::move(made);
}

void settle_column(Column& column) {
  for (std::string* one : {&column.native_type, &column.title, &column.comment}) make_well_formed(*one);
  for (std::string& one : column.values) make_well_formed(one);
  if (column.geometry && column.geometry->srid.value_or(0) > largest_epsg_code) column.geometry->srid.reset();
  std::string trouble = trouble_with_name(column.name);
  if (trouble.empty()) return;
  column.type = FieldType::unmapped;
  column.loss = std::move(trouble);
  column.geometry.reset();
}

}  // namespace

void leave_out_unwritable(Catalog& catalog) {
  std::vector<Relation> writable;
  writable.reserve(catalog.relations.size());
  for (Relation& one : catalog.relations) {
    if (std::string trouble = trouble_with_names(one); !trouble.empty()) {
      for (std::string* text : {&one.schema, &one.name}) make_well_formed(*text);
      catalog.left_out.push_back({std::move(one.schema), std::move(one.name), std::move(trouble)});
      continue;
    }
    for (std::string* text : {&one.title, &one.comment}) make_well_formed(*text);
    for (Column& column : one.columns) settle_column(column);
    writable.push_back(std::move(one));
  }
  catalog.relations = std::move(writable);
  for (LeftOut& one : catalog.hidden) {
    for (std::string* text : {&one.schema, &one.name, &one.reason}) make_well_formed(*text);
  }
  for (std::vector<LeftOut>* all : {&catalog.left_out, &catalog.hidden})
    std::ranges::sort(*all, {}, [](const LeftOut& one) { return std::tie(one.schema, one.name); });
}

}  // namespace honua::catalog
