// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/configuration.h"
#include "config/expression_index.h"
#include "config/loader.h"
#include "config/upstream.h"
#include "diagnostics/diagnostics.h"
#include "text/sanitize.h"

// What rules work with.
namespace honua::validation {

using config::Block;
using config::BlockType;
using config::Configuration;
using config::Setting;
using config::SettingKind;
using config::Target;
using diagnostics::Diagnostic;
using diagnostics::Rule;
using diagnostics::Severity;
using source::SourceRange;

struct Options {
  // How many instances serve this configuration, if the caller knows.
  std::optional<std::uint32_t> instances;
  // What each database lets connect at a time, over all instances; its usual default if that is not known.
  std::optional<std::uint32_t> database_connections;
  std::vector<std::string> unused_variables;
  // Whether a syntax error may have swallowed blocks: then nothing is said of what is not there.
  bool is_incomplete = false;
  // Whom the configuration is for, and the files that it was loaded from: what
  // a target reads depends on how things are written.
  config::Target target = config::Target::any;
  std::span<const config::LoadInput> inputs;
};

// Everything a rule may ask, and where it reports. Rules report on what is
// known: a value that is unknown silences those that need it.
class Check {
 public:
  // All of these must outlive it.
  Check(const Configuration& configuration, const Options& options, diagnostics::Diagnostics& sink);

  [[nodiscard]] const Configuration& configuration() const { return configuration_; }
  [[nodiscard]] const Options& options() const { return options_; }
  // Whether a block that is not there is not there: rules on what is missing ask first.
  [[nodiscard]] bool has_all_blocks() const { return !options_.is_incomplete; }

  // `honua.environment` with its default; "" if it is unknown.
  [[nodiscard]] std::string_view environment() const { return environment_; }
  [[nodiscard]] bool is_production() const;
  // Whether it comes from an environment variable, say.
  [[nodiscard]] bool is_environment_secret() const { return is_environment_secret_; }
  // Several instances serve: high availability is on, or somebody said so.
  [[nodiscard]] bool has_several_instances() const { return several_instances_; }
  // The `high_availability` in force: inside of `honua`, or the block.
  [[nodiscard]] const Setting* high_availability(std::string_view member) const;

  // The layers that name this service, and the services that a layer names. Blocks of the configuration.
  [[nodiscard]] std::span<const Block* const> layers_of(const Block& service) const;
  [[nodiscard]] std::span<const Block* const> services_of(const Block& layer) const;
  [[nodiscard]] const Block* data_source_of(const Block& layer) const;

  // What a setting was computed from; nothing of literals.
  [[nodiscard]] std::optional<syntax::Expression> expression_of(const Setting& setting) const;
  // A text as far as the file says it: see written_text.h. Rules may look for secrets in it, none may print
  // it.
  [[nodiscard]] std::optional<std::string> text_in_file(const Setting* setting) const;

  Diagnostic& report(const Rule& rule, SourceRange range, std::string message) {
    return sink_.report(rule, range, std::move(message));
  }
  // Whether a further finding of this severity is only counted.
  [[nodiscard]] bool is_unheard(const Rule& rule) const { return sink_.is_unheard(rule, rule.severity); }
  // With another severity than the rule's own.
  Diagnostic& report_as(Severity severity, const Rule& rule, SourceRange range, std::string message) {
    return sink_.report(rule, severity, range, std::move(message));
  }

 private:
  void note_services();
  mutable std::optional<config::ExpressionIndex> expressions_;  // made when one is asked for
  [[nodiscard]] std::size_t position_of(const Block& block) const {
    return static_cast<std::size_t>(&block - configuration_.of(block.type()).data());
  }

  const Configuration& configuration_;
  const Options& options_;
  diagnostics::Diagnostics& sink_;
  std::string_view environment_;
  bool is_environment_secret_ = false;
  bool several_instances_ = false;
  std::vector<std::vector<const Block*>> layers_of_;  // by the service's position
  std::vector<const Block*> services_;                // of all layers, one after the other
  std::vector<std::size_t> first_service_;            // by the layer's position, and one more
};

// --- Reading settings. Each takes nullptr for "not given".

// The text of a known setting, or the label of a reference. It may be a
// secret: see Setting::sensitive before any of it becomes part of a message.
[[nodiscard]] inline std::optional<std::string_view> text_of(const Setting* setting) {
  return setting == nullptr ? std::nullopt : setting->text();
}
[[nodiscard]] inline std::optional<double> number_of(const Setting* setting) {
  return setting == nullptr ? std::nullopt : setting->number();
}
[[nodiscard]] inline std::optional<bool> flag_of(const Setting* setting) {
  return setting == nullptr ? std::nullopt : setting->boolean();
}

// A text of nothing but white space.
[[nodiscard]] bool is_blank(const Setting* setting);
[[nodiscard]] bool is_blank_text(std::string_view text);
// Whether the value comes from the environment: messages must not hold it.
[[nodiscard]] inline bool is_secret(const Setting* setting) {
  return setting != nullptr && setting->sensitive;
}
// Not given or null. An unknown value is given.
[[nodiscard]] inline bool is_absent(const Setting* setting) {
  return setting == nullptr || setting->is(SettingKind::null);
}

// The value that counts: the setting's, or the schema's default where it is
// absent; nothing if it is unknown or there is no default. `block` may be a
// service, whose type's defaults count, too.
[[nodiscard]] std::optional<double> effective_number(const Block& block, std::string_view name);
// The same for a member of a nested object, such as `pool`.
[[nodiscard]] std::optional<double> effective_member(const Setting& object, std::string_view name);
[[nodiscard]] std::optional<bool> effective_flag(const Block& block, std::string_view name);
[[nodiscard]] std::optional<bool> default_flag(const config::AttributeSchema& schema);
[[nodiscard]] std::optional<double> default_number(const config::AttributeSchema& schema);

// `enabled` of a service, a cache or the rate limit: true unless it says false.
[[nodiscard]] bool is_enabled(const Block& block);
// The same, but false where it is unknown: for findings about what is offered.
[[nodiscard]] bool is_surely_enabled(const Block& block);
// The type's id of a service ("wfs"), also where it is spelt otherwise; "" if not known.
[[nodiscard]] std::string_view service_type(const Block& service);
// A cache's type; taken from a label that names one where it is missing.
[[nodiscard]] std::string_view cache_type(const Block& cache);
// `read_only` of a data source, in both spellings.
[[nodiscard]] bool is_read_only(const Block& data_source);
// The switch that lets clients of this service write, if it is on; nullptr else.
[[nodiscard]] const Setting* write_switch(const Block& service);

// Without regard to case, ASCII only: for words, host names and the like.
[[nodiscard]] bool same_word(std::string_view a, std::string_view b);
[[nodiscard]] std::string lower(std::string_view text);
// "`text`", fit for a message.
using text::quoted;
// A text in a message. What comes from the environment is not for printing.
[[nodiscard]] std::string shown(const Setting& value);
// "`layer.roads`".
[[nodiscard]] std::string address(const Block& block);
// "`a`, `b`, `c`": at most ten of them, or eleven where that is all.
[[nodiscard]] std::string list_of(const std::vector<std::string_view>& names);
// Without regard to case.
[[nodiscard]] bool is_one_of(std::string_view word, std::span<const std::string_view> known);
// The finding about a word that the server does not know, which `kind` describes. The word itself is told
// where it may be. `better` is what it is called here, where that is known.
void report_unknown_word(const Setting& word, const Rule& rule, const std::string& kind,
                         std::span<const std::string_view> known, Check& check, std::string_view better = {});
// The same for levels of logs, of which two have other names elsewhere.
void check_log_level(const Setting& level, const Rule& rule, std::span<const std::string_view> known,
                     Check& check);
// Adds "did you mean `...`?" if something is close, or else "there are: ...".
void suggest_from(Diagnostic& made, std::string_view given, const std::vector<std::string_view>& names);

}  // namespace honua::validation
