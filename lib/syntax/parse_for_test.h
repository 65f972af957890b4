// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <ostream>
#include <string>
#include <string_view>

#include "diagnostics/diagnostics.h"
#include "syntax/dump.h"
#include "syntax/parser.h"

// What the module's tests share: a text, its tree, and its findings as lines.
namespace honua::syntax {

struct Parsed {
  explicit Parsed(const std::string& text, Dialect dialect = Dialect::hcl, bool json = false)
      : file(std::make_unique<source::SourceFile>(0, "test.hcl", text)),
        tree(json ? parse_json(*file, dialect, sink) : parse(*file, dialect, sink)) {}

  // "2:5-2:6 H0036" for each finding, in source order, one a line.
  [[nodiscard]] std::string findings() const {
    std::string out;
    for (const diagnostics::Diagnostic* one : sink.sorted()) {
      const source::SourcePosition begin = file->position(one->range.begin);
      const source::SourcePosition end = file->position(one->range.end);
      out += std::to_string(begin.line) + ':' + std::to_string(begin.column) + '-' +
             std::to_string(end.line) + ':' + std::to_string(end.column) + ' ' +
             std::string(one->rule->code) + '\n';
    }
    return out;
  }
  [[nodiscard]] std::string dumped() const { return dump(tree); }
  // The dump of the only attribute's value, for one-line cases.
  [[nodiscard]] std::string value() const {
    const std::vector<Attribute> attributes = tree.body().attributes();
    return attributes.empty() ? "(no attribute)" : dump(attributes.front().expression());
  }

  diagnostics::Diagnostics sink;
  std::unique_ptr<source::SourceFile> file;
  Tree tree;
};

// `x = expression` in HCL; findings first when there are any.
inline std::string value_of(const std::string& expression) {
  const Parsed parsed("x = " + expression + "\n");
  return parsed.findings() + parsed.value();
}

inline std::string findings_of(const std::string& text, Dialect dialect = Dialect::hcl) {
  return Parsed(text, dialect).findings();
}

inline std::string json_findings_of(const std::string& text) {
  return Parsed(text, Dialect::hcl, true).findings();
}

}  // namespace honua::syntax
