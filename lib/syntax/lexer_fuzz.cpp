// SPDX-License-Identifier: MIT
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/assert.h"
#include "syntax/lexer.h"

// Any bytes: tokens follow each other without overlap, stay inside the text
// and come to an end.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const honua::source::SourceFile file(0, "fuzz.hcl", std::string(data, data + size));
  honua::syntax::Tree tree(file);
  honua::syntax::Lexer lexer(file.text(), &tree);
  honua::syntax::Token token;
  std::uint32_t previous = 0;
  do {
    lexer.next(token);
    HONUA_ASSERT(token.begin >= previous && token.end >= token.begin && token.end <= size);
    HONUA_ASSERT(token.kind == honua::syntax::TokenKind::end_of_file || token.end > token.begin);
    previous = token.end;
  } while (token.kind != honua::syntax::TokenKind::end_of_file);
  HONUA_ASSERT(previous == size);
  return 0;
}
