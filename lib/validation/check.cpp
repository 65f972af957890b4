// SPDX-License-Identifier: MIT
#include "validation/check.h"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "text/suggest.h"
#include "validation/written_text.h"

namespace honua::validation {

namespace {

constexpr std::size_t max_listed = 10;

const Setting* high_availability_of(const Configuration& configuration) {
  const Block* honua = configuration.single(BlockType::honua);
  return honua == nullptr ? nullptr : honua->find("high_availability");
}

}  // namespace

Check::Check(const Configuration& configuration, const Options& options, diagnostics::Diagnostics& sink)
    : configuration_(configuration), options_(options), sink_(sink) {
  const Block* honua = configuration.single(BlockType::honua);
  const Setting* environment = honua == nullptr ? nullptr : honua->find("environment");
  if (is_absent(environment)) {
    environment_ = "development";
  } else if (environment->is(SettingKind::text)) {
    environment_ = *environment->text();
    is_environment_secret_ = is_secret(environment);
  }
  const auto said = options.instances ? std::optional<double>(*options.instances)
                                      : number_of(honua == nullptr ? nullptr : honua->find("instances"));
  several_instances_ = flag_of(high_availability("enabled")).value_or(false) || said.value_or(1) > 1;
  note_services();
}

void Check::note_services() {
  layers_of_.resize(configuration_.of(BlockType::service).size());
  const std::vector<Block>& layers = configuration_.of(BlockType::layer);
  first_service_.reserve(layers.size() + 1);
  first_service_.push_back(0);
  for (const Block& layer : layers) {
    if (const Setting* listed = layer.find("services")) {
      for (const Setting& one : listed->items()) {
        const auto label = one.text();
        const Block* service = label ? configuration_.find(BlockType::service, *label) : nullptr;
        if (service == nullptr) continue;
        services_.push_back(service);
        layers_of_[position_of(*service)].push_back(&layer);
      }
    }
    first_service_.push_back(services_.size());
  }
}

bool Check::is_production() const {
  return same_word(environment_, "production") || same_word(environment_, "prod");
}

const Setting* Check::high_availability(std::string_view member) const {
  if (const Setting* inside = high_availability_of(configuration_)) return inside->find(member);
  const Block* block = configuration_.single(BlockType::high_availability);
  return block == nullptr ? nullptr : block->find(member);
}

std::span<const Block* const> Check::layers_of(const Block& service) const {
  return layers_of_[position_of(service)];
}

std::span<const Block* const> Check::services_of(const Block& layer) const {
  const std::size_t position = position_of(layer);
  const std::size_t first = first_service_[position];
  return std::span(services_).subspan(first, first_service_[position + 1] - first);
}

const Block* Check::data_source_of(const Block& layer) const {
  const auto label = text_of(layer.find("data_source"));
  return label ? configuration_.find(BlockType::data_source, *label) : nullptr;
}

std::optional<syntax::Expression> Check::expression_of(const Setting& setting) const {
  if (!expressions_) expressions_.emplace(options_.inputs);
  return expressions_->at(setting.range);
}

std::optional<std::string> Check::text_in_file(const Setting* setting) const {
  if (setting == nullptr) return std::nullopt;
  const bool is_literal = setting->is(SettingKind::text) && !setting->sensitive;
  if (is_literal) return std::string(*setting->text());
  if (!setting->sensitive && setting->is_known()) return std::nullopt;
  const auto expression = expression_of(*setting);
  const auto text_of_variable = [this](std::string_view name) -> std::optional<std::string> {
    const Block* variable = configuration_.find(BlockType::variable, name);
    const Setting* value = variable == nullptr ? nullptr : variable->find("default");
    const bool is_written = value != nullptr && value->is(SettingKind::text) && !value->sensitive;
    return is_written ? std::optional(std::string(*value->text())) : std::nullopt;
  };
  return expression ? written_text(*expression, text_of_variable) : std::nullopt;
}

bool is_blank(const Setting* setting) {
  const auto text = text_of(setting);
  return text && is_blank_text(*text);
}

bool is_blank_text(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

std::optional<bool> default_flag(const config::AttributeSchema& schema) {
  if (schema.default_value == "true") return true;
  if (schema.default_value == "false") return false;
  return std::nullopt;
}

std::optional<double> default_number(const config::AttributeSchema& schema) {
  double value = 0;
  const std::string_view text = schema.default_value;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || text.empty() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

namespace {

const config::AttributeSchema* schema_in(const Block& block, std::string_view name) {
  if (block.service_type != nullptr) {
    if (const auto* found = block.service_type->settings.find(name)) return found;
  }
  return block.schema->body.find(name);
}

}  // namespace

std::optional<double> effective_number(const Block& block, std::string_view name) {
  const Setting* setting = block.find(name);
  if (!is_absent(setting)) return number_of(setting);
  const auto* schema = schema_in(block, name);
  return schema == nullptr ? std::nullopt : default_number(*schema);
}

std::optional<double> effective_member(const Setting& object, std::string_view name) {
  const Setting* member = object.find(name);
  if (!is_absent(member)) return number_of(member);
  const auto* schema = object.schema()->nested->find(name);
  return schema == nullptr ? std::nullopt : default_number(*schema);
}

std::optional<bool> effective_flag(const Block& block, std::string_view name) {
  const Setting* setting = block.find(name);
  if (!is_absent(setting)) return flag_of(setting);
  const auto* schema = schema_in(block, name);
  return schema == nullptr ? std::nullopt : default_flag(*schema);
}

bool is_enabled(const Block& block) { return flag_of(block.find("enabled")).value_or(true); }

bool is_surely_enabled(const Block& block) {
  const Setting* enabled = block.find("enabled");
  return is_absent(enabled) || flag_of(enabled).value_or(false);
}

std::string_view service_type(const Block& service) {
  return service.service_type == nullptr ? std::string_view() : service.service_type->id;
}

std::string_view cache_type(const Block& cache) {
  const Setting* type = cache.find("type");
  if (!is_absent(type)) {
    const auto text = type->text();
    return text.value_or("");
  }
  for (const std::string_view known : {"redis", "cdn"}) {
    if (same_word(cache.label, known)) return known;
  }
  return "memory";
}

bool is_read_only(const Block& data_source) { return flag_of(data_source.find("read_only")).value_or(false); }

const Setting* write_switch(const Block& service) {
  for (const std::string_view name :
       {"allow_writes", "enable_transactions", "enable_editing", "allow_transactions"}) {
    const Setting* found = service.find(name);
    if (flag_of(found).value_or(false)) return found;
  }
  const Setting* transactions = service.find("transactions");
  const Setting* enabled = transactions == nullptr ? nullptr : transactions->find("enabled");
  return flag_of(enabled).value_or(false) ? enabled : nullptr;
}

std::string lower(std::string_view text) {
  std::string made(text);
  std::transform(made.begin(), made.end(), made.begin(),
                 [](unsigned char c) { return static_cast<char>(c < 0x80 ? std::tolower(c) : c); });
  return made;
}

bool same_word(std::string_view a, std::string_view b) {
  return a.size() == b.size() && lower(a) == lower(b);
}

std::string shown(const Setting& value) {
  return value.sensitive ? "the value from the environment" : quoted(value.text().value_or(""));
}

std::string address(const Block& block) {
  std::string path(block.schema->keyword);
  if (block.schema->labelled) path += "." + std::string(block.label);
  return quoted(path);
}

std::string list_of(const std::vector<std::string_view>& names) {
  std::string list;
  // "and 1 more" would be no shorter than the name.
  const std::size_t shown =
      names.size() == max_listed + 1 ? names.size() : std::min(names.size(), max_listed);
  for (std::size_t i = 0; i < shown; ++i) list += (i == 0 ? "" : ", ") + quoted(names[i]);
  if (names.size() > shown) list += " and " + std::to_string(names.size() - shown) + " more";
  return list;
}

bool is_one_of(std::string_view word, std::span<const std::string_view> known) {
  return std::ranges::any_of(known, [&](std::string_view one) { return same_word(one, word); });
}

void report_unknown_word(const Setting& word, const Rule& rule, const std::string& kind,
                         std::span<const std::string_view> known, Check& check, std::string_view better) {
  const bool is_shown = !word.sensitive && !is_blank(&word);
  const std::string which = is_shown ? " " + quoted(*word.text()) : " of this name";
  auto& made =
      check.report(rule, word.range,
                   is_blank(&word) ? "the " + kind + " is blank" : "the server knows no " + kind + which);
  if (is_shown && !better.empty()) {
    made.suggest("write " + quoted(better)).respelt(better, *word.text());
  } else {
    suggest_from(made, is_shown ? *word.text() : "", {known.begin(), known.end()});
  }
}

void check_log_level(const Setting& level, const Rule& rule, std::span<const std::string_view> known,
                     Check& check) {
  const auto text = level.text();
  if (!text || is_one_of(*text, known)) return;
  // .NET has these names in full.
  const std::string_view better = same_word(*text, "info")   ? "information"
                                  : same_word(*text, "warn") ? "warning"
                                                             : "";
  report_unknown_word(level, rule, "log level", known, check, better);
}

void suggest_from(Diagnostic& made, std::string_view given, const std::vector<std::string_view>& names) {
  if (const auto close = text::suggest(given, names)) {
    made.did_you_mean(*close, given);
  } else if (!names.empty()) {
    made.suggest("there are: " + list_of(names));
  }
}

}  // namespace honua::validation
