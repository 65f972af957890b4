// SPDX-License-Identifier: MIT
#include <cstdint>
#include <utility>

#include "evaluation/functions_impl.h"
#include "text/unicode.h"

// jsonencode() and jsondecode(): RFC 8259, with numbers kept exact.
namespace honua::evaluation {

namespace {

// A strict recursive-descent reader. Objects become objects, arrays tuples.
class JsonReader {
 public:
  explicit JsonReader(std::string_view text) : text_(text) {}

  // Nothing after an error, which is in error().
  std::optional<Value> read() {
    Value value;
    if (!read_value(value)) return std::nullopt;
    skip_space();
    if (at_ < text_.size()) {
      fail("there is more behind the document");
      return std::nullopt;
    }
    return value;
  }

  [[nodiscard]] const std::string& error() const { return error_; }
  [[nodiscard]] const std::string& place() const { return place_; }  // where it is, for the detail
  [[nodiscard]] bool over_limit() const { return depth_ > max_json_depth || count_ > max_value_weight; }

 private:
  bool fail(std::string_view why) {
    if (error_.empty()) error_ = why;
    if (place_.empty()) place_ = " (byte " + std::to_string(at_) + ")";
    return false;
  }

  void skip_space() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos)
      ++at_;
  }

  bool take(char c) {
    skip_space();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  bool take_word(std::string_view word, Value meaning, Value& out) {
    if (!text_.substr(at_).starts_with(word)) return fail("expected a value");
    at_ += word.size();
    out = std::move(meaning);
    return true;
  }

  bool read_value(Value& out) {
    skip_space();
    if (at_ >= text_.size()) return fail("the document ends too early");
    if (++count_ > max_value_weight) return fail("the document has too many values");
    switch (text_[at_]) {
      case '{': return read_object(out);
      case '[': return read_array(out);
      case '"': {
        std::string text;
        if (!read_string(text)) return false;
        out = Value::string(std::move(text));
        return true;
      }
      case 't': return take_word("true", Value::boolean(true), out);
      case 'f': return take_word("false", Value::boolean(false), out);
      case 'n': return take_word("null", Value::null(), out);
      default: return read_number(out);
    }
  }

  bool read_object(Value& out) {
    if (++depth_ > max_json_depth) return fail("the document is nested too deep");
    std::vector<Member> members;
    ++at_;
    if (!take('}')) {
      do {
        skip_space();
        Member member;
        if (at_ >= text_.size() || text_[at_] != '"') return fail("expected a member's name in quotes");
        if (!read_string(member.key)) return false;
        if (!take(':')) return fail("expected `:` behind a member's name");
        if (!read_value(member.value)) return false;
        members.push_back(std::move(member));
      } while (take(','));
      if (!take('}')) return fail("expected `,` or `}`");
    }
    --depth_;
    out = Value::object(std::move(members));
    return true;
  }

  bool read_array(Value& out) {
    if (++depth_ > max_json_depth) return fail("the document is nested too deep");
    std::vector<Value> elements;
    ++at_;
    if (!take(']')) {
      do {
        elements.emplace_back();
        if (!read_value(elements.back())) return false;
      } while (take(','));
      if (!take(']')) return fail("expected `,` or `]`");
    }
    --depth_;
    out = Value::tuple(std::move(elements));
    return true;
  }

  std::size_t skip_digits() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') ++at_;
    return at_ - begin;
  }

  bool read_number(Value& out) {
    const std::size_t begin = at_;
    if (text_[at_] == '-') ++at_;
    const std::size_t first = at_;
    const std::size_t digits = skip_digits();
    if (digits == 0 || (digits > 1 && text_[first] == '0')) return fail("expected a value");
    if (at_ < text_.size() && text_[at_] == '.') {
      ++at_;
      if (skip_digits() == 0) return fail("expected digits behind the dot");
    }
    if (at_ < text_.size() && (text_[at_] == 'e' || text_[at_] == 'E')) {
      ++at_;
      if (at_ < text_.size() && (text_[at_] == '+' || text_[at_] == '-')) ++at_;
      if (skip_digits() == 0) return fail("expected digits of the exponent");
    }
    auto number = Number::parse(text_.substr(begin, at_ - begin));
    if (!number) return fail(to_string(number.error()));
    out = Value::number(std::move(*number));
    return true;
  }

  // The four hexadecimal digits of a `\u` escape.
  std::optional<char32_t> read_unit() {
    char32_t value = 0;
    for (int i = 0; i < 4; ++i, ++at_) {
      if (at_ >= text_.size()) return std::nullopt;
      const char c = text_[at_];
      const char32_t digit = c >= '0' && c <= '9'   ? static_cast<char32_t>(c - '0')
                             : c >= 'a' && c <= 'f' ? static_cast<char32_t>(c - 'a' + 10)
                             : c >= 'A' && c <= 'F' ? static_cast<char32_t>(c - 'A' + 10)
                                                    : 16;
      if (digit == 16) return std::nullopt;
      value = value * 16 + digit;
    }
    return value;
  }

  // Surrogates must come in pairs; a lone one becomes U+FFFD.
  bool read_unicode_escape(std::string& out) {
    auto unit = read_unit();
    if (!unit) return fail("`\\u` needs four hexadecimal digits");
    if (*unit >= 0xD800 && *unit <= 0xDBFF && text_.substr(at_, 2) == "\\u") {
      const std::size_t before = at_;
      at_ += 2;
      const auto low = read_unit();
      if (!low) return fail("`\\u` needs four hexadecimal digits");
      if (*low >= 0xDC00 && *low <= 0xDFFF) {
        unit = 0x10000 + ((*unit - 0xD800) << 10U) + (*low - 0xDC00);
      } else {
        at_ = before;
      }
    }
    const bool surrogate = *unit >= 0xD800 && *unit <= 0xDFFF;
    text::append_utf8(out, surrogate ? char32_t{0xFFFD} : *unit);
    return true;
  }

  bool read_escape(std::string& out) {
    if (at_ >= text_.size()) return fail("a string is never closed");
    switch (text_[at_++]) {
      case '"': out += '"'; return true;
      case '\\': out += '\\'; return true;
      case '/': out += '/'; return true;
      case 'b': out += '\b'; return true;
      case 'f': out += '\f'; return true;
      case 'n': out += '\n'; return true;
      case 'r': out += '\r'; return true;
      case 't': out += '\t'; return true;
      case 'u': return read_unicode_escape(out);
      default: return fail("there is no such escape");
    }
  }

  bool read_string(std::string& out) {
    for (++at_; at_ < text_.size();) {
      const char c = text_[at_++];
      if (c == '"') return true;
      if (c == '\\') {
        if (!read_escape(out)) return false;
      } else if (static_cast<unsigned char>(c) < 0x20) {
        return fail("control characters in strings must be escaped");
      } else {
        out += c;
      }
    }
    return fail("a string is never closed");
  }

  std::string_view text_;
  std::size_t at_ = 0;
  unsigned depth_ = 0;
  std::size_t count_ = 0;
  std::string error_;
  std::string place_;
};

// The characters that are safe in JSON but not in a page's script.
std::string escape_for_pages(std::string_view json) {
  std::string out;
  out.reserve(json.size());
  for (std::size_t at = 0; at < json.size(); ++at) {
    const char c = json[at];
    if (c == '<') {
      out += "\\u003c";
    } else if (c == '>') {
      out += "\\u003e";
    } else if (c == '&') {
      out += "\\u0026";
    } else if (json.substr(at, 3) == "\u2028" || json.substr(at, 3) == "\u2029") {
      out += json[at + 2] == '\xA8' ? "\\u2028" : "\\u2029";
      at += 2;
    } else {
      out += c;
    }
  }
  return out;
}

FunctionResult jsonencode(Arguments arguments, WorkBudget& budget) {
  std::string text = encode_json(arguments[0]);
  if (auto error = check_string(text.size(), budget)) return tl::unexpected(std::move(*error));
  return Value::string(std::move(text));
}

FunctionResult jsondecode(Arguments arguments, WorkBudget& budget) {
  const std::string& text = arguments[0].as_string();
  if (!budget.charge(text.size() / 8)) return over_limit("the limit on work is reached");
  JsonReader reader(text);
  auto value = reader.read();
  if (value) return std::move(*value);
  if (reader.over_limit()) return over_limit(reader.error());
  return bad_argument(0, "this is no JSON document: " + reader.error(), reader.place());
}

}  // namespace

std::string encode_json(const Value& value) { return escape_for_pages(to_json(value, Secrets::reveal)); }

void add_json_functions(Table& table) {
  table.push_back({.name = "jsonencode",
                   .parameters = {{"value", Type::any(), true}},
                   .result = ValueKind::string,
                   .summary = "Writes a value as JSON on one line, the members of objects sorted.",
                   .example = "jsonencode({ b = [1, true], a = null })",
                   .example_result = "\"{\\\"a\\\":null,\\\"b\\\":[1,true]}\"",
                   .implementation = jsonencode,
                   .unknowns = Unknowns::deep});
  table.push_back({.name = "jsondecode",
                   .parameters = {string_parameter("str")},
                   .summary = "Reads a JSON document; numbers stay exact.",
                   .example = "jsondecode(\"{\\\"srid\\\": 4326}\").srid",
                   .example_result = "4326",
                   .implementation = jsondecode});
}

}  // namespace honua::evaluation
