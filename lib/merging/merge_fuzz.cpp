// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "merging/merge.h"

namespace {

using namespace honua;

// Stands in no text that can be parsed.
constexpr char separator = '\f';

void check_one_sided(std::string_view base, std::string_view changed) {
  for (const merging::Texts& texts :
       {merging::Texts{base, changed, base}, merging::Texts{base, base, changed},
        merging::Texts{base, changed, changed}}) {
    const auto merged = merging::merge(texts, {});
    HONUA_ASSERT(merged.has_value());
    HONUA_ASSERT(merged->text == changed);
    HONUA_ASSERT(merged->conflicts.empty());
  }
}

}  // namespace

// Any bytes, cut into three texts: merging is bounded. What only one side changed comes out as it is; without
// conflicts the result is a configuration, and swapping the sides makes no conflict.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string all(data, data + size);
  std::string_view rest = all;
  std::array<std::string_view, 3> texts;
  for (std::string_view& text : texts) {
    text = rest.substr(0, rest.find(separator));
    rest.remove_prefix(std::min(text.size() + 1, rest.size()));
  }
  (void)merging::merge_as_text({texts[0], texts[1], texts[2]}, {});
  const auto merged = merging::merge({texts[0], texts[1], texts[2]}, {});
  if (!merged) return 0;
  check_one_sided(texts[0], texts[1]);
  check_one_sided(texts[1], texts[2]);
  const auto mirrored = merging::merge({texts[0], texts[2], texts[1]}, {});
  HONUA_ASSERT(mirrored.has_value());
  HONUA_ASSERT(mirrored->conflicts.empty() == merged->conflicts.empty());
  if (merged->conflicts.empty()) {
    HONUA_ASSERT(merging::merge({merged->text, merged->text, merged->text}, {}).has_value());
  }
  return 0;
}
