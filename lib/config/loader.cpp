// SPDX-License-Identifier: MIT
#include "config/loader.h"

#include <algorithm>
#include <array>
#include <set>

#include "config/attribute_path.h"
#include "config/config_scope.h"
#include "config/decoder.h"
#include "config/json_model.h"
#include "config/overlay_check.h"
#include "config/raw_configuration.h"
#include "config/rules.h"
#include "config/spread_settings.h"
#include "syntax/rules.h"

namespace honua::config {

namespace {

// Whether the parser may have passed over whole blocks behind an error of this rule. Most errors cost it a
// line at most.
bool swallows_blocks(const diagnostics::Rule& rule) {
  namespace rules = syntax::rules;
  constexpr std::array swallowing = {&rules::unclosed_block, &rules::unclosed_bracket,
                                     &rules::unterminated_heredoc, &rules::invalid_encoding,
                                     &rules::invalid_json};
  return std::ranges::find(swallowing, &rule) != swallowing.end();
}

// The kind of service that a block declares: its `type`, or else its label.
const ServiceType* service_type_of(std::span<const Setting> settings, std::string_view label) {
  const Setting* type = find(settings, "type");
  if (type == nullptr || type->is(SettingKind::null)) return find_service_type(label);
  const auto text = type->text();
  return text ? find_service_type(*text) : nullptr;
}

// Comparing each of many names with each of many others takes too long, and an
// overlay that adds hundreds of blocks means to: the first ones are looked at.
constexpr std::size_t max_checked_additions = 200;
constexpr std::size_t max_compared_labels = 2000;

// High availability is described inside of `honua` or in a block of its own.
void report_two_spellings(const Configuration& configuration, diagnostics::Diagnostics& sink) {
  const Block* block = configuration.single(BlockType::high_availability);
  const Block* honua = configuration.single(BlockType::honua);
  const Setting* inside = honua == nullptr ? nullptr : honua->find("high_availability");
  if (block == nullptr || inside == nullptr || inside->is(SettingKind::null)) return;
  sink.report(rules::setting_given_twice, block->header_range,
              "`high_availability` is given inside of `honua` and as a block of its own")
      .label(inside->name_range(), "the one that counts")
      .suggest("move all into the one inside of `honua`");
}

class Loading {
 public:
  Loading(const RawConfiguration& raw, Configuration& configuration, evaluation::EvaluationContext& context,
          std::vector<SyntaxError> errors, const std::set<source::FileId>& models, bool base_is_broken)
      : raw_(raw),
        models_(models),
        base_is_broken_(base_is_broken),
        configuration_(configuration),
        context_(context),
        decoder_(configuration, context, std::move(errors), models) {}

  void run() {
    std::array<std::size_t, block_type_count> counts{};
    for (const RawBlock& block : raw_.blocks()) ++counts[static_cast<std::size_t>(block.schema->type)];
    configuration_.reserve(counts);
    for (const RawBlock& block : raw_.blocks()) add(block);
  }

 private:
  void add(const RawBlock& raw) {
    Block block;
    block.schema = raw.schema;
    block.label = raw.is_label_in_file ? raw.label : configuration_.keep(raw.label);
    block.header_range = raw.header_range;
    block.label_range = raw.label_range;
    block.is_header_broken = decoder_.is_header_broken(raw.header_range, raw.body);
    const bool service = raw.schema->type == BlockType::service;
    if (service) block.service_type = peek_service_type(raw);
    Decoder::Shape shape{
        &raw.schema->body,   nullptr,          service || raw.schema->type == BlockType::import,
        raw.schema->keyword, raw.header_range, raw.label};
    if (block.service_type != nullptr) shape.more = &block.service_type->settings;
    shape.has_settings = service;
    const bool is_flattened = service || raw.schema->type == BlockType::data_source;
    if (!raw.is_addition && raw.overlay_bodies().empty() && !is_flattened) {
      block.settings = decoder_.decode_kept(raw.body, shape);
      return configuration_.add(block);
    }
    std::vector<Setting> settings = is_flattened ? merge_spread(raw, shape) : merge_plain(raw, shape);
    if (service && block.service_type == nullptr) block.service_type = service_type_of(settings, block.label);
    block.settings = configuration_.keep(settings);
    configuration_.add(block);
  }

  static std::string address_of(const RawBlock& raw) {
    const std::string keyword(raw.schema->keyword);
    return raw.label.empty() ? keyword : keyword + "." + std::string(raw.label);
  }

  // A broken base may have lost the block that the overlay is meant for.
  void check_added(const RawBlock& raw, std::span<const Setting> settings) {
    if (!raw.schema->labelled || base_is_broken_ || ++additions_ > max_checked_additions) return;
    AddedBlock added{raw.schema->keyword, raw.label, raw.label_range, true, {}};
    for (const AttributeSchema& attribute : raw.schema->body.attributes) {
      if (attribute.required && find(settings, attribute.name) == nullptr) added.is_complete = false;
    }
    for (const RawBlock& other : raw_.blocks()) {
      if (added.base_labels.size() == max_compared_labels) break;
      if (other.schema == raw.schema && !other.is_addition) added.base_labels.push_back(other.label);
    }
    check_addition(added, context_.sink);
  }

  // The type decides which settings there are, so it is looked at first.
  const ServiceType* peek_service_type(const RawBlock& raw) {
    evaluation::TraversalStep type;
    type.name = "type";
    const PathEnd found = follow_path(raw, std::span(&type, 1), models_);
    if (!found.expression) return find_service_type(raw.label);
    const auto name = decoder_.text_of(*found.expression);
    return name ? find_service_type(*name) : nullptr;
  }

  // The body of a block with all overlays laid over it.
  std::vector<Setting> merge_plain(const RawBlock& raw, const Decoder::Shape& shape) {
    std::vector<Setting> settings = decoder_.decode(raw.body, shape);
    if (raw.is_addition) check_added(raw, settings);
    for (const OverlayBody& overlay : raw.overlay_bodies()) {
      const std::vector<Setting> over = decoder_.decode(overlay.body, shape);
      check_overlay(raw, overlay, settings, over);
      settings = decoder_.merge(settings, over);
    }
    return settings;
  }

  // The same of one whose settings may stand inside of `settings`.
  std::vector<Setting> merge_spread(const RawBlock& raw, const Decoder::Shape& shape) {
    SpreadSettings settings(decoder_.decode(raw.body, shape), context_.sink);
    if (raw.is_addition) check_added(raw, settings.flat());
    for (const OverlayBody& overlay : raw.overlay_bodies()) {
      const SpreadSettings over(decoder_.decode(overlay.body, shape), context_.sink);
      check_overlay(raw, overlay, settings.flat(), over.flat());
      settings.lay_over(over, decoder_);
    }
    return settings.flat();
  }

  void check_overlay(const RawBlock& raw, const OverlayBody& overlay, std::span<const Setting> base,
                     std::span<const Setting> over) {
    check_repetition({address_of(raw), raw.header_range, overlay.header_range, base, over}, context_.sink);
  }

  const RawConfiguration& raw_;
  const std::set<source::FileId>& models_;
  bool base_is_broken_;
  std::size_t additions_ = 0;
  Configuration& configuration_;
  evaluation::EvaluationContext& context_;
  Decoder decoder_;
};

}  // namespace

Loaded load(std::span<const LoadInput> inputs, const Environment& environment, syntax::Dialect dialect,
            diagnostics::Diagnostics& sink, Sensitivity sensitivity) {
  Loaded loaded;
  std::vector<SyntaxError> errors;
  for (const diagnostics::Diagnostic* one : sink.sorted()) {
    loaded.may_lack_blocks = loaded.may_lack_blocks || swallows_blocks(*one->rule);
    if (one->severity == diagnostics::Severity::error) errors.push_back({one->range.file, one->range.begin});
  }
  std::sort(errors.begin(), errors.end());
  const bool base_is_broken = std::ranges::any_of(inputs, [&](const LoadInput& input) {
    return !input.is_overlay && std::ranges::any_of(errors, [&](const SyntaxError& error) {
      return error.file == input.tree->file().id();
    });
  });
  RawConfiguration raw(sink);
  std::set<source::FileId> models;
  for (const LoadInput& input : inputs) {
    if (input.is_model) {
      raw.add_model(*input.tree, input.is_overlay);
      models.insert(input.tree->file().id());
    } else if (input.is_json) {
      raw.add_json(*input.tree, input.is_overlay);
    } else {
      raw.add_native(*input.tree, input.is_overlay);
    }
  }
  raw.report_duplicates();
  ConfigScope scope(raw, models, sink);
  evaluation::EvaluationContext context(scope, environment, sink, dialect);
  context.marks_secret_names = sensitivity == Sensitivity::environment_and_names;
  scope.set_context(context);
  Loading(raw, loaded.configuration, context, std::move(errors), models, base_is_broken).run();
  report_two_spellings(loaded.configuration, sink);
  loaded.environment_uses = std::move(context.environment_uses);
  sink.discard_repeats();
  for (const std::string_view label : raw.labels(BlockType::variable)) {
    if (!scope.was_used(std::string(label))) loaded.unused_variables.emplace_back(label);
  }
  return loaded;
}

}  // namespace honua::config
