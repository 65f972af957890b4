// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "validation/areas.h"
#include "validation/environment.h"

// Environment variables. They are no part of a configuration, but what it asks
// for: the caller has the list of them.
namespace honua::validation {

namespace {

using diagnostics::EnvironmentVariable;
using evaluation::EnvironmentUse;

constexpr Rule variable_not_set{"H0111", "environment-variable-not-set", Severity::error, "variable",
                                "with `--env require` every variable that a value needs is set"};
constexpr Rule variable_empty{"H0112", "environment-variable-empty", Severity::warning, "variable",
                              "an environment variable that is set holds something"};

// Places shown beside the first one; a name that is asked for in every layer
// would else fill the screen.
constexpr std::size_t max_labelled_places = 3;

using Places = std::map<std::string, std::vector<SourceRange>>;

void sort_places(std::vector<SourceRange>& places) {
  std::sort(places.begin(), places.end(), [](SourceRange a, SourceRange b) {
    return std::pair(a.file, a.begin) < std::pair(b.file, b.begin);
  });
}

// One finding for each name, at the first of its places.
void report_each(Places& by_name, const Rule& rule, std::string_view state, std::string_view help,
                 diagnostics::Diagnostics& sink) {
  for (auto& [name, places] : by_name) {
    sort_places(places);
    auto& made = sink.report(rule, places.front(),
                             "the environment variable " + quoted(name) + " is " + std::string(state));
    made.suggest(std::string(help));
    const std::size_t shown = std::min(places.size(), 1 + max_labelled_places);
    for (std::size_t i = 1; i < shown; ++i) made.label(places[i], "and here");
    const std::size_t more = places.size() - shown;
    if (more > 0)
      made.suggest("it is asked for at " + std::to_string(more) +
                   (more == 1 ? " more place" : " more places"));
  }
}

}  // namespace

std::vector<EnvironmentVariable> inventory(std::span<const EnvironmentUse> uses) {
  std::map<std::string, EnvironmentVariable> by_name;
  for (const EnvironmentUse& use : uses) {
    const auto [place, is_new] = by_name.try_emplace(use.name);
    EnvironmentVariable& variable = place->second;
    if (is_new) variable = {use.name, use.is_set, use.is_empty, true, false, {}};
    variable.places.push_back(use.range);
    if (!use.is_needed) continue;
    variable.is_needed = true;
    variable.has_default = variable.has_default && use.has_default;
  }
  std::vector<EnvironmentVariable> variables;
  for (auto& [name, variable] : by_name) {
    if (!variable.is_needed) variable.has_default = false;
    sort_places(variable.places);
    variables.push_back(std::move(variable));
  }
  return variables;
}

void check_environment(std::span<const EnvironmentUse> uses, bool must_be_set,
                       diagnostics::Diagnostics& sink) {
  Places not_set;
  Places empty;
  for (const EnvironmentUse& use : uses) {
    if (!use.is_needed) continue;
    if (must_be_set && !use.is_set && !use.has_default) not_set[use.name].push_back(use.range);
    if (use.is_empty) empty[use.name].push_back(use.range);
  }
  report_each(not_set, variable_not_set, "not set", "set it, or give a default: `env(\"NAME\", \"default\")`",
              sink);
  report_each(empty, variable_empty, "set but empty",
              "set it to something, or unset it: an empty text counts, and no default stands in for it",
              sink);
}

namespace {

constexpr std::array rules = {
    RuleInfo{&variable_not_set,
             "A server that starts without the variable stops, or goes on without the value. "
             "`honua validate --env require` finds out where the server's environment is at hand; elsewhere "
             "such values are taken as unknown.",
             R"hcl(data_source "db" {
  provider   = "postgresql"
  connection = env("DATABASE_URL")
}
)hcl",
             R"hcl(data_source "db" {
  provider   = "sqlite"
  connection = env("DATABASE_URL", "Data Source=/maps/city.db")
}
)hcl",
             "", "--env require"},
    RuleInfo{
        &variable_empty,
        "An empty variable is often a failed substitution in a deployment's script. It counts as set, so "
        "that no default stands in for it.",
        R"hcl(--- environment
STAGE_NOTE=
--- honua.hcl
layer "roads" {
  title       = "Roads"
  description = env("STAGE_NOTE", "All roads of the city")
  data_source = data_source.db
  table       = "public.roads"
  id_field    = "id"
  services    = [service.ogc_api]
}
)hcl",
        R"hcl(--- environment
STAGE_NOTE=Roads of the test database
--- honua.hcl
layer "roads" {
  title       = "Roads"
  description = env("STAGE_NOTE", "All roads of the city")
  data_source = data_source.db
  table       = "public.roads"
  id_field    = "id"
  services    = [service.ogc_api]
}
)hcl"},
};

}  // namespace

const Area environment_area{{}, rules};

}  // namespace honua::validation
