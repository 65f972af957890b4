// SPDX-License-Identifier: MIT
#include "merging/document.h"

#include <algorithm>

#include "config/address.h"
#include "merging/item_reader.h"
#include "syntax/literals.h"
#include "syntax/parser.h"

namespace honua::merging {

namespace {

constexpr auto comment_begin = &source::SourceRange::begin;

std::uint32_t offset_in(const Document& document, std::string_view part) {
  return static_cast<std::uint32_t>(part.data() - document.text().data());
}

}  // namespace

Document::Document(std::string_view text)
    : file_(0, "", text), tree_(syntax::parse(file_, syntax::Dialect::honua, findings_)) {}

std::optional<std::uint32_t> Document::comment_end(std::uint32_t begin) const {
  const auto found = std::ranges::lower_bound(tree_.comments(), begin, {}, comment_begin);
  if (found == tree_.comments().end() || found->begin != begin) return std::nullopt;
  return found->end;
}

bool Document::has_comments(std::uint32_t begin, std::uint32_t end) const {
  const auto found = std::ranges::lower_bound(tree_.comments(), begin, {}, comment_begin);
  return found != tree_.comments().end() && found->begin < end;
}

std::vector<std::string> Document::comments(std::uint32_t begin, std::uint32_t end) const {
  std::vector<std::string> keys;
  auto found = std::ranges::lower_bound(tree_.comments(), begin, {}, comment_begin);
  for (; found != tree_.comments().end() && found->begin < end; ++found) {
    keys.push_back(comment_key(file_.text(*found)));
  }
  std::ranges::sort(keys);
  return keys;
}

std::string_view Item::core() const { return document->text().substr(begin, end - begin); }

std::string_view Item::head() const { return document->text().substr(begin, inside->inside_begin - begin); }

std::vector<std::string> Item::inner_comments() const { return document->comments(begin, end); }

std::vector<std::string> Item::all_comments() const {
  const std::uint32_t from = attached < lead.size() ? offset_in(*document, lead[attached].text) : begin;
  return document->comments(from, tail_end);
}

std::vector<std::string> Item::tail_comments() const { return document->comments(end, tail_end); }

bool Item::is_block() const { return document->tree().node(node).kind == syntax::NodeKind::block; }

std::optional<Container> read_items(const Document& document) { return ItemReader(document).read_file(); }

std::string address_of(const Item& item, std::string_view parent) {
  const syntax::Tree& tree = item.document->tree();
  switch (tree.node(item.node).kind) {
    case syntax::NodeKind::attribute:
      return config::address_below(parent, syntax::Attribute(tree, item.node).name());
    case syntax::NodeKind::block: return config::block_address(parent, syntax::Block(tree, item.node));
    case syntax::NodeKind::object_item:
      return config::address_below(parent, key_of(syntax::Expression(tree, item.node).child(0)));
    default: return std::string(parent);
  }
}

}  // namespace honua::merging
