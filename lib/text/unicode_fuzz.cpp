// SPDX-License-Identifier: MIT
#include "text/unicode.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/assert.h"
#include "text/ascii.h"
#include "text/json_writer.h"
#include "text/sanitize.h"

namespace honua::text {

namespace {

void check_decoding(std::string_view text) {
  std::size_t malformed = std::string_view::npos;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode(text, at);
    HONUA_ASSERT(point.size >= 1 && at + point.size <= text.size());
    if (point.valid) {
      std::string encoded;
      append_utf8(encoded, point.value);
      HONUA_ASSERT(encoded == text.substr(at, point.size));
    } else if (malformed == std::string_view::npos) {
      malformed = at;
    }
    at += point.size;
  }
  HONUA_ASSERT(find_malformed(text) == malformed);
  HONUA_ASSERT(ascii_end(text, 0) == ascii_end_portable(text, 0));
}

void check_clusters(std::string_view text) {
  std::size_t count = 0;
  std::size_t width = 0;
  for (std::string_view rest = text; !rest.empty(); rest.remove_prefix(first_grapheme(rest))) {
    width += display_width(rest.substr(0, first_grapheme(rest)));
    ++count;
  }
  HONUA_ASSERT(count_graphemes(text) == count);
  HONUA_ASSERT(display_width(text) == width);
}

void check_forms(std::string_view text) {
  const std::string composed = to_nfc(text);
  HONUA_ASSERT(to_nfc(composed) == composed);
  const std::string visible = printable(text);
  HONUA_ASSERT(find_malformed(visible) == std::string::npos && printable(visible) == visible);
  JsonWriter json;
  json.string(text);
  const std::string quoted = std::move(json).take();
  HONUA_ASSERT(find_malformed(quoted) == std::string::npos && printable(quoted) == quoted);
  HONUA_ASSERT((find_malformed(to_lower(text)) == std::string::npos) ==
               (find_malformed(text) == std::string::npos));
}

}  // namespace

}  // namespace honua::text

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  honua::text::check_decoding(text);
  honua::text::check_clusters(text);
  honua::text::check_forms(text);
  return 0;
}
