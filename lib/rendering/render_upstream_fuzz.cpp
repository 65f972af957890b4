// SPDX-License-Identifier: MIT
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/assert.h"
#include "config/loader.h"
#include "rendering/render_upstream.h"
#include "source/source_file.h"
#include "syntax/parser.h"

// Any bytes as a configuration that is rendered for the server at hand, if it has no errors. Besides not
// crashing: the result is HCL without errors in its structure, loses nothing when it is rendered again, and
// is the same then.

namespace {

using namespace honua;

// What a text is rendered to; nothing where it has errors or cannot do without what is left out.
struct Rendered {
  bool has_errors = true;  // of the text itself
  bool is_complete = false;
  std::string text;
};

Rendered render(const std::string& text) {
  source::SourceSet sources;
  diagnostics::Diagnostics sink;
  const source::SourceFile& file = sources.add("fuzz.hcl", text);
  const syntax::Tree tree = syntax::parse(file, syntax::Dialect::honua, sink);
  const config::LoadInput input{&tree, false, false, false};
  (void)config::load({&input, 1}, MapEnvironment(), syntax::Dialect::honua, sink);
  Rendered made;
  made.has_errors = sink.has_errors();
  if (made.has_errors) return made;
  diagnostics::Diagnostics lost;
  made.text = rendering::render_upstream({&input, 1}, lost);
  made.is_complete = lost.empty();
  if (lost.has_errors()) made.text.clear();
  return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Rendered once = render(std::string(data, data + size));
  if (once.text.empty()) return 0;
  const Rendered twice = render(once.text);
  HONUA_ASSERT(!twice.has_errors);
  HONUA_ASSERT(twice.is_complete);
  HONUA_ASSERT(twice.text == once.text);
  return 0;
}
