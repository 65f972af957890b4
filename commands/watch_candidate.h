// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "commands/check_files.h"
#include "commands/command.h"
#include "commands/followed.h"
#include "commands/input_files.h"
#include "commands/run_control.h"
#include "diagnostics/baseline.h"
#include "snapshot/document.h"
#include "snapshot/secret_digest.h"
#include "watching/event.h"
#include "watching/recording_file_system.h"
#include "watching/watch_loop.h"

namespace honua::commands {

// What is watched, and how it is judged: as `honua validate` does.
struct WatchedInputs {
  InputRequest request;
  std::string directory = watching::current_directory();  // where relative paths begin
  std::string environment_file;  // "" for none: a list of variables that count more than the process's own
  CheckOptions check;
  FailOn fail_on = FailOn::error;
  std::optional<diagnostics::Baseline> baseline;
};

// Takes over what options and the project file say; false, with a message, where that cannot be.
[[nodiscard]] bool read_watched_inputs(const ControlOptions& options, const CountOptions& counts,
                                       WatchedInputs& inputs, CommandEnv& env);

// A sound configuration at a moment.
struct SoundConfiguration {
  snapshot::Document document;  // with digests of secrets: for comparing, never to leave the process
  std::string text;             // the snapshot as it may be written
  std::string hash;             // of that text
  // The same for configurations that no listener could tell apart: of the document, and of the variables it
  // asks for.
  std::string identity;
  std::string environment_hash;  // of the variables' values
  std::size_t masked = 0;        // values with secrets in them, which the text does not hold
  std::size_t unknown = 0;       // values that nobody could evaluate
};

// What was found when somebody looked.
struct Candidate {
  std::optional<Followed> followed = std::nullopt;  // where a store was asked
  watching::Look look;
  InputFiles found;
  CheckResult check;
  // Where it can be used. The finding may be `empty` then: of several files one may be.
  std::optional<SoundConfiguration> sound;
  std::optional<watching::FindingCounts> finding_counts;
  std::vector<watching::EventDetail> findings;  // those that count, the first of them
  std::vector<std::string> failures;            // what could not be read; fit for printing
};

// Reads, checks and makes a snapshot of what is there now. `inputs` must outlive the candidate.
[[nodiscard]] std::unique_ptr<Candidate> load_candidate(const WatchedInputs& inputs,
                                                        const snapshot::SecretDigest& digest,
                                                        CommandEnv& env);

// The same for a snapshot of a store, by a name for messages. It is checked as the configuration that it
// comes to. The snapshot must be one.
[[nodiscard]] std::unique_ptr<Candidate> load_stored_candidate(const WatchedInputs& inputs,
                                                               const std::string& name,
                                                               const std::string& snapshot,
                                                               const snapshot::SecretDigest& digest,
                                                               CommandEnv& env);

// Prints, on standard error, what keeps a candidate from being sound.
void print_findings_of(const Candidate& candidate, CommandEnv& env);

}  // namespace honua::commands
