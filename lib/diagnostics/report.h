// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diagnostics/diagnostics.h"
#include "diagnostics/environment_variable.h"
#include "diagnostics/failure.h"
#include "diagnostics/rule_info.h"
#include "source/source_file.h"

namespace honua::diagnostics {

// A finding as part of a report.
struct Finding {
  const Diagnostic* diagnostic = nullptr;
  std::string address;  // of the setting or block that it lies in: `layer.roads.srid`; "" outside all blocks
  std::string fingerprint;  // see Fingerprints
};

// How many findings are not shown, and why.
struct Suppressed {
  std::size_t by_comment = 0;
  std::size_t by_baseline = 0;

  [[nodiscard]] std::size_t total() const { return by_comment + by_baseline; }
};

// All that a run has to tell, for the renderers of its findings. What it refers to must outlive it.
struct Report {
  const source::SourceSet* sources = nullptr;
  std::vector<Finding> findings;                             // those that are shown, in source order
  std::array<std::size_t, severity_count> dropped_counts{};  // findings that were counted only, by severity
  Suppressed suppressed;
  std::vector<std::string> ignored;              // the fingerprints of what comments ignore
  std::vector<std::string> files;                // the names of everything checked, in the order of checking
  std::vector<Failure> failures;                 // what could not be checked
  std::vector<EnvironmentVariable> environment;  // that the files ask for
  std::vector<const RuleInfo*> rules;            // all there are, by code
  std::string program_version;                   // "0.1.0"
  std::chrono::sys_seconds time;                 // when the run began
  // From which severity on a finding counts as a failure; nothing where none does.
  std::optional<Severity> threshold = Severity::error;

  [[nodiscard]] std::size_t count(Severity severity) const;
  [[nodiscard]] std::size_t dropped(Severity severity) const {
    return dropped_counts[static_cast<std::size_t>(severity)];
  }
  [[nodiscard]] std::size_t dropped() const;
  // Whether there is one of this severity, the dropped included.
  [[nodiscard]] bool has(Severity severity) const { return count(severity) + dropped(severity) > 0; }
  // Whether a finding of this severity counts as a failure.
  [[nodiscard]] bool fails(Severity severity) const { return threshold && severity <= *threshold; }
  // Whether all that was asked for was checked and holds no error.
  [[nodiscard]] bool is_valid() const { return !has(Severity::error) && failures.empty(); }
};

// All findings of a sink, and the names of all files. `address_of` finds addresses; without it there are
// none.
using AddressOf = std::function<std::string(source::SourceRange)>;
[[nodiscard]] Report make_report(const Diagnostics& findings, const source::SourceSet& sources,
                                 const AddressOf& address_of = {});

// What identifies a finding from one run to the next: 32 hexadecimal digits made of its rule, its address and
// how many findings with both are in front of it in the report. Edits elsewhere don't change it, nor does a
// block's move to another file. Outside all blocks the file's name, without directories, stands in for the
// address. Never made of values: they may be secrets.
class Fingerprints {
 public:
  [[nodiscard]] std::string next(const Rule& rule, std::string_view address, std::string_view file_name);

 private:
  std::map<std::string, std::size_t> seen_;  // how often, by rule and address
};

}  // namespace honua::diagnostics
