// SPDX-License-Identifier: MIT
#include "text/xml_writer.h"

#include <doctest/doctest.h>

#include <ostream>
#include <utility>

namespace honua::text {

namespace {

std::string document_with(std::string_view text) {
  XmlWriter xml;
  xml.begin("a").attribute("b", text);
  xml.text(text);
  xml.end();
  const std::string document = std::move(xml).take();
  const std::string head = "<?xml version=\"1.0\"?>\n<a b=\"";
  REQUIRE(document.starts_with(head));
  REQUIRE(document.ends_with("</a>\n"));
  return document.substr(head.size(), document.size() - head.size() - 5);
}

}  // namespace

TEST_CASE("elements, attributes and texts become one document") {
  XmlWriter xml;
  xml.begin("root").attribute("version", "1").attribute("count", 2);
  xml.begin("empty");
  xml.end();
  xml.begin("full").attribute("size", std::size_t{3});
  xml.text("one\ntwo");
  xml.end();
  xml.end();
  CHECK(std::move(xml).take() == R"(<?xml version="1.0"?>
<root version="1" count="2">
  <empty />
  <full size="3">one
two</full>
</root>
)");
}

TEST_CASE("characters that mean something in XML are escaped") {
  CHECK(document_with("a<b>&\"'") == "a&lt;b>&amp;&quot;'\">a&lt;b&gt;&amp;\"'");
  CHECK(document_with("]]>") == "]]>\">]]&gt;");
}

TEST_CASE("characters that XML cannot hold are shown as escapes") {
  const std::string escapes = "\\u{1b}[0m\\u{0}\\xff\\u{fffe}\\u{ffff}";
  const std::string text = std::string("\x1B[0m") + '\0' + "\xFF\xEF\xBF\xBE\xEF\xBF\xBF";
  CHECK(document_with(text) == escapes + "\">" + escapes);
  CHECK(document_with("\t\r") == "\\u{9}\\u{d}\">\\u{9}\\u{d}");
  CHECK(document_with("é漢😀") == "é漢😀\">é漢😀");
}

TEST_CASE("line feeds stay in texts only") { CHECK(document_with("a\nb") == "a\\u{a}b\">a\nb"); }

}  // namespace honua::text
