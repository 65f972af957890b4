// SPDX-License-Identifier: MIT
#include "generation/generate.h"

#include <algorithm>
#include <utility>

#include "base/assert.h"
#include "generation/layer_plan.h"
#include "syntax/formatter.h"
#include "syntax/literals.h"
#include "text/sanitize.h"
#include "text/words.h"

namespace honua::generation {

namespace {

using catalog::Column;
using catalog::FieldType;
using syntax::quoted_string;

// Writes lines; the formatter aligns them afterwards.
class HclWriter {
 public:
  void comment(std::string_view text) { line("# " + text::printable(text)); }
  void attribute(std::string_view name, std::string_view value) {
    line(std::string(name) + " = " + std::string(value));
  }
  void text(std::string_view name, std::string_view value) { attribute(name, quoted_string(value)); }
  void open(const std::string& header) { line(header + " {"); }
  void close() { line("}"); }
  void gap() { text_ += '\n'; }
  void line(std::string_view line) { text_.append(line).append("\n"); }
  // Code that does not count.
  void commented_out(std::string_view code) {
    for (std::size_t at = 0; at < code.size();) {
      const std::size_t end = code.find('\n', at);
      line("# " + std::string(code.substr(at, end - at)));
      at = end + 1;
    }
  }
  // In canonical style.
  [[nodiscard]] std::string take() && {
    auto formatted = syntax::format(text_);
    HONUA_ASSERT(formatted.has_value());
    return *std::move(formatted);
  }

 private:
  std::string text_;
};

// A name that may stand for an attribute or block without quotes.
bool is_identifier(std::string_view name) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  return !name.empty() && is_letter(name.front()) &&
         std::ranges::all_of(name, [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); });
}

class Generator {
 public:
  Generator(const catalog::Catalog& catalog, const GenerationOptions& options)
      : catalog_(catalog), options_(options) {}

  Generated run() {
    const std::vector<LayerPlan> plans = plan_layers(catalog_);
    for (const LayerPlan& one : plans) ++(one.id_field.empty() ? made_.commented_out : made_.layers);
    write_head();
    if (!options_.layers_only) write_source();
    if (!options_.layers_only) write_services();
    for (const LayerPlan& one : plans) write_layer(one);
    write_left_out();
    made_.text = std::move(out_).take();
    return std::move(made_);
  }

 private:
  void write_head() {
    std::string counts = text::count_of(made_.layers, "layer");
    if (made_.commented_out > 0) counts += ", " + std::to_string(made_.commented_out) + " more commented out";
    out_.comment(catalog_.product + ", " + catalog_.database + ": " + counts);
    for (const std::string& one : catalog_.notes) out_.comment(one);
  }

  void write_source() {
    out_.gap();
    out_.open("data_source " + quoted_string(options_.data_source));
    out_.text("provider",
              options_.provider.empty() ? catalog::to_string(catalog_.engine) : options_.provider);
    out_.attribute("connection", "env(" + quoted_string(options_.connection_variable) + ")");
    if (options_.with_pool && catalog_.engine != catalog::Engine::sqlite) {
      out_.open("pool");
      out_.attribute("min_size", "5");
      out_.attribute("max_size", "20");
      out_.close();
    }
    out_.close();
  }

  void write_services() {
    for (const std::string& one : options_.services) {
      out_.gap();
      out_.open("service " + quoted_string(one));
      out_.attribute("enabled", "true");
      out_.close();
    }
  }

  void write_layer(const LayerPlan& plan) {
    out_.gap();
    if (!plan.id_field.empty()) {
      write_remarks(plan);
      write_block(plan, out_);
      return;
    }
    const std::string name = table_name(*plan.relation, catalog_.engine);
    made_.warnings.push_back("layer." + plan.label + " of " + text::quoted(name) +
                             " is commented out: " + plan.obstacle);
    out_.comment("not served: " + plan.obstacle);
    write_remarks(plan);
    HclWriter block;
    write_block(plan, block);
    out_.commented_out(std::move(block).take());
  }

  void write_remarks(const LayerPlan& plan) {
    if (!plan.remarks.empty()) out_.comment(text::join(plan.remarks, "; "));
    if (plan.geometry != nullptr && !plan.geometry->geometry->srid && !plan.id_field.empty())
      made_.warnings.push_back("layer." + plan.label + ": the SRID of " + text::quoted(plan.geometry->name) +
                               " is not known; the server takes it for 4326 unless you set it");
  }

  void write_block(const LayerPlan& plan, HclWriter& out) const {
    out.open("layer " + quoted_string(plan.label));
    out.text("title", plan.title);
    if (!plan.relation->comment.empty()) out.text("description", plan.relation->comment);
    out.attribute("data_source", "data_source." + options_.data_source);
    out.text("table", table_name(*plan.relation, catalog_.engine));
    // What people have to put there themselves.
    out.text("id_field", plan.id_field);
    if (!plan.display_field.empty()) out.text("display_field", plan.display_field);
    if (plan.geometry != nullptr) write_geometry(*plan.geometry, out);
    if (options_.explicit_fields) write_fields(*plan.relation, out);
    std::vector<std::string> services;
    services.reserve(options_.services.size());
    for (const std::string& one : options_.services) services.push_back("service." + one);
    out.attribute("services", "[" + text::join(services, ", ") + "]");
    out.close();
  }

  static void write_geometry(const Column& column, HclWriter& out) {
    out.open("geometry");
    out.text("column", column.name);
    out.text("type", catalog::configuration_name(column.geometry->type));
    if (column.geometry->srid) out.attribute("srid", std::to_string(*column.geometry->srid));
    out.close();
  }

  static void write_fields(const catalog::Relation& relation, HclWriter& out) {
    const bool has_odd_names =
        std::ranges::any_of(relation.columns, [](const Column& one) { return !is_identifier(one.name); });
    out.attribute("introspect_fields", "false");
    out.open(has_odd_names ? "fields =" : "fields");
    for (const Column& one : relation.columns) write_field(one, has_odd_names, out);
    out.close();
  }

  static void write_field(const Column& column, bool is_quoted, HclWriter& out) {
    const std::string native = column.native_type.empty() ? "no type" : text::quoted(column.native_type);
    if (column.type == FieldType::unmapped) {
      out.comment("left out: " + text::quoted(column.name) + " (" + native + ")" +
                  (column.loss.empty() ? "" : ", since " + column.loss));
      return;
    }
    if (!column.comment.empty()) out.comment(column.comment);
    if (!column.loss.empty()) out.comment(native + ": " + column.loss);
    if (!column.values.empty()) out.comment("one of " + text::join(column.values, ", "));
    out.open(is_quoted ? quoted_string(column.name) + " =" : column.name);
    out.text("type", to_string(column.type));
    if (!column.is_nullable) out.attribute("nullable", "false");
    out.close();
  }

  void write_left_out() {
    if (catalog_.left_out.empty()) return;
    out_.gap();
    out_.comment("Left out:");
    for (const catalog::LeftOut& one : catalog_.left_out) {
      const std::string name =
          catalog_.engine == catalog::Engine::postgresql ? one.schema + "." + one.name : one.name;
      out_.comment("- " + text::quoted(name) + ": " + one.reason);
    }
  }

  const catalog::Catalog& catalog_;
  const GenerationOptions& options_;
  HclWriter out_;
  Generated made_;
};

}  // namespace

Generated generate(const catalog::Catalog& catalog, const GenerationOptions& options) {
  if (options.with_row_counts) return Generator(catalog, options).run();
  catalog::Catalog uncounted = catalog;
  for (catalog::Relation& one : uncounted.relations) one.row_estimate.reset();
  return Generator(uncounted, options).run();
}

}  // namespace honua::generation
