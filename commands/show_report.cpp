// SPDX-License-Identifier: MIT
#include "commands/show_report.h"

#include <algorithm>
#include <ostream>
#include <utility>

#include "commands/shown_value.h"
#include "config/address.h"
#include "text/json_writer.h"
#include "text/sanitize.h"
#include "text/suggest.h"

namespace honua::commands {

namespace {

using config::Block;
using config::EffectiveValue;
using config::Origin;

// Values wider than this do not push the origins of all others to the right.
constexpr std::size_t widest_value = 40;

template <class F>
void visit_blocks(const CheckResult& result, F&& visit) {
  for (const config::BlockSchema& schema : config::block_schemas()) {
    for (const Block& block : result.configuration.of(schema.type)) visit(block);
  }
}

bool is_asked_for(const EffectiveValue& value, const ShowOptions& options) {
  if (!options.with_defaults && value.origin == Origin::default_value) return false;
  if (options.only.empty()) return true;
  return std::ranges::any_of(options.only, [&](const std::string& address) {
    return config::is_at_or_below(value.address, address);
  });
}

std::vector<EffectiveValue> values_asked_for(const Block& block, const ShowOptions& options) {
  std::vector<EffectiveValue> values = config::effective_values(block);
  std::erase_if(values, [&](const EffectiveValue& one) { return !is_asked_for(one, options); });
  return values;
}

bool is_overlay(const CheckResult& result, source::FileId file) { return result.overlays.contains(file); }

// "honua.hcl:3", "honua.production.hcl:3, overlay", "default", "label".
std::string origin_text(const EffectiveValue& value, const CheckResult& result) {
  if (value.origin == Origin::default_value) return "default";
  if (value.origin == Origin::label) return "from the label";
  const source::SourceRange range = value.setting->range;
  const source::SourceFile& file = result.sources.file(range.file);
  const std::string place = file.name() + ":" + std::to_string(file.line_of(range.begin));
  return text::mask_secrets(place) + (is_overlay(result, range.file) ? ", overlay" : "");
}

std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.resize(width, ' ');
  return text;
}

struct Row {
  std::string address;
  std::string value;
  std::string origin;
};

void print_rows(const std::vector<Row>& rows, CommandEnv& env) {
  std::size_t address_width = 0;
  std::size_t value_width = 0;
  for (const Row& row : rows) {
    address_width = std::max(address_width, row.address.size());
    if (row.value.size() <= widest_value) value_width = std::max(value_width, row.value.size());
  }
  for (const Row& row : rows) {
    env.out << padded(row.address, address_width) << " = " << padded(row.value, value_width) << "  # "
            << row.origin << '\n';
  }
}

void write_origin(const EffectiveValue& value, const CheckResult& result, text::JsonWriter& json) {
  json.key("origin").begin_object();
  if (value.origin != Origin::written) {
    json.key("kind").string(value.origin == Origin::label ? "label" : "default");
    return json.end_object();
  }
  const source::SourceRange range = value.setting->range;
  const source::SourceFile& file = result.sources.file(range.file);
  const source::SourcePosition position = file.position(range.begin);
  json.key("kind").string(is_overlay(result, range.file) ? "overlay" : "file");
  json.key("file").string(text::mask_secrets(file.name()));
  json.key("line").integer(position.line);
  json.key("column").integer(position.column);
  json.end_object();
}

void write_value(const EffectiveValue& value, const ValuePrinter& printer, const CheckResult& result,
                 text::JsonWriter& json) {
  const ShownValue shown = printer.show(value);
  json.begin_object();
  json.key("address").string(text::mask_secrets(value.address));
  json.key("state").string(to_string(shown.state));
  json.key("value");
  if (shown.state == ValueState::known) {
    ValuePrinter::write(value, json);
  } else {
    json.null();
  }
  json.key("text").string(shown.text);
  write_origin(value, result, json);
  json.end_object();
}

}  // namespace

void show_human(const CheckResult& result, const ShowOptions& options, CommandEnv& env) {
  const ValuePrinter printer(result);
  bool first = true;
  visit_blocks(result, [&](const Block& block) {
    std::vector<Row> rows;
    for (const EffectiveValue& value : values_asked_for(block, options))
      rows.push_back({text::printable(text::mask_secrets(value.address)), printer.show(value).text,
                      origin_text(value, result)});
    if (rows.empty()) return;
    if (!first) env.out << '\n';
    first = false;
    print_rows(rows, env);
  });
}

void show_json(const CheckResult& result, const ShowOptions& options, CommandEnv& env) {
  const ValuePrinter printer(result);
  text::JsonWriter json(2);
  json.begin_object();
  json.key("format_version").string("1.0");
  const bool complete = result.failures.empty() && !result.findings.has_errors();
  json.key("complete").boolean(complete);
  json.key("values").begin_array();
  visit_blocks(result, [&](const Block& block) {
    for (const EffectiveValue& value : values_asked_for(block, options))
      write_value(value, printer, result, json);
  });
  json.end_array();
  json.end_object();
  env.out << std::move(json).take() << '\n';
}

std::vector<std::string> find_missing(const CheckResult& result, const ShowOptions& options) {
  std::vector<std::string> missing = options.only;
  visit_blocks(result, [&](const Block& block) {
    const std::string address = config::address_of(block);
    std::erase_if(missing, [&](const std::string& one) { return config::is_at_or_below(address, one); });
    const bool inside = std::ranges::any_of(
        missing, [&](const std::string& one) { return config::is_at_or_below(one, address); });
    if (!inside) return;
    for (const EffectiveValue& value : config::effective_values(block))
      std::erase_if(missing,
                    [&](const std::string& one) { return config::is_at_or_below(value.address, one); });
  });
  return missing;
}

std::string find_similar(const CheckResult& result, const std::string& address) {
  std::vector<std::string> known;
  visit_blocks(result, [&](const Block& block) {
    const std::string of_block = config::address_of(block);
    known.push_back(of_block);
    if (!config::is_at_or_below(address, of_block)) return;
    for (const EffectiveValue& value : config::effective_values(block)) known.push_back(value.address);
  });
  const std::vector<std::string_view> names(known.begin(), known.end());
  return std::string(text::suggest(address, names).value_or(""));
}

}  // namespace honua::commands
