// SPDX-License-Identifier: MIT
#include "config/loader.h"

#include <algorithm>

#include "config/config_scope.h"
#include "config/decoder.h"
#include "config/raw_configuration.h"
#include "config/rules.h"

namespace honua::config {

namespace {

// The kind of service that a block declares: its `type`, or else its label.
const ServiceType* service_type_of(std::span<const Setting> settings, std::string_view label) {
  const Setting* type = find(settings, "type");
  if (type == nullptr) return find_service_type(label);
  const auto text = type->text();
  return text ? find_service_type(*text) : nullptr;
}

class Loading {
 public:
  Loading(const RawConfiguration& raw, Configuration& configuration, evaluation::EvaluationContext& context,
          std::vector<SyntaxError> errors)
      : raw_(raw),
        configuration_(configuration),
        context_(context),
        decoder_(configuration, context, std::move(errors)) {}

  void run() {
    for (const RawBlock& block : raw_.blocks()) add(block);
  }

 private:
  void add(const RawBlock& raw) {
    Block block;
    block.schema = raw.schema;
    block.label = configuration_.keep(raw.label);
    block.header_range = raw.header_range;
    block.label_range = raw.label_range;
    const bool service = raw.schema->type == BlockType::service;
    if (service) block.service_type = peek_service_type(raw);
    Decoder::Shape shape{&raw.schema->body, nullptr, service || raw.schema->type == BlockType::import,
                         raw.schema->keyword, raw.header_range};
    if (block.service_type != nullptr) shape.more = &block.service_type->settings;
    std::vector<Setting> settings = decoder_.decode(raw.body, shape);
    for (const BodySource& overlay : raw.overlays)
      settings = decoder_.merge(settings, decoder_.decode(overlay, shape));
    if (service || raw.schema->type == BlockType::data_source) flatten_settings(settings, shape);
    if (service && block.service_type == nullptr) block.service_type = service_type_of(settings, block.label);
    block.settings = configuration_.keep(settings);
    configuration_.add(block);
  }

  // The type decides which settings there are, so it is looked at first.
  static const ServiceType* peek_service_type(const RawBlock& raw) {
    std::optional<std::string> type;
    bool computed = false;
    raw.visit_bodies([&](const BodySource& body) {
      body.visit(
          [&](const std::string& name, source::SourceRange, syntax::Expression value) {
            if (name != "type" || type || computed) return;
            computed = !value.is_plain_string();
            if (!computed) type = syntax::plain_string_value(value);
          },
          [](syntax::Block) {});
    });
    if (computed) return nullptr;
    return find_service_type(type.value_or(raw.label));
  }

  // `settings = { ... }` is another spelling of flat settings.
  void flatten_settings(std::vector<Setting>& settings, const Decoder::Shape& shape) {
    const auto nested = std::find_if(settings.begin(), settings.end(),
                                     [](const Setting& one) { return one.name == "settings"; });
    if (nested == settings.end() || !nested->is(SettingKind::object)) return;
    const std::vector<Setting> inner(nested->items().begin(), nested->items().end());
    settings.erase(nested);
    for (Setting one : inner) {
      for (const ObjectSchema* object : {shape.more, shape.object}) {
        if (object != nullptr && one.schema == nullptr) one.schema = object->find(one.name);
      }
      if (const Setting* flat = find(settings, one.name)) {
        context_.sink
            .report(rules::setting_given_twice, one.name_range(),
                    "`" + std::string(one.name) + "` is given flat and inside of `settings`")
            .label(flat->name_range(), "the flat one")
            .suggest("remove one of them");
        continue;
      }
      if (one.schema != nullptr) decoder_.check(one);
      settings.push_back(one);
    }
  }

  const RawConfiguration& raw_;
  Configuration& configuration_;
  evaluation::EvaluationContext& context_;
  Decoder decoder_;
};

}  // namespace

Loaded load(std::span<const LoadInput> inputs, const Environment& environment, syntax::Dialect dialect,
            diagnostics::Diagnostics& sink) {
  std::vector<SyntaxError> errors;
  for (const diagnostics::Diagnostic* one : sink.sorted()) {
    if (one->severity == diagnostics::Severity::error) errors.push_back({one->range.file, one->range.begin});
  }
  std::sort(errors.begin(), errors.end());
  RawConfiguration raw(sink);
  for (const LoadInput& input : inputs) {
    if (input.is_json) {
      raw.add_json(*input.tree, input.is_overlay);
    } else {
      raw.add_native(*input.tree, input.is_overlay);
    }
  }
  raw.report_duplicates();
  ConfigScope scope(raw, sink);
  evaluation::EvaluationContext context(scope, environment, sink, dialect);
  scope.set_context(context);
  Loaded loaded;
  Loading(raw, loaded.configuration, context, std::move(errors)).run();
  loaded.environment_uses = std::move(context.environment_uses);
  for (const std::string_view label : raw.labels(BlockType::variable)) {
    if (!scope.was_used(std::string(label))) loaded.unused_variables.emplace_back(label);
  }
  return loaded;
}

}  // namespace honua::config
