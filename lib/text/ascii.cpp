// SPDX-License-Identifier: MIT
#include "text/ascii.h"

#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace honua::text {

namespace {

std::size_t step_to_end(std::string_view text, std::size_t at) {
  while (at < text.size() && is_ascii(text[at])) ++at;
  return at;
}

}  // namespace

std::size_t ascii_end_portable(std::string_view text, std::size_t at) {
  constexpr std::uint64_t high_bits = 0x8080808080808080U;
  for (std::uint64_t block = 0; text.size() - at >= sizeof block; at += sizeof block) {
    std::memcpy(&block, text.data() + at, sizeof block);
    if ((block & high_bits) != 0) break;
  }
  return step_to_end(text, at);
}

#if defined(__SSE2__)

std::size_t ascii_end(std::string_view text, std::size_t at) {
  constexpr std::size_t block = sizeof(__m128i);
  const auto load = [text](std::size_t from) {
    return _mm_loadu_si128(static_cast<const __m128i*>(static_cast<const void*>(text.data() + from)));
  };
  // Four blocks a turn keep two loads in flight at each cycle.
  for (; text.size() - at >= 4 * block; at += 4 * block) {
    const __m128i first = _mm_or_si128(load(at), load(at + block));
    const __m128i second = _mm_or_si128(load(at + 2 * block), load(at + 3 * block));
    if (_mm_movemask_epi8(_mm_or_si128(first, second)) != 0) break;
  }
  for (; text.size() - at >= block; at += block) {
    if (_mm_movemask_epi8(load(at)) != 0) break;
  }
  return step_to_end(text, at);
}

#else

std::size_t ascii_end(std::string_view text, std::size_t at) { return ascii_end_portable(text, at); }

#endif

}  // namespace honua::text
