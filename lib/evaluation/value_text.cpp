// SPDX-License-Identifier: MIT
#include <string>

#include "evaluation/value.h"
#include "text/unicode.h"

// Values as text: JSON for tests and tools, and short forms for messages.
namespace honua::evaluation {

namespace {

// Messages show strings up to this many characters.
constexpr std::size_t max_described_characters = 40;

void append_escape(std::string& out, char c) {
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: break;
  }
  constexpr std::string_view digits = "0123456789abcdef";
  const auto value = static_cast<unsigned char>(c);
  out += "\\u00";
  out += digits[value >> 4U];
  out += digits[value & 15U];
}

void append_json(std::string& out, const Value& value, Secrets secrets);

void append_members(std::string& out, const Value& value, Secrets secrets) {
  out += '{';
  bool first = true;
  for (const Member& member : value.members()) {
    if (!first) out += ',';
    first = false;
    append_json_string(out, member.key);
    out += ':';
    append_json(out, member.value, secrets);
  }
  out += '}';
}

void append_elements(std::string& out, const Value& value, Secrets secrets) {
  out += '[';
  bool first = true;
  for (const Value& element : value.elements()) {
    if (!first) out += ',';
    first = false;
    append_json(out, element, secrets);
  }
  out += ']';
}

void append_json(std::string& out, const Value& value, Secrets secrets) {
  if (secrets == Secrets::hide && value.is_sensitive()) {
    out += "\"(sensitive)\"";
    return;
  }
  switch (value.kind()) {
    case ValueKind::null: out += "null"; return;
    case ValueKind::unknown: out += "\"(unknown)\""; return;
    case ValueKind::boolean: out += value.as_boolean() ? "true" : "false"; return;
    case ValueKind::number:
      // JSON has no infinities: they become texts.
      if (value.as_number().is_infinite()) {
        append_json_string(out, value.as_number().to_string());
      } else {
        out += value.as_number().to_string();
      }
      return;
    case ValueKind::string: append_json_string(out, value.as_string()); return;
    case ValueKind::tuple:
    case ValueKind::list:
    case ValueKind::set: append_elements(out, value, secrets); return;
    case ValueKind::object:
    case ValueKind::map: append_members(out, value, secrets); return;
  }
}

std::string shortened(std::string_view text) {
  std::size_t end = 0;
  for (std::size_t count = 0; count < max_described_characters && end < text.size(); ++count) {
    end += text::decode(text, end).size;
  }
  return end == text.size() ? std::string(text) : std::string(text.substr(0, end)) + "...";
}

std::string counted(std::string_view kind, std::size_t count, std::string_view noun) {
  const std::string_view article = kind == "object" ? "an " : "a ";
  if (count == 0) return "an empty " + std::string(kind);
  return std::string(article) + std::string(kind) + " of " + std::to_string(count) + " " + std::string(noun) +
         (count == 1 ? "" : "s");
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20) {
      append_escape(out, c);
    } else {
      out += c;
    }
  }
  out += '"';
}

std::string to_json(const Value& value, Secrets secrets) {
  std::string out;
  append_json(out, value, secrets);
  return out;
}

std::string describe_kind(const Value& value) {
  switch (value.kind()) {
    case ValueKind::null: return "null";
    case ValueKind::unknown: {
      const ValueKind kind = value.expected_kind();
      if (kind == ValueKind::unknown) return "a value that is not known yet";
      return (kind == ValueKind::object ? "an " : "a ") + std::string(to_string(kind));
    }
    case ValueKind::boolean: return "a bool";
    case ValueKind::number: return "a number";
    case ValueKind::string: return "a string";
    case ValueKind::tuple:
    case ValueKind::list:
    case ValueKind::set: return counted(to_string(value.kind()), value.elements().size(), "element");
    case ValueKind::object:
    case ValueKind::map: return counted(to_string(value.kind()), value.members().size(), "member");
  }
  return "";
}

std::string describe(const Value& value) {
  if (value.is_sensitive()) return "a sensitive value";
  switch (value.kind()) {
    case ValueKind::boolean: return value.as_boolean() ? "`true`" : "`false`";
    case ValueKind::number: return "`" + shortened(value.as_number().to_string()) + "`";
    case ValueKind::string: {
      std::string quoted;
      append_json_string(quoted, shortened(value.as_string()));
      return "`" + quoted + "`";
    }
    default: return describe_kind(value);
  }
}

}  // namespace honua::evaluation
