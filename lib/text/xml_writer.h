// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <memory>
#include <string>
#include <string_view>

namespace honua::text {

// Builds one XML 1.0 document piece by piece, as JsonWriter does for JSON:
//
//   XmlWriter xml;
//   xml.begin("file").attribute("name", path);
//   xml.text("content");
//   xml.end();
//   std::string document = std::move(xml).take();
//
// The result is well-formed UTF-8 whatever text is put in. XML has no way at all to write most control
// characters: they, malformed bytes and all that could steer a terminal appear as printable() shows them.
// Line feeds stay in texts. Names of elements and attributes are the caller's and must be names.
class XmlWriter {
 public:
  XmlWriter();
  XmlWriter(const XmlWriter&) = delete;
  XmlWriter& operator=(const XmlWriter&) = delete;
  ~XmlWriter();

  // Starts an element in the one that is open; the first one is the root. Returns the writer for attributes.
  XmlWriter& begin(const char* name);
  // Of the element that is open, in front of its content.
  XmlWriter& attribute(const char* name, std::string_view value);
  template <std::integral Integer>
  XmlWriter& attribute(const char* name, Integer value) {
    return attribute(name, std::string_view(std::to_string(value)));
  }
  void text(std::string_view value);
  void end();

  // The finished document with its declaration and a line feed at its end; all elements must have been ended.
  [[nodiscard]] std::string take() &&;

 private:
  struct Document;
  std::unique_ptr<Document> document_;
};

}  // namespace honua::text
