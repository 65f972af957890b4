// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "commands/command.h"
#include "commands/input_files.h"
#include "config/loader.h"
#include "config/upstream.h"
#include "diagnostics/diagnostics.h"
#include "source/source_file.h"
#include "syntax/parser.h"

namespace honua::commands {

// How far checking goes.
enum class CheckDepth : std::uint8_t {
  syntax,       // parse, but do not evaluate
  expressions,  // each file for itself, whatever its blocks mean
  everything,   // all files together as one Honua configuration
};

struct CheckOptions {
  syntax::Dialect dialect = syntax::Dialect::honua;
  CheckDepth depth = CheckDepth::everything;
  std::optional<std::uint32_t> instances;  // how many serve the configuration, if known
  config::Target target = config::Target::any;
};

// What checking some files brought to light.
struct CheckResult {
  source::SourceSet sources;  // what could be read; the findings' ranges lie here
  diagnostics::Diagnostics findings;
  std::vector<InputFailure> failures;        // what could not be found or read
  std::vector<std::string> unset_variables;  // environment variables taken as unknown: by name, each once
  // With CheckDepth::everything, what was checked as one configuration.
  std::deque<syntax::Tree> trees;
  std::vector<config::LoadInput> inputs;  // of these trees
};

// Reads and checks every file; one that cannot be read does not keep the
// others from it.
[[nodiscard]] CheckResult check_files(const InputFiles& inputs, const CheckOptions& options, CommandEnv& env);

}  // namespace honua::commands
