// SPDX-License-Identifier: MIT
#include "migration/update.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "config/address.h"
#include "editing/file_edits.h"
#include "editing/written_body.h"
#include "migration/unsupported.h"
#include "syntax/literals.h"
#include "syntax/parser.h"
#include "text/sanitize.h"
#include "text/words.h"

namespace honua::migration {

namespace {

using editing::WrittenBody;
using editing::WrittenItem;
using syntax::Expression;
using syntax::NodeKind;

std::string address_of(const syntax::Block& block) {
  std::string address(block.type());
  for (const syntax::Label& label : block.labels()) address = config::address_below(address, label.value());
  return address;
}

// Whether two expressions mean the same, as far as can be told without evaluating them.
bool is_same(Expression a, Expression b) {
  const bool is_tuple = a.kind() == NodeKind::tuple && b.kind() == NodeKind::tuple;
  if (is_tuple)
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](Expression one, Expression other) { return is_same(one, other); });
  if (a.is_plain_string() && b.is_plain_string())
    return syntax::plain_string_value(a) == syntax::plain_string_value(b);
  for (const std::string_view type : {"data_source", "service"}) {
    const auto label = editing::referenced_label(a, type);
    if (label && !a.is_plain_string() && label == editing::referenced_label(b, type)) return true;
  }
  return a.text() == b.text();
}

// What stands at the outermost level of a generated text: a block, with the comments above it, or comments.
struct Unit {
  std::vector<std::string> comments;
  std::optional<syntax::Block> block;
};

std::vector<Unit> units_of(const syntax::Tree& tree) {
  std::vector<syntax::Block> blocks;
  tree.body().visit([](const syntax::Attribute& /*one*/) {},
                    [&](const syntax::Block& one) { blocks.push_back(one); });
  const std::string_view text = tree.file().text();
  std::vector<Unit> units;
  std::vector<std::string> comments;
  std::size_t at = 0;
  const auto end_group = [&] {
    if (!comments.empty()) units.push_back({std::move(comments), std::nullopt});
    comments.clear();
  };
  // Lines up to a byte, which are comments and empty.
  const auto read_to = [&](std::size_t end) {
    while (at < end) {
      const std::size_t feed = std::min(text.find('\n', at), text.size());
      if (feed == at)
        end_group();
      else
        comments.emplace_back(text.substr(at, feed - at));
      at = feed + 1;
    }
  };
  for (const syntax::Block& one : blocks) {
    read_to(one.range().begin);
    units.push_back({std::move(comments), one});
    comments.clear();
    // The rest of the line.
    at = std::min<std::size_t>(one.range().end + 1, text.size());
  }
  read_to(text.size());
  end_group();
  return units;
}

// The block that a comment is: `layer "roads"` of `# layer "roads" {`.
std::string commented_header(const std::vector<std::string>& comments) {
  for (const std::string& one : comments) {
    if (one.starts_with("# layer \"") && one.ends_with('{')) return one;
  }
  return "";
}

class MigrationUpdater {
 public:
  MigrationUpdater(const syntax::Tree& tree, bool replaces)
      : tree_(tree), replaces_(replaces), edits_(tree.file()) {
    tree.body().visit([](const syntax::Attribute& /*one*/) {},
                      [&](const syntax::Block& one) { blocks_.emplace(address_of(one), one); });
    for (const source::SourceRange& range : tree.comments()) {
      const std::string_view line = text::trimmed(tree.file().text(range));
      comments_.emplace(line);
      if (auto kept = read_kept_line(line)) kept_.emplace(std::move(kept->place), std::move(kept->json));
    }
  }

  Result<editing::Update> run(const syntax::Tree& made) {
    for (const Unit& one : units_of(made)) {
      if (one.block)
        bring_block(one);
      else
        bring_comments(one.comments);
    }
    update_.edits = std::move(edits_).take();
    if (!editing::is_sound(tree_.file(), update_.edits)) return editing::unsound();
    return std::move(update_);
  }

 private:
  void bring_block(const Unit& unit) {
    const std::string address = address_of(*unit.block);
    const auto there = blocks_.find(address);
    const std::vector<std::string> lines = new_lines(unit.comments);
    if (there != blocks_.end()) {
      compare(address, editing::read_body(*unit.block), editing::read_body(there->second));
      return add_comments(address, lines, there->second.range().begin);
    }
    if (comments_.contains("# " + first_line(unit.block->text()))) {
      update_.warnings.push_back(address + " is a comment, and stays one");
      return;
    }
    edits_.append(text::join(lines, "\n") + (lines.empty() ? "" : "\n") + std::string(unit.block->text()) +
                  "\n");
    update_.added.push_back(address);
  }

  static std::string first_line(std::string_view text) {
    return std::string(text.substr(0, text.find('\n')));
  }

  // A layer that is not served, or members without a place.
  void bring_comments(const std::vector<std::string>& comments) {
    const std::string header = commented_header(comments);
    if (!header.empty()) {
      const bool is_there = comments_.contains(header) || blocks_.contains(address_in(header));
      if (is_there) return;
      edits_.append(text::join(comments, "\n") + "\n");
      update_.added.push_back(address_in(header) + ": commented out");
      return;
    }
    const std::vector<std::string> lines = new_lines(comments);
    const bool has_kept =
        std::ranges::any_of(lines, [](const std::string& one) { return read_kept_line(one).has_value(); });
    if (!has_kept) return;
    edits_.append(text::join(lines, "\n") + "\n");
    note_kept(lines, "");
  }

  // `layer.roads` of `# layer "roads" {`.
  static std::string address_in(const std::string& header) {
    const std::string text = header.substr(2) + "}";
    const source::SourceFile file(0, "comment", std::string_view(text));
    diagnostics::Diagnostics unheard;
    const syntax::Tree tree = syntax::parse(file, syntax::Dialect::honua, unheard);
    std::string address;
    tree.body().visit([](const syntax::Attribute& /*one*/) {},
                      [&](const syntax::Block& one) { address = address_of(one); });
    return address;
  }

  // Comments that the file does not have. What is kept with another value is told.
  std::vector<std::string> new_lines(const std::vector<std::string>& comments) {
    std::vector<std::string> lines;
    for (const std::string& one : comments) {
      if (comments_.contains(one)) continue;
      const auto kept = read_kept_line(one);
      const auto there = kept ? kept_.find(kept->place) : kept_.end();
      if (there == kept_.end())
        lines.push_back(one);
      else
        update_.warnings.push_back(text::quoted(there->first) + " is kept as " + there->second +
                                   ", and would be " + kept->json);
    }
    return lines;
  }

  void add_comments(const std::string& address, const std::vector<std::string>& lines, std::uint32_t begin) {
    if (lines.empty()) return;
    const std::string text = text::join(lines, "\n") + "\n";
    if (!edits_.put_above(begin, text)) edits_.append(text);
    note_kept(lines, address);
  }

  void note_kept(const std::vector<std::string>& lines, const std::string& address) {
    for (const std::string& one : lines) {
      if (const auto kept = read_kept_line(one))
        update_.added.push_back((address.empty() ? "" : address + ": ") + "the comment of " +
                                text::quoted(kept->place));
    }
  }

  void compare(const std::string& address, const WrittenBody& made, const WrittenBody& there) {
    std::string lines;
    std::string in_line;
    std::vector<std::string> added;
    for (const WrittenItem& one : made.items) {
      const std::string inner = config::address_below(address, one.name);
      const WrittenItem* known = there.find(one.name);
      if (known != nullptr) {
        compare_items(inner, one, *known);
        continue;
      }
      const std::string text = dedented(tree_of(one).file(), one.range);
      lines += text + "\n";
      in_line += (in_line.empty() ? "" : ", ") + text;
      added.push_back(inner);
    }
    if (added.empty()) return;
    const bool is_added = edits_.add_items(there, lines, in_line);
    for (std::string& one : added) {
      if (is_added)
        update_.added.push_back(std::move(one));
      else
        update_.warnings.push_back(one + " is missing, and its block is on one line");
    }
  }

  static const syntax::Tree& tree_of(const WrittenItem& item) {
    return item.value ? item.value->tree() : item.block->tree();
  }

  // The text of an item without the blanks that its lines begin with.
  static std::string dedented(const source::SourceFile& file, source::SourceRange range) {
    const std::string_view text = file.text();
    const std::size_t line = text.rfind('\n', range.begin) + 1;
    const std::size_t indent = range.begin - line;
    std::string made;
    for (std::size_t at = range.begin; at < range.end;) {
      const std::size_t end = std::min<std::size_t>(text.find('\n', at), range.end);
      made.append(text.substr(at, end - at));
      if (end < range.end) made += '\n';
      const std::string_view next = text.substr(std::min(end + 1, text.size()));
      at = end + 1 + std::min(indent, next.find_first_not_of(' '));
    }
    return made;
  }

  void compare_items(const std::string& address, const WrittenItem& made, const WrittenItem& there) {
    const auto body = editing::body_of(made);
    const auto known = editing::body_of(there);
    if (body && known) return compare(address, *body, *known);
    const bool are_values = made.value && there.value;
    if (are_values && is_same(*made.value, *there.value)) return;
    const std::string old_text = text_of_item(there);
    const std::string new_text = text_of_item(made);
    if (!replaces_ || !are_values) {
      update_.warnings.push_back(address + " is left alone: it is " + old_text + ", and " + new_text +
                                 " by the documents");
      return;
    }
    edits_.replace(there.value->range(), std::string(made.value->text()));
    update_.changed.push_back(address + ": " + old_text + " -> " + new_text);
  }

  static std::string text_of_item(const WrittenItem& item) {
    if (item.value && item.value->kind() != NodeKind::object) return std::string(item.value->text());
    return "a block";
  }

  const syntax::Tree& tree_;
  bool replaces_;
  editing::FileEdits edits_;
  std::map<std::string, syntax::Block> blocks_;  // the first of an address
  std::set<std::string, std::less<>> comments_;  // single lines
  std::map<std::string, std::string> kept_;      // JSON by places
  editing::Update update_;
};

}  // namespace

Result<editing::Update> update(const syntax::Tree& tree, const Migration& migration, bool replaces) {
  const std::string text = migration.text();
  const source::SourceFile file(0, "migrated", std::string_view(text));
  diagnostics::Diagnostics unheard;
  const syntax::Tree made = syntax::parse(file, syntax::Dialect::honua, unheard);
  return MigrationUpdater(tree, replaces).run(made);
}

}  // namespace honua::migration
