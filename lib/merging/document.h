// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diagnostics/diagnostics.h"
#include "merging/units.h"
#include "source/source_file.h"
#include "syntax/tree.h"

// A file as a merge sees it: items with addresses, and all the text between them given to one of them, so
// that what stands in a container, put together again, is the file's text.
namespace honua::merging {

class Document;
struct Container;

// A block, an attribute, a member of an object or an element of a list.
struct Item {
  const Document* document = nullptr;
  syntax::NodeId node = syntax::no_node;
  std::string key;      // what it is found by in its container
  std::string meaning;  // equal where values are, however they are written
  // The lines in front of it, from the item before on. Those from `attached` on are comments right above it.
  std::vector<Unit> lead;
  std::size_t attached = 0;
  std::string_view prefix;  // the blanks in front of it on its line
  std::uint32_t begin = 0;  // bytes of the document
  std::uint32_t end = 0;
  std::string tail;            // the rest of its line with the line end, without the comma
  std::uint32_t tail_end = 0;  // bytes of the document
  bool has_comma = false;
  bool is_first = false;     // in its container
  bool is_inline = false;    // it has neither lead nor prefix nor tail
  bool is_portable = false;  // written as blocks and objects both have it: `name = value`
  bool is_plain = false;     // no list, object or text over lines
  bool is_number = false;
  bool ends_in_heredoc = false;       // nothing may follow on its line
  std::unique_ptr<Container> inside;  // nullptr: it is merged as a whole or not at all

  [[nodiscard]] std::string_view core() const;
  // From its start to behind the opening brace; it must have an inside.
  [[nodiscard]] std::string_view head() const;
  // The comments in it, and those with the ones attached to it.
  [[nodiscard]] std::vector<std::string> inner_comments() const;
  [[nodiscard]] std::vector<std::string> all_comments() const;
  [[nodiscard]] std::vector<std::string> tail_comments() const;
  [[nodiscard]] bool is_block() const;
};

enum class Form : std::uint8_t { body, object, tuple };

// What stands between two braces or brackets, or in a file.
struct Container {
  Form form = Form::body;
  bool is_inline = false;           // all on one line, without comments
  std::uint32_t inside_begin = 0;   // behind the opening brace
  std::string_view opening;         // from there to the end of the line; "" where it is inline
  std::vector<Item> items;          // each on lines of its own unless all is inline
  std::vector<Unit> closing;        // lines behind the last item
  std::string_view closing_prefix;  // in front of the closing brace
  bool has_repeats = false;         // items of the same name, told apart by their order
};

// Owns a text and its tree. Neither copied nor moved: items refer to it.
class Document {
 public:
  explicit Document(std::string_view text);
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;
  ~Document() = default;

  // Whether the text could be parsed; nothing else may be asked for if not.
  [[nodiscard]] bool is_valid() const { return !findings_.has_errors(); }
  [[nodiscard]] std::string_view text() const { return file_.text(); }
  [[nodiscard]] const syntax::Tree& tree() const { return tree_; }
  // Where the comment that begins at a byte ends.
  [[nodiscard]] std::optional<std::uint32_t> comment_end(std::uint32_t begin) const;
  [[nodiscard]] bool has_comments(std::uint32_t begin, std::uint32_t end) const;
  // The comments in a part of the text, each as comment_key() has it, sorted.
  [[nodiscard]] std::vector<std::string> comments(std::uint32_t begin, std::uint32_t end) const;

 private:
  diagnostics::Diagnostics findings_;
  source::SourceFile file_;
  syntax::Tree tree_;
};

// The items of a whole file. Nothing if they cannot be told apart by lines.
[[nodiscard]] std::optional<Container> read_items(const Document& document);

// The address of an item in a container that has an address itself, or "".
[[nodiscard]] std::string address_of(const Item& item, std::string_view parent);

}  // namespace honua::merging
