// SPDX-License-Identifier: MIT
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/assert.h"
#include "diagnostics/diagnostics.h"
#include "syntax/dump.h"
#include "syntax/parser.h"
#include "syntax/printer.h"

namespace {

using namespace honua;

void check_ranges(const syntax::Tree& tree, const diagnostics::Diagnostics& sink) {
  const std::size_t size = tree.file().text().size();
  for (syntax::NodeId id = 0; id < tree.node_count(); ++id) {
    const syntax::Node& node = tree.node(id);
    HONUA_ASSERT(node.begin <= node.end && node.end <= size);
  }
  for (const diagnostics::Diagnostic* one : sink.sorted()) {
    HONUA_ASSERT(one->range.begin <= one->range.end && one->range.end <= size);
    HONUA_ASSERT(!one->message.empty());
    for (const diagnostics::Label& label : one->labels) {
      HONUA_ASSERT(label.range.begin <= label.range.end && label.range.end <= size);
    }
  }
}

// parse(print(tree)) equals the tree, and printing that changes nothing.
void check_printing(const syntax::Tree& tree, syntax::Dialect dialect) {
  const std::string once = syntax::print(tree);
  const source::SourceFile file(0, "printed.hcl", once);
  diagnostics::Diagnostics sink;
  const syntax::Tree again = syntax::parse(file, dialect, sink);
  HONUA_ASSERT(!sink.has_errors());
  HONUA_ASSERT(syntax::print(again) == once);
  if (dialect == syntax::Dialect::hcl) HONUA_ASSERT(syntax::dump(again) == syntax::dump(tree));
}

}  // namespace

// Any bytes in both dialects: bounded, with sane ranges; what parses prints.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const source::SourceFile file(0, "fuzz.hcl", std::string(data, data + size));
  for (const syntax::Dialect dialect : {syntax::Dialect::hcl, syntax::Dialect::honua}) {
    diagnostics::Diagnostics sink;
    const syntax::Tree tree = syntax::parse(file, dialect, sink);
    check_ranges(tree, sink);
    if (!sink.has_errors()) check_printing(tree, dialect);
  }
  diagnostics::Diagnostics sink;
  check_ranges(syntax::parse_expression(file, syntax::Dialect::hcl, sink), sink);
  check_ranges(syntax::parse_template(file, syntax::Dialect::honua, sink), sink);
  return 0;
}
