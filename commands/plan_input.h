// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "commands/check_files.h"
#include "commands/command.h"
#include "commands/input_files.h"
#include "commands/shared_options.h"
#include "planning/locate.h"
#include "planning/plan.h"
#include "planning/plan_report.h"
#include "snapshot/document.h"
#include "snapshot/secret_digest.h"

namespace honua::commands {

// What to make a snapshot of: a file, a directory, `-`, a revision of git, a version of a store, a saved
// snapshot.
struct SnapshotRequest {
  std::string spec;             // "" for what is found here
  std::string shown_name = {};  // what to call it; "" for what it was asked for as
  std::string here;             // the path that a revision without one means; "" for what is found here
  std::string environment;      // whose overlay is laid over
  std::string stdin_filename;
  Color color = Color::automatic;
  // Whether the configuration may have errors that leave its blocks readable: what they touch is unknown
  // then.
  bool tolerates_errors = false;
  // Whether it is one file of several: services that it does not hold may be offered all the same.
  bool is_part = false;
  bool is_insecure_store = false;  // of a store's version: whether everybody may write the store
  // Whether to say how many errors the configuration has that do not keep it from being compared.
  bool counts_errors = false;
};

// A snapshot with what it was made of. Stays where it is: its parts refer to each other.
struct LoadedSnapshot {
  std::string name;  // as it was asked for; fit for printing
  CheckOptions options;
  CheckResult check;  // of a configuration
  bool is_configuration = false;
  bool is_part = false;
  std::optional<snapshot::Document> document;
  std::optional<planning::ConfigurationLocator> locator;
  InputRequest inputs;  // of a configuration
  InputFiles found;
  std::string saved_path;  // of a snapshot in the working directory
  std::size_t masked = 0;
  std::size_t unknown = 0;
  std::unique_ptr<FileSystem> files;  // of a revision

  [[nodiscard]] planning::Side side() const;
  [[nodiscard]] planning::ReportSide report_side(bool with_hash) const;
  // The hash of what is written to files: without digests of secrets.
  [[nodiscard]] std::string hash() const;
  // The snapshot as it may be written.
  [[nodiscard]] std::string text() const;
  // Whether a file to be written is a part of this configuration, or would become one. Says so.
  [[nodiscard]] bool is_overwritten_by(const std::string& output, CommandEnv& env) const;
};

// Reads it; nothing, with a message, where that cannot be done. `digest` makes secrets comparable with those
// of another one that was read with it.
[[nodiscard]] std::unique_ptr<LoadedSnapshot> load_snapshot(const SnapshotRequest& request,
                                                            const snapshot::SecretDigest& digest,
                                                            CommandEnv& env);

}  // namespace honua::commands
