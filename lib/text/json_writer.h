// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace honua::text {

// Builds one JSON document (RFC 8259) piece by piece:
//
//   JsonWriter json;
//   json.begin_object();
//   json.key("port").integer(5432);
//   json.end_object();
//   std::string document = std::move(json).take();
//
// The result is well-formed UTF-8 whatever text is put in: malformed sequences
// become U+FFFD, and characters that could steer a terminal are escaped.
// Calls that would give no JSON document (a value without a key in an object,
// a second root) are defects of the caller and abort.
class JsonWriter {
 public:
  // With indent 0 all is on one line without spaces, else members and elements
  // stand on lines of their own, `indent` spaces deeper than their parent.
  explicit JsonWriter(std::size_t indent = 0) : indent_(indent) {}

  void begin_object() { begin('{', '}'); }
  void end_object() { end('}'); }
  void begin_array() { begin('[', ']'); }
  void end_array() { end(']'); }

  // The next member's name. Names within an object should differ; this is not
  // checked. Returns the writer for the value to follow.
  JsonWriter& key(std::string_view name);

  void string(std::string_view value);
  template <std::integral Integer>
    requires(!std::same_as<Integer, bool>)
  void integer(Integer value) {
    begin_value();
    out_ += std::to_string(value);
  }
  // The shortest decimal that reads back as the same number; it must be finite.
  void number(double value);
  // A value as it stands in another JSON document, on one line.
  void verbatim(std::string_view json);
  void boolean(bool value);
  void null();

  // The finished document; everything begun must have been ended.
  [[nodiscard]] std::string take() &&;

 private:
  struct Level {
    char closer = '}';
    bool empty = true;
  };

  void begin(char opener, char closer);
  void end(char closer);
  void begin_value();
  void separate();
  void break_line();

  std::string out_;
  std::vector<Level> levels_;
  std::size_t indent_;
  bool after_key_ = false;
};

// A text as a JSON string, in its quotes.
[[nodiscard]] std::string json_string(std::string_view text);

// Adds a token to a JSON pointer (RFC 6901).
void append_pointer_token(std::string& pointer, std::string_view token);

}  // namespace honua::text
