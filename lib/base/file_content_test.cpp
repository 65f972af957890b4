// SPDX-License-Identifier: MIT
#include "base/file_content.h"

#include <doctest/doctest.h>

#include <bit>
#include <cstdint>
#include <string>
#include <utility>

namespace honua {

TEST_CASE("a content is the text it was made of and keeps a NUL") {
  const std::string text("a\0b", 3);
  CHECK(FileContent(text) == text);
  CHECK(FileContent("").empty());
  CHECK(FileContent() == "");
}

TEST_CASE("what was filled in stays when there is more room made") {
  FileContent content("begin");
  content.reserve(huge_page_size + 1);
  CHECK(content == "begin");
  content.append(" end");
  content.reserve(1);
  CHECK(content == "begin end");
  CHECK(content.capacity() > huge_page_size);
}

TEST_CASE("views stay valid when a content moves, and what is left is empty") {
  FileContent from("roads");
  const std::string_view view = from;
  FileContent to(std::move(from));
  CHECK(view == "roads");
  CHECK(to.view().data() == view.data());
  CHECK(from.empty());  // NOLINT(bugprone-use-after-move): that is the claim
  from = std::move(to);
  CHECK(from.view().data() == view.data());
}

TEST_CASE("a large content starts at a huge page") {
  FileContent content;
  content.reserve(huge_page_size);
  CHECK(std::bit_cast<std::uintptr_t>(content.end()) % huge_page_size == 0);
}

}  // namespace honua
