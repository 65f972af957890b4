// SPDX-License-Identifier: MIT
#include "diagnostics/report.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "text/digest.h"

namespace honua::diagnostics {

namespace {

// Half of a SHA-256: collisions stay out of reach, and lines stay short.
constexpr std::size_t fingerprint_size = 32;

std::string_view base_name(std::string_view path) { return path.substr(path.find_last_of("/\\") + 1); }

}  // namespace

std::string Fingerprints::next(const Rule& rule, std::string_view address, std::string_view file_name) {
  std::string identity(rule.code);
  // Neither codes nor addresses hold line feeds, so no two identities read the same.
  identity += address.empty() ? "\nfile\n" : "\naddress\n";
  identity += address.empty() ? base_name(file_name) : address;
  const std::size_t ordinal = seen_[identity]++;
  return text::sha256(identity + "\n" + std::to_string(ordinal)).substr(0, fingerprint_size);
}

std::size_t Report::count(Severity severity) const {
  return static_cast<std::size_t>(std::ranges::count_if(
      findings, [severity](const Finding& one) { return one.diagnostic->severity == severity; }));
}

std::size_t Report::dropped() const {
  return std::accumulate(dropped_counts.begin(), dropped_counts.end(), std::size_t{0});
}

Report make_report(const Diagnostics& findings, const source::SourceSet& sources,
                   const AddressOf& address_of) {
  Report report;
  report.sources = &sources;
  Fingerprints fingerprints;
  // Those that are suppressed count for the fingerprints of others, lest a comment changes these.
  for (const Diagnostic* one : findings.sorted_with_suppressed()) {
    std::string address;
    std::string fingerprint;
    if (address_of) {
      address = address_of(one->range);
      fingerprint = fingerprints.next(*one->rule, address, sources.file(one->range.file).name());
    }
    if (one->is_suppressed) {
      ++report.suppressed.by_comment;
      report.ignored.push_back(std::move(fingerprint));
    } else {
      report.findings.push_back({one, std::move(address), std::move(fingerprint)});
    }
  }
  for (const Severity severity : {Severity::error, Severity::warning, Severity::info})
    report.dropped_counts[static_cast<std::size_t>(severity)] = findings.dropped(severity);
  for (source::FileId id = 0; id < sources.size(); ++id) report.files.push_back(sources.file(id).name());
  return report;
}

}  // namespace honua::diagnostics
