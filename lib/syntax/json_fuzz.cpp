// SPDX-License-Identifier: MIT
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/assert.h"
#include "diagnostics/diagnostics.h"
#include "syntax/dump.h"
#include "syntax/parser.h"
#include "syntax/printer.h"

using namespace honua;

// Any bytes as JSON: bounded, with ranges inside the file; what parses prints
// as an expression that parses.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const source::SourceFile file(0, "fuzz.hcl.json", std::string(data, data + size));
  diagnostics::Diagnostics sink;
  const syntax::Tree tree = syntax::parse_json(file, syntax::Dialect::hcl, sink);
  for (const diagnostics::Diagnostic* one : sink.sorted()) {
    HONUA_ASSERT(one->range.begin <= one->range.end && one->range.end <= size);
  }
  if (sink.has_errors()) return 0;
  HONUA_ASSERT(!syntax::dump(tree).empty());
  const source::SourceFile printed(0, "printed.hcl", syntax::print(tree));
  const syntax::Tree again = syntax::parse_expression(printed, syntax::Dialect::hcl, sink);
  HONUA_ASSERT(!sink.has_errors());
  return 0;
}
