// SPDX-License-Identifier: MIT
#include <array>

#include "evaluation/functions_impl.h"
#include "text/unicode.h"

// Base64 (RFC 4648, section 4) and URL encoding of query components.
namespace honua::evaluation {

namespace {

constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string encode_base64(std::string_view bytes) {
  std::string out;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::string_view group = bytes.substr(at, 3);
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      bits = bits << 8U | (i < group.size() ? static_cast<unsigned char>(group[i]) : 0U);
    }
    for (std::size_t i = 0; i < 4; ++i) {
      out += i <= group.size() ? base64_digits[bits >> (18 - 6 * i) & 63U] : '=';
    }
  }
  return out;
}

constexpr std::array<std::int8_t, 256> base64_values = [] {
  std::array<std::int8_t, 256> table{};
  for (auto& value : table) value = -1;
  for (std::size_t i = 0; i < base64_digits.size(); ++i) {
    table[static_cast<unsigned char>(base64_digits[i])] = static_cast<std::int8_t>(i);
  }
  return table;
}();

// Padding is required and nothing else is skipped.
std::optional<std::string> decode_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::string out;
  for (std::size_t at = 0; at < text.size(); at += 4) {
    const bool last = at + 4 == text.size();
    const std::size_t padding = !last || text[at + 3] != '=' ? 0 : (text[at + 2] == '=' ? 2 : 1);
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      const int value = i + padding < 4 ? base64_values[static_cast<unsigned char>(text[at + i])] : 0;
      if (value < 0) return std::nullopt;
      bits = bits << 6U | static_cast<std::uint32_t>(value);
    }
    for (std::size_t i = 0; i + padding < 3; ++i) out += static_cast<char>(bits >> (16 - 8 * i) & 255U);
  }
  return out;
}

FunctionResult base64encode(Arguments arguments, WorkBudget& budget) {
  const std::string& text = arguments[0].as_string();
  if (auto error = check_string(text.size() * 4 / 3 + 4, budget)) return tl::unexpected(std::move(*error));
  return Value::string(encode_base64(text));
}

FunctionResult base64decode(Arguments arguments, WorkBudget&) {
  auto text = decode_base64(arguments[0].as_string());
  if (!text) return bad_argument(0, "this is no Base64 text");
  if (text::find_malformed(*text) != std::string_view::npos)
    return bad_argument(0, "the decoded bytes are no UTF-8");
  return Value::string(std::move(*text));
}

FunctionResult urlencode(Arguments arguments, WorkBudget& budget) {
  const std::string& text = arguments[0].as_string();
  if (auto error = check_string(text.size() * 3, budget)) return tl::unexpected(std::move(*error));
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '.' || c == '~';
    const auto byte = static_cast<unsigned char>(c);
    if (plain) {
      out += c;
    } else if (c == ' ') {
      out += '+';
    } else {
      out += '%';
      out += digits[byte >> 4U];
      out += digits[byte & 15U];
    }
  }
  return Value::string(std::move(out));
}

}  // namespace

void add_encoding_functions(Table& table) {
  const Parameter str = string_parameter("str");
  table.push_back({.name = "base64encode",
                   .parameters = {str},
                   .result = ValueKind::string,
                   .summary = "Encodes the UTF-8 bytes of a text as Base64.",
                   .example = "base64encode(\"roads\")",
                   .example_result = "\"cm9hZHM=\"",
                   .implementation = base64encode});
  table.push_back({.name = "base64decode",
                   .parameters = {str},
                   .result = ValueKind::string,
                   .summary = "Decodes Base64 to a text.",
                   .example = "base64decode(\"cm9hZHM=\")",
                   .example_result = "\"roads\"",
                   .implementation = base64decode});
  table.push_back({.name = "urlencode",
                   .parameters = {str},
                   .result = ValueKind::string,
                   .summary = "Escapes a text for use in the query of a URL.",
                   .example = "urlencode(\"a b&c\")",
                   .example_result = "\"a+b%26c\"",
                   .implementation = urlencode});
}

}  // namespace honua::evaluation
