// SPDX-License-Identifier: MIT
#include "commands/plan_filter.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <CLI/CLI.hpp>

#include "commands/messages.h"
#include "commands/shared_options.h"
#include "config/address.h"
#include "config/schema.h"
#include "planning/plan_rules.h"
#include "text/sanitize.h"

namespace honua::commands {

namespace {

using planning::Change;
using planning::Level;

constexpr std::array level_choices = {
    Choice<Level>{"breaking", Level::breaking}, Choice<Level>{"risky", Level::risky},
    Choice<Level>{"additive", Level::additive}, Choice<Level>{"neutral", Level::neutral}};

constexpr std::array contract_choices = {Choice<Contract>{"api", Contract::api},
                                         Choice<Contract>{"ops", Contract::ops},
                                         Choice<Contract>{"security", Contract::security}};

constexpr std::array<std::string_view, 8> areas = {"layer", "field", "service", "source",
                                                   "cache", "limit", "cors",    "platform"};

// The value of a name, or nothing, with a message.
template <class E, std::size_t N>
std::optional<E> find_choice(const std::string& option, const std::string& given,
                             const std::array<Choice<E>, N>& choices, CommandEnv& env) {
  std::vector<std::string_view> names;
  for (const Choice<E>& one : choices) {
    if (one.name == given) return one.value;
    names.push_back(one.name);
  }
  print_error(env, unknown_choice(option, given, names));
  return std::nullopt;
}

// Whether it begins with the name of a type of block.
bool is_block_address(std::string_view address) {
  const std::string_view first = address.substr(0, address.find_first_of(".["));
  return config::find_block_schema(first) != nullptr;
}

}  // namespace

bool concerns(Contract contract, const Change& change) {
  switch (contract) {
    case Contract::api: return change.level != Level::neutral;
    case Contract::ops: return change.effect > planning::Effect::reload;
    case Contract::security: return change.security != planning::Security::none;
  }
  return true;
}

void PlanFilter::add_options(CLI::App& app) {
  add_choice_option(app, "--only", "leave out what is less bad", level_choices, only_);
  add_list_option(app, "--area", "AREA",
                  "only layer, field, service, source, cache, limit, cors or platform; may be repeated",
                  areas_);
  add_list_option(app, "--path", "ADDRESS",
                  "only what is at or below an address, such as layer.roads; may be repeated", paths_);
  add_list_option(app, "--contract", "CONTRACT",
                  "only what concerns api (clients see it), ops (more than a reload) or security; may be "
                  "repeated",
                  contract_names_);
  add_list_option(
      app, "--level", "RULE|ADDRESS=LEVEL",
      "how bad a rule's changes count, such as P1002=risky, or what is below an address at worst, "
      "such as service.odata=risky; may be repeated",
      level_texts_);
}

bool PlanFilter::read(CommandEnv& env) {
  return read_areas(env) && read_paths(env) && read_contracts(env) && read_levels(env);
}

bool PlanFilter::read_areas(CommandEnv& env) const {
  for (const std::string& area : areas_) {
    if (std::ranges::find(areas, area) != areas.end()) continue;
    print_error(env, unknown_choice("--area", area, {areas.begin(), areas.end()}));
    return false;
  }
  return true;
}

bool PlanFilter::read_paths(CommandEnv& env) {
  for (std::string& path : paths_) {
    auto address = config::canonical_address(path);
    if (!address || !is_block_address(*address)) {
      print_error(env, text::quoted(path) + " is no address", {"addresses are, for instance, `layer.roads`"});
      return false;
    }
    path = *std::move(address);
  }
  return true;
}

bool PlanFilter::read_contracts(CommandEnv& env) {
  for (const std::string& name : contract_names_) {
    const auto contract = find_choice("--contract", name, contract_choices, env);
    if (!contract) return false;
    contracts_.push_back(*contract);
  }
  return true;
}

bool PlanFilter::read_levels(CommandEnv& env) {
  for (const std::string& text : level_texts_) {
    const std::size_t sign = std::min(text.rfind('='), text.size());
    const std::string subject = text.substr(0, sign);
    LevelRequest made;
    made.rule = planning::find_change_rule(subject);
    const auto address = config::canonical_address(subject);
    if (made.rule == nullptr && address && is_block_address(*address)) made.address = *address;
    if (made.rule == nullptr && made.address.empty()) {
      print_error(env, text::quoted(subject) + " is neither a rule of changes nor an address",
                  {"for instance `--level P1002=risky` or `--level service.odata=risky`",
                   "`honua explain --list` names the rules"});
      return false;
    }
    const auto level =
        find_choice("--level", sign == text.size() ? "" : text.substr(sign + 1), level_choices, env);
    if (!level) return false;
    made.level = *level;
    levels_.push_back(std::move(made));
  }
  return true;
}

void PlanFilter::set_levels(planning::ChangeSet& plan) const {
  for (const LevelRequest& request : levels_) {
    for (Change& one : plan.changes) {
      if (request.rule == one.rule) one.level = request.level;
      if (request.rule == nullptr && config::is_at_or_below(one.address, request.address))
        one.level = std::max(one.level, request.level);
    }
  }
  plan.sort();
}

bool PlanFilter::is_judged(const Change& change) const {
  const auto is_below = [&](const std::string& path) { return config::is_at_or_below(change.address, path); };
  const auto is_about = [&](Contract one) { return concerns(one, change); };
  if (change.is_accepted) return false;
  if (!areas_.empty() && std::ranges::find(areas_, to_string(change.area)) == areas_.end()) return false;
  return (paths_.empty() || std::ranges::any_of(paths_, is_below)) &&
         (contracts_.empty() || std::ranges::any_of(contracts_, is_about));
}

bool PlanFilter::is_shown(const Change& change) const {
  return is_judged(change) && (!only_ || change.level <= *only_);
}

void PlanFilter::note_unknown_paths(const snapshot::Document& before, const snapshot::Document& after,
                                    CommandEnv& env) const {
  for (const std::string& path : paths_) {
    const auto is_near = [&](const snapshot::BlockEntry& block) {
      const std::string address = config::block_address(config::schema_of(block.type), block.label);
      return config::is_at_or_below(address, path) || config::is_at_or_below(path, address);
    };
    if (std::ranges::any_of(before.blocks(), is_near) || std::ranges::any_of(after.blocks(), is_near))
      continue;
    print_note(env, "neither side has anything at " + text::quoted(path));
  }
}

}  // namespace honua::commands
