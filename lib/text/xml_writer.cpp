// SPDX-License-Identifier: MIT
#include "text/xml_writer.h"

#include <pugixml.hpp>

#include "base/assert.h"
#include "text/sanitize.h"

namespace honua::text {

namespace {

// U+FFFE and U+FFFF have no place in XML, though they steer nothing.
void escape_noncharacters(std::string& text) {
  for (const auto& [bytes, shown] :
       {std::pair{"\xEF\xBF\xBE", "\\u{fffe}"}, std::pair{"\xEF\xBF\xBF", "\\u{ffff}"}}) {
    for (std::size_t at = text.find(bytes); at != std::string::npos; at = text.find(bytes, at))
      text.replace(at, 3, shown);
  }
}

std::string for_xml(std::string_view text) {
  std::string out = printable(text);
  escape_noncharacters(out);
  return out;
}

// The same line by line.
std::string lines_for_xml(std::string_view text) {
  std::string out;
  for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
    out += for_xml(text.substr(0, end)) + '\n';
    text.remove_prefix(end + 1);
  }
  return out + for_xml(text);
}

class StringSink final : public pugi::xml_writer {
 public:
  void write(const void* data, std::size_t size) override {
    out.append(static_cast<const char*>(data), size);
  }
  std::string out;
};

}  // namespace

struct XmlWriter::Document {
  pugi::xml_document tree;
  pugi::xml_node open = tree.root();
};

XmlWriter::XmlWriter() : document_(std::make_unique<Document>()) {}
XmlWriter::~XmlWriter() = default;

XmlWriter& XmlWriter::begin(const char* name) {
  HONUA_ASSERT(document_->open != document_->tree || !document_->tree.first_child());
  document_->open = document_->open.append_child(name);
  return *this;
}

XmlWriter& XmlWriter::attribute(const char* name, std::string_view value) {
  HONUA_ASSERT(document_->open != document_->tree && !document_->open.first_child());
  document_->open.append_attribute(name).set_value(for_xml(value).c_str());
  return *this;
}

void XmlWriter::text(std::string_view value) {
  HONUA_ASSERT(document_->open != document_->tree);
  document_->open.append_child(pugi::node_pcdata).set_value(lines_for_xml(value).c_str());
}

void XmlWriter::end() {
  HONUA_ASSERT(document_->open != document_->tree);
  document_->open = document_->open.parent();
}

std::string XmlWriter::take() && {
  HONUA_ASSERT(document_->open == document_->tree && document_->tree.first_child());
  StringSink sink;
  document_->tree.save(sink, "  ", pugi::format_default, pugi::encoding_utf8);
  return std::move(sink.out);
}

}  // namespace honua::text
