// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "commands/command.h"
#include "commands/input_files.h"
#include "config/configuration.h"
#include "config/loader.h"
#include "config/upstream.h"
#include "diagnostics/diagnostics.h"
#include "diagnostics/environment_variable.h"
#include "diagnostics/suppression.h"
#include "evaluation/evaluator.h"
#include "source/source_file.h"
#include "syntax/parser.h"

namespace honua::commands {

// How far checking goes.
enum class CheckDepth : std::uint8_t {
  syntax,       // parse, but do not evaluate
  expressions,  // each file for itself, whatever its blocks mean
  structure,    // all files together: names, types and references, but not what values mean
  everything,   // all files together as one Honua configuration
};

// What becomes of the environment variables that the files ask for.
enum class EnvironmentMode : std::uint8_t {
  note,     // a note names those that are not set
  list,     // all are listed
  require,  // those that a value needs must be set
};

struct CheckOptions {
  syntax::Dialect dialect = syntax::Dialect::honua;
  CheckDepth depth = CheckDepth::everything;
  EnvironmentMode environment = EnvironmentMode::note;
  std::optional<std::uint32_t> instances;             // how many serve the configuration, if known
  std::optional<std::uint32_t> database_connections;  // how many each database allows, if known
  config::Target target = config::Target::any;
  diagnostics::Levels levels;                // where they are not the rules' own
  std::optional<std::chrono::seconds> live;  // how long each database may take, if they are asked
  bool keeps_values_apart = false;           // what is wrong with values only: see CheckResult
};

// What checking some files brought to light.
struct CheckResult {
  source::SourceSet sources;  // what could be read; the findings' ranges lie here
  diagnostics::Diagnostics findings;
  diagnostics::Diagnostics value_findings;  // what `structure` does not look for, where that is kept apart
  std::vector<diagnostics::Suppression> suppressions;       // the files' comments that keep findings out
  std::vector<InputFailure> failures;                       // what could not be found or read
  std::vector<diagnostics::EnvironmentVariable> variables;  // that the files ask for, by name

  // What the files come to, where all were taken together.
  std::deque<syntax::Tree> trees;
  std::vector<config::LoadInput> inputs;  // of these trees
  config::Configuration configuration;
  std::vector<evaluation::EnvironmentUse> environment_uses;
  std::set<source::FileId> overlays;  // the files that were laid over others
  std::vector<InputFile> read;        // what the sources were read from, by FileId
};

// Reads and checks every file; one that cannot be read does not keep the
// others from it. `options` must outlive the result.
[[nodiscard]] CheckResult check_files(const InputFiles& inputs, const CheckOptions& options, CommandEnv& env);
// The same for a text in HCL's native form that is no file yet.
[[nodiscard]] CheckResult check_text(const std::string& name, std::string_view text,
                                     const CheckOptions& options, CommandEnv& env);

}  // namespace honua::commands
