// SPDX-License-Identifier: MIT
#pragma once

#include <bit>
#include <cstdint>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

// Runs of like characters, sixteen bytes at a step: a byte-wise loop costs a
// mispredicted branch for nearly every token, which is most of a lexer's time
// (lexer_bench.cpp). Without SSE2 the callers' own loops do the work.
namespace honua::syntax {

#if defined(__SSE2__)

namespace detail {

// How many of the first sixteen bytes belong to the run; 16: all of them.
template <class InRun>
inline unsigned run_length(const char* at, InRun in_run) {
  // The load's parameter type is the intrinsic's way of taking unaligned bytes.
  const __m128i bytes = _mm_loadu_si128(
      reinterpret_cast<const __m128i*>(at));  // NOLINT(cppcoreguidelines-pro-type-reinterpret-cast)
  const auto inside = static_cast<unsigned>(_mm_movemask_epi8(in_run(bytes)));
  return static_cast<unsigned>(std::countr_one(inside));
}

inline __m128i in_range(__m128i bytes, char first, char last) {
  return _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8(static_cast<char>(first - 1))),
                       _mm_cmplt_epi8(bytes, _mm_set1_epi8(static_cast<char>(last + 1))));
}

template <class InRun>
inline std::uint32_t skip_run(std::string_view text, std::uint32_t at, InRun in_run) {
  while (at + 16 <= text.size()) {
    const unsigned length = run_length(text.data() + at, in_run);
    at += length;
    if (length < 16) break;
  }
  return at;
}

}  // namespace detail

// Each of these returns a position at or before the end of the run that starts
// at `at`: before it only near the end of the text.
inline std::uint32_t skip_spaces_fast(std::string_view text, std::uint32_t at) {
  return detail::skip_run(text, at, [](__m128i bytes) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(' ')); });
}

// ASCII letters, digits, `_` and `-`.
inline std::uint32_t skip_name_fast(std::string_view text, std::uint32_t at) {
  return detail::skip_run(text, at, [](__m128i bytes) {
    const __m128i lower = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
    const __m128i letters = detail::in_range(lower, 'a', 'z');
    const __m128i digits = detail::in_range(bytes, '0', '9');
    const __m128i marks =
        _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('_')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('-')));
    return _mm_or_si128(_mm_or_si128(letters, digits), marks);
  });
}

// Everything but quotes, backslashes, `$`, `%` and line ends.
inline std::uint32_t skip_string_fast(std::string_view text, std::uint32_t at) {
  return detail::skip_run(text, at, [](__m128i bytes) {
    const auto equal = [bytes](char c) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)); };
    const __m128i stops = _mm_or_si128(
        _mm_or_si128(_mm_or_si128(equal('"'), equal('\'')), _mm_or_si128(equal('\\'), equal('$'))),
        _mm_or_si128(equal('%'), _mm_or_si128(equal('\n'), equal('\r'))));
    return _mm_cmpeq_epi8(stops, _mm_setzero_si128());
  });
}

#else

inline std::uint32_t skip_spaces_fast(std::string_view, std::uint32_t at) { return at; }
inline std::uint32_t skip_name_fast(std::string_view, std::uint32_t at) { return at; }
inline std::uint32_t skip_string_fast(std::string_view, std::uint32_t at) { return at; }

#endif

}  // namespace honua::syntax
