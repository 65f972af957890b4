// SPDX-License-Identifier: MIT
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/assert.h"
#include "diagnostics/diagnostics.h"
#include "syntax/dump.h"
#include "syntax/formatter.h"
#include "syntax/parser.h"

namespace {

using namespace honua;

std::vector<std::string> comments_of(const syntax::Tree& tree) {
  std::vector<std::string> comments;
  for (const source::SourceRange& range : tree.comments()) comments.emplace_back(tree.file().text(range));
  return comments;
}

}  // namespace

// Any bytes: formatting is bounded. What has no errors means the same
// afterwards, keeps its comments and is formatted.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const source::SourceFile file(0, "fuzz.hcl", std::string(data, data + size));
  const auto once = syntax::format(file.text());
  for (const syntax::Dialect dialect : {syntax::Dialect::hcl, syntax::Dialect::honua}) {
    diagnostics::Diagnostics sink;
    const syntax::Tree tree = syntax::parse(file, dialect, sink);
    if (sink.has_errors()) continue;
    HONUA_ASSERT(once.has_value());
    const source::SourceFile formatted(0, "formatted.hcl", *once);
    diagnostics::Diagnostics again;
    const syntax::Tree after = syntax::parse(formatted, dialect, again);
    HONUA_ASSERT(!again.has_errors());
    HONUA_ASSERT(syntax::dump(after) == syntax::dump(tree));
    HONUA_ASSERT(comments_of(after) == comments_of(tree));
    HONUA_ASSERT(syntax::format(*once) == once);
  }
  return 0;
}
