// SPDX-License-Identifier: MIT
#include "diagnostics/report.h"

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

Report make_report(const Diagnostics& findings, const source::SourceSet& sources,
                   const AddressOf& address_of) {
  Report report;
  report.sources = &sources;
  Fingerprints fingerprints;
  for (const Diagnostic* one : findings.sorted()) {
    ++report.counts[static_cast<std::size_t>(one->severity)];
    std::string address = address_of ? address_of(one->range) : "";
    std::string fingerprint = fingerprints.next(*one->rule, address, sources.file(one->range.file).name());
    report.findings.push_back({one, std::move(address), std::move(fingerprint)});
  }
  report.dropped = findings.dropped();
  report.has_errors = findings.has_errors();
  for (source::FileId id = 0; id < sources.size(); ++id) report.files.push_back(sources.file(id).name());
  return report;
}

}  // namespace honua::diagnostics
