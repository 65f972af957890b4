// SPDX-License-Identifier: MIT
#include "migration/update.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/address.h"
#include "editing/file_edits.h"
#include "editing/written_body.h"
#include "migration/unsupported.h"
#include "rendering/hcl_writer.h"
#include "rendering/names.h"
#include "rendering/quoted_text.h"
#include "syntax/literals.h"
#include "syntax/parser.h"
#include "text/mask.h"
#include "text/sanitize.h"
#include "text/words.h"

namespace honua::migration {

namespace {

using editing::WrittenBody;
using editing::WrittenItem;
using syntax::Expression;
using syntax::NodeKind;

std::string address_of(const syntax::Block& block) { return config::block_address("", block); }

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
  MigrationUpdater(const syntax::Tree& tree, const Migration& migration, bool replaces)
      : tree_(tree), replaces_(replaces), edits_(tree.file()) {
    tree.body().visit([](const syntax::Attribute& /*one*/) {},
                      [&](const syntax::Block& one) { blocks_.emplace(address_of(one), one); });
    for (const source::SourceRange& range : tree.comments()) {
      const std::string_view line = text::trimmed(tree.file().text(range));
      comments_.emplace(line);
      if (auto kept = read_kept_line(line))
        kept_.emplace(std::move(kept->place), KeptLine{std::move(kept->json), range, false});
    }
    note_sources(migration);
  }

  Result<editing::Update> run(const syntax::Tree& made) {
    for (const Unit& one : units_of(made)) {
      if (one.block)
        bring_block(one);
      else
        bring_comments(one.comments);
    }
    take_stale_away();
    flag_vanished();
    update_.edits = std::move(edits_).take();
    if (!editing::is_sound(tree_.file(), update_.edits)) return editing::unsound();
    return std::move(update_);
  }

 private:
  void bring_block(const Unit& unit) {
    const std::string address = address_of(*unit.block);
    brought_.insert(address);
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
      const std::string address = address_in(header);
      brought_.insert(address);
      if (blocks_.contains(address))
        update_.flagged.push_back(
            address + " is served by the file, and by the documents it is not: " + first_reason(comments));
      for (const std::string& one : comments) note_there(as_kept_here(one));
      if (blocks_.contains(address) || comments_.contains(header)) return;
      std::vector<std::string> lines;
      lines.reserve(comments.size());
      for (const std::string& one : comments) lines.push_back(as_kept_here(one));
      edits_.append(text::join(lines, "\n") + "\n");
      update_.added.push_back(address + ": commented out");
      return;
    }
    const std::vector<std::string> lines = new_lines(comments);
    const bool has_kept =
        std::ranges::any_of(lines, [](const std::string& one) { return read_kept_line(one).has_value(); });
    if (!has_kept) return;
    edits_.append(text::join(lines, "\n") + "\n");
    note_kept(lines, "");
  }

  // "it is a query" of "# not served: it is a query".
  static std::string first_reason(const std::vector<std::string>& comments) {
    const std::string& first = comments.front();
    return first.substr(std::min(first.find(": ") + 2, first.size()));
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

  // Comments that the file does not have. What it keeps with another value is replaced where it stands.
  std::vector<std::string> new_lines(const std::vector<std::string>& comments) {
    std::vector<std::string> lines;
    for (const std::string& written : comments) {
      const std::string one = as_kept_here(written);
      if (!note_there(one) && !comments_.contains(one)) lines.push_back(one);
    }
    return lines;
  }

  // Whether a comment keeps a member that the file keeps as well.
  bool note_there(const std::string& comment) {
    const auto kept = read_kept_line(comment);
    const auto there = kept ? kept_.find(kept->place) : kept_.end();
    if (there == kept_.end()) return false;
    if (std::exchange(there->second.is_wanted, true) || there->second.json == kept->json) return true;
    if (!is_of_sources(kept->place)) {
      update_.warnings.push_back(text::quoted(there->first) + " is kept with another value");
      return true;
    }
    edits_.replace(there->second.range, comment);
    update_.changed.push_back("the comment of " + text::quoted(there->first));
    return true;
  }

  // Layers that a file has of these documents, and that these do not have any more.
  void flag_vanished() {
    if (!comes_from_first_) return;
    for (const auto& [address, block] : blocks_) {
      if (block.type() == "layer" && !brought_.contains(address))
        update_.flagged.push_back(address + " is in none of the documents, and stays");
    }
  }

  // Of members that the documents do not have any more.
  void take_stale_away() {
    for (const auto& [place, line] : kept_) {
      if (line.is_wanted || !is_of_sources(place)) continue;
      if (edits_.take_line(line.range))
        update_.changed.push_back("the comment of " + text::quoted(place) + ": taken away");
    }
  }

  // What is kept of the first document names none, unless the file comes from another one.
  void note_sources(const Migration& migration) {
    for (const Migration::Source& one : migration.sources()) prefixes_.emplace_back(one.prefix);
    const std::string& name = migration.sources().front().name;
    const auto names_it = [&](const std::string& line) {
      return line.starts_with("# From ") && (line.substr(7) + ", ").starts_with(name + ", ");
    };
    comes_from_first_ = std::ranges::any_of(comments_, names_it);
    if (!comes_from_first_) prefixes_.front() = name + "#";
  }

  // A comment as this file has to have it.
  [[nodiscard]] std::string as_kept_here(const std::string& comment) const {
    const auto kept = read_kept_line(comment);
    if (!kept || comes_from_first_ || !kept->place.starts_with('/')) return comment;
    return kept_line(prefixes_.front() + kept->place, kept->json);
  }

  [[nodiscard]] bool is_of_sources(const std::string& place) const {
    if (place.starts_with('/')) return comes_from_first_;
    return std::ranges::any_of(
        prefixes_, [&](const std::string& one) { return !one.empty() && place.starts_with(one); });
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
    rendering::HclWriter lines;
    std::string in_line;
    std::vector<std::string> added;
    std::map<std::string_view, const WrittenItem*> known;
    for (const WrittenItem& one : there.items) known.insert_or_assign(one.name, &one);
    for (const WrittenItem& one : made.items) {
      const std::string inner = config::address_below(address, one.name);
      if (const auto found = known.find(one.name); found != known.end()) {
        compare_items(inner, one, *found->second);
        continue;
      }
      write_item(one, there.is_object, lines);
      in_line += (in_line.empty() ? "" : ", ") + entry_of(one);
      added.push_back(inner);
    }
    if (added.empty()) return;
    const bool is_added = edits_.add_items(there, std::move(lines).take(), in_line);
    for (std::string& one : added) {
      if (is_added)
        update_.added.push_back(std::move(one));
      else
        update_.flagged.push_back(one + " is missing, and its block is on one line");
    }
  }

  static std::string written_name(const WrittenItem& item) {
    return rendering::is_identifier(item.name) ? item.name : rendering::quoted_text(item.name);
  }

  // An item as a line or as lines. Entries of objects are no blocks.
  static void write_item(const WrittenItem& item, bool is_entry, rendering::HclWriter& out) {
    const auto body = editing::body_of(item);
    if (!body) return out.attribute(written_name(item), item.value->text());
    const bool are_entries = is_entry || !item.block;
    out.open(written_name(item) + (are_entries ? " =" : ""));
    for (const WrittenItem& one : body->items) write_item(one, are_entries, out);
    out.close();
  }

  // The same on one line, as an entry of an object.
  static std::string entry_of(const WrittenItem& item) {
    const auto body = editing::body_of(item);
    if (!body) return written_name(item) + " = " + std::string(item.value->text());
    std::vector<std::string> entries;
    for (const WrittenItem& one : body->items) entries.push_back(entry_of(one));
    return written_name(item) + " = { " + text::join(entries, ", ") + " }";
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
      update_.flagged.push_back(address + " is left alone: it is " + old_text + ", and " + new_text +
                                " by the documents");
      return;
    }
    edits_.replace(there.value->range(), std::string(made.value->text()));
    update_.changed.push_back(address + ": " + old_text + " -> " + new_text);
  }

  // A value behind its name: secrets are told by that.
  static std::string text_of_item(const WrittenItem& item) {
    if (!item.value || item.value->kind() == NodeKind::object) return "a block";
    const bool is_secret = item.value->is_plain_string() && text::is_name_of_secret(item.name);
    return is_secret ? "\"***\"" : text::mask_secrets(item.value->text());
  }

  const syntax::Tree& tree_;
  bool replaces_;
  editing::FileEdits edits_;
  std::map<std::string, syntax::Block> blocks_;  // the first of an address
  std::set<std::string, std::less<>> comments_;  // single lines
  struct KeptLine {
    std::string json;
    source::SourceRange range;
    bool is_wanted;  // the documents keep it as well
  };
  std::map<std::string, KeptLine> kept_;  // by places
  std::set<std::string> brought_;         // blocks that the documents have, be it as comments
  std::vector<std::string> prefixes_;     // of places in the documents
  bool comes_from_first_ = false;         // the file says that it comes from the first document
  editing::Update update_;
};

}  // namespace

Result<editing::Update> update(const syntax::Tree& tree, const Migration& migration, bool replaces) {
  const std::string text = migration.text();
  const source::SourceFile file(0, "migrated", std::string_view(text));
  diagnostics::Diagnostics unheard;
  const syntax::Tree made = syntax::parse(file, syntax::Dialect::honua, unheard);
  return MigrationUpdater(tree, migration, replaces).run(made);
}

}  // namespace honua::migration
