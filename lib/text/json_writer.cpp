// SPDX-License-Identifier: MIT
#include "text/json_writer.h"

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "base/assert.h"
#include "text/sanitize.h"
#include "text/unicode.h"

namespace honua::text {

namespace {

void append_code_unit(std::string& out, std::uint32_t unit) {
  constexpr std::string_view digits = "0123456789abcdef";
  out += "\\u";
  for (const unsigned shift : {12U, 8U, 4U, 0U}) out += digits[(unit >> shift) & 0xFU];
}

// As one escape, or two for what UTF-16 needs two code units for.
void append_escape(std::string& out, char32_t value) {
  switch (value) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\b': out += "\\b"; return;
    case '\f': out += "\\f"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: break;
  }
  if (value > 0xFFFF) {
    append_code_unit(out, 0xD800U + ((value - 0x10000U) >> 10U));
    append_code_unit(out, 0xDC00U + ((value - 0x10000U) & 0x3FFU));
  } else {
    append_code_unit(out, value);
  }
}

constexpr bool is_plain(char c) { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\'; }

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t at = 0; at < text.size();) {
    std::size_t plain = at;
    while (plain < text.size() && is_plain(text[plain])) ++plain;
    out += text.substr(at, plain - at);
    at = plain;
    if (at == text.size()) break;
    const CodePoint point = decode(text, at);
    if (!point.valid) {
      out += "\uFFFD";
    } else if (point.value == '"' || point.value == '\\' || is_hazardous(point.value)) {
      append_escape(out, point.value);
    } else {
      out += text.substr(at, point.size);
    }
    at += point.size;
  }
  out += '"';
}

}  // namespace

JsonWriter& JsonWriter::key(std::string_view name) {
  HONUA_ASSERT(!levels_.empty() && levels_.back().closer == '}' && !after_key_);
  separate();
  append_quoted(out_, name);
  out_ += indent_ > 0 ? ": " : ":";
  after_key_ = true;
  return *this;
}

void JsonWriter::verbatim(std::string_view json) {
  begin_value();
  out_ += json;
}

void JsonWriter::string(std::string_view value) {
  begin_value();
  append_quoted(out_, value);
}

void JsonWriter::number(double value) {
  HONUA_ASSERT(std::isfinite(value));
  begin_value();
  // Up to here doubles hold every whole number; those need no exponent.
  constexpr double largest_exact = 9007199254740992.0;
  std::array<char, 32> digits{};
  const bool whole = value == std::trunc(value) && std::abs(value) <= largest_exact;
  const auto written =
      whole ? std::to_chars(digits.data(), digits.data() + digits.size(), static_cast<std::int64_t>(value))
            : std::to_chars(digits.data(), digits.data() + digits.size(), value);
  out_.append(digits.data(), written.ptr);
}

void JsonWriter::boolean(bool value) {
  begin_value();
  out_ += value ? "true" : "false";
}

void JsonWriter::null() {
  begin_value();
  out_ += "null";
}

std::string JsonWriter::take() && {
  HONUA_ASSERT(levels_.empty() && !out_.empty());
  return std::move(out_);
}

void JsonWriter::begin(char opener, char closer) {
  begin_value();
  out_ += opener;
  levels_.push_back(Level{closer});
}

void JsonWriter::end(char closer) {
  HONUA_ASSERT(!levels_.empty() && levels_.back().closer == closer && !after_key_);
  const bool was_empty = levels_.back().empty;
  levels_.pop_back();
  if (!was_empty) break_line();
  out_ += closer;
}

// Makes way for a value: the root, an element, or a member after its key.
void JsonWriter::begin_value() {
  if (after_key_) {
    after_key_ = false;
  } else if (levels_.empty()) {
    HONUA_ASSERT(out_.empty());
  } else {
    HONUA_ASSERT(levels_.back().closer == ']');
    separate();
  }
}

// Starts the next element or member.
void JsonWriter::separate() {
  if (!levels_.back().empty) out_ += ',';
  levels_.back().empty = false;
  break_line();
}

void JsonWriter::break_line() {
  if (indent_ == 0) return;
  out_ += '\n';
  out_.append(levels_.size() * indent_, ' ');
}

std::string json_string(std::string_view text) {
  std::string quoted;
  append_quoted(quoted, text);
  return quoted;
}

void append_pointer_token(std::string& pointer, std::string_view token) {
  pointer += '/';
  for (const char c : token) {
    if (c == '~') {
      pointer += "~0";
    } else if (c == '/') {
      pointer += "~1";
    } else {
      pointer += c;
    }
  }
}

}  // namespace honua::text
