// SPDX-License-Identifier: MIT
#include "generation/generate.h"

#include <utility>

#include "generation/blocks.h"
#include "generation/layer_plan.h"
#include "text/sanitize.h"
#include "text/words.h"

namespace honua::generation {

namespace {

class Generator {
 public:
  Generator(const catalog::Catalog& catalog, const GenerationOptions& options)
      : catalog_(catalog), options_(options) {}

  Generated run() {
    made_.plans = plan_layers(catalog_, options_.with_row_counts);
    for (const LayerPlan& one : made_.plans) ++(one.id_field.empty() ? made_.commented_out : made_.layers);
    write_head();
    if (!options_.layers_only) write_source();
    if (!options_.layers_only && options_.with_services) write_services();
    for (const LayerPlan& one : made_.plans) write_layer(one);
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
    write_data_source(catalog_.engine, options_, out_);
  }

  void write_services() {
    for (const std::string& one : options_.services) {
      out_.gap();
      write_service(one, out_);
    }
  }

  void write_layer(const LayerPlan& plan) {
    out_.gap();
    generation::write_layer(plan, layer_options(), out_);
    add_warnings(plan, catalog_.engine, made_.warnings);
  }

  [[nodiscard]] LayerOptions layer_options() const {
    return {catalog_.engine, options_.data_source, options_.services, options_.explicit_fields};
  }

  void write_left_out() {
    if (catalog_.left_out.empty()) return;
    out_.gap();
    out_.comment("Left out:");
    for (const catalog::LeftOut& one : catalog_.left_out) {
      out_.comment("- " + text::quoted(catalog::shown_name(one, catalog_.engine)) + ": " + one.reason);
    }
  }

  const catalog::Catalog& catalog_;
  const GenerationOptions& options_;
  HclWriter out_;
  Generated made_;
};

}  // namespace

Generated generate(const catalog::Catalog& catalog, const GenerationOptions& options) {
  return Generator(catalog, options).run();
}

}  // namespace honua::generation
