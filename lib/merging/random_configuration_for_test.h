// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <random>
#include <string>
#include <utility>
#include <vector>

// Random configurations, and random changes of them as people make them. For tests only.
namespace honua::merging {

// An item with its comments and its layout.
struct RandomItem {
  enum class Kind { value, list, members, block };
  Kind kind = Kind::value;
  std::string name;
  std::string label;              // of a block
  std::string value;              // of a value
  std::vector<std::string> list;  // elements
  std::vector<RandomItem> members;
  std::vector<std::string> free;      // comments for themselves in front of it
  std::vector<std::string> attached;  // and right above it
  std::string behind;                 // and on its line
  bool is_blank_before = false;
  bool is_object = false;  // members: `name = { ... }` rather than `name { ... }`
  bool is_inline = false;  // list, members: on one line if that can be
  bool has_wide_gap = false;
};

struct RandomFile {
  std::vector<RandomItem> items;
  std::vector<std::string> closing;  // comments at the end
  bool has_last_end = true;
};

class RandomConfigurations {
 public:
  explicit RandomConfigurations(unsigned seed) : random_(seed) {}

  [[nodiscard]] RandomFile make() {
    RandomFile file;
    const std::size_t count = below(6);
    for (std::size_t i = 0; i < count; ++i) add(file.items, 0);
    if (one_in(3)) file.closing.push_back(comment());
    file.has_last_end = !one_in(8);
    return file;
  }

  [[nodiscard]] RandomFile change(RandomFile file) {
    const std::size_t count = below(5);
    for (std::size_t i = 0; i < count; ++i) change(file.items, 0);
    if (one_in(8)) file.closing.push_back(comment());
    if (one_in(8)) file.closing.clear();
    if (one_in(8)) file.has_last_end = !file.has_last_end;
    return file;
  }

  [[nodiscard]] bool one_in(std::size_t count) { return below(count) == 0; }

 private:
  using Items = std::vector<RandomItem>;

  std::size_t below(std::size_t limit) { return random_() % limit; }
  std::string comment() { return "# comment" + std::to_string(++comments_) + "."; }
  std::string value() {
    static const std::vector<std::string> values = {"1",          "2",         "\"a\"", "\"b ${x}\"",
                                                    "env(\"X\")", "x.y",       "true",  "<<E\n  text\nE",
                                                    "1 + 2",      "f(\n  1\n)"};
    return values[below(values.size())];
  }
  std::string element() { return std::string(1, static_cast<char>('a' + below(8))); }

  RandomItem item(std::size_t depth) {
    RandomItem made;
    const std::size_t kind = below(depth < 3 ? 8 : 3);
    made.kind = kind < 2    ? RandomItem::Kind::value
                : kind == 2 ? RandomItem::Kind::list
                : kind < 5  ? RandomItem::Kind::members
                            : RandomItem::Kind::block;
    if (depth == 0 && kind >= 2) made.kind = RandomItem::Kind::block;
    if (depth > 0 && made.kind == RandomItem::Kind::block) made.kind = RandomItem::Kind::members;
    const char initial = made.kind == RandomItem::Kind::value  ? 'v'
                         : made.kind == RandomItem::Kind::list ? 'l'
                                                               : 'm';
    made.name = initial + std::to_string(below(5));
    if (made.kind == RandomItem::Kind::block) made.label = "b" + std::to_string(below(6));
    made.value = value();
    for (std::size_t i = below(4); made.kind == RandomItem::Kind::list && i > 0; --i) add_element(made);
    for (std::size_t i = below(4); made.kind >= RandomItem::Kind::members && i > 0; --i)
      add(made.members, depth + 1);
    if (one_in(4)) made.free.push_back(comment());
    if (one_in(4)) made.attached.push_back(comment());
    if (one_in(4)) made.behind = comment();
    made.is_blank_before = one_in(2);
    made.is_object = one_in(2);
    made.is_inline = one_in(2);
    made.has_wide_gap = one_in(2);
    return made;
  }

  void add_element(RandomItem& to) {
    const std::string made = element();
    if (std::ranges::find(to.list, made) == to.list.end()) insert(to.list, made);
  }
  template <class T>
  void insert(std::vector<T>& into, T made) {
    into.insert(into.begin() + static_cast<std::ptrdiff_t>(below(into.size() + 1)), std::move(made));
  }
  void add(Items& items, std::size_t depth) {
    RandomItem made = item(depth);
    const bool is_new = std::ranges::none_of(
        items, [&](const RandomItem& one) { return one.name == made.name && one.label == made.label; });
    if (is_new) insert(items, std::move(made));
  }

  void change(Items& items, std::size_t depth) {
    if (items.empty() || one_in(6)) return add(items, depth);
    const std::size_t at = below(items.size());
    RandomItem& one = items[at];
    if (!one.members.empty() && !one_in(3)) return change(one.members, depth + 1);
    switch (below(12)) {
      case 0: items.erase(items.begin() + static_cast<std::ptrdiff_t>(at)); return;
      case 1: std::swap(items[at], items[below(items.size())]); return;
      case 2: one.free.push_back(comment()); return;
      case 3: one.free.clear(); return;
      case 4: one.attached.push_back(comment()); return;
      case 5: one.attached.clear(); return;
      case 6: one.behind = one_in(2) ? "" : comment(); return;
      case 7: one.is_inline = !one.is_inline; return;
      case 8: one.has_wide_gap = !one.has_wide_gap; return;
      case 9: one.is_blank_before = !one.is_blank_before; return;
      case 10: one.is_object = !one.is_object; return;
      default: break;
    }
    if (one.kind >= RandomItem::Kind::members) return add(one.members, depth + 1);
    if (one.kind == RandomItem::Kind::value) {
      one.value = value();
    } else if (one_in(2) && !one.list.empty()) {
      one.list.erase(one.list.begin() + static_cast<std::ptrdiff_t>(below(one.list.size())));
    } else {
      add_element(one);
    }
  }

  std::mt19937 random_;
  std::size_t comments_ = 0;
};

// Writes them.
class RandomText {
 public:
  [[nodiscard]] static std::string of(const RandomFile& file) {
    RandomText text;
    for (const RandomItem& one : file.items) text.item(one, "", false);
    for (const std::string& one : file.closing) text.out_ += one + "\n";
    if (!file.has_last_end && text.out_.ends_with('\n') && !text.ends_in_heredoc_) text.out_.pop_back();
    return text.out_;
  }

 private:
  static bool is_one_line(const RandomItem& item) {
    if (item.kind == RandomItem::Kind::value) return item.value.find('\n') == std::string::npos;
    if (item.kind == RandomItem::Kind::list) return item.is_inline;
    return item.is_inline && (item.is_object || item.members.size() < 2) &&
           std::ranges::all_of(item.members, [&](const RandomItem& one) {
             return one.free.empty() && one.attached.empty() && one.behind.empty() && is_one_line(one) &&
                    (item.is_object || one.kind < RandomItem::Kind::members || one.is_object);
           });
  }

  // Blocks cannot stand in objects.
  void item(const RandomItem& one, const std::string& indent, bool in_object) {
    if (one.is_blank_before) out_ += "\n";
    for (const std::string& comment : one.free) out_ += indent + comment + "\n\n";
    for (const std::string& comment : one.attached) out_ += indent + comment + "\n";
    out_ += indent;
    const bool has_heredoc = core(one, indent, in_object);
    if (!one.behind.empty() && !has_heredoc) out_ += " " + one.behind;
    out_ += "\n";
    ends_in_heredoc_ = has_heredoc;
  }

  bool core(const RandomItem& one, const std::string& indent, bool in_object) {
    const bool is_object = one.is_object || in_object;
    out_ += one.name;
    if (one.kind == RandomItem::Kind::block) out_ += " \"" + one.label + "\"";
    const bool has_sign =
        one.kind < RandomItem::Kind::members || (one.kind == RandomItem::Kind::members && is_object);
    out_ += has_sign ? (one.has_wide_gap ? "   = " : " = ") : " ";
    if (one.kind == RandomItem::Kind::value) {
      out_ += one.value;
      return one.value.starts_with("<<");
    }
    if (one.kind == RandomItem::Kind::list) {
      list(one, indent);
    } else {
      members(one, indent, one.kind == RandomItem::Kind::members && is_object);
    }
    return false;
  }

  void list(const RandomItem& one, const std::string& indent) {
    out_ += "[";
    bool first = true;
    for (const std::string& element : one.list) {
      out_ += first ? (one.is_inline ? "" : "\n") : (one.is_inline ? ", " : ",\n");
      if (!one.is_inline) out_.append(indent).append("  ");
      out_ += element;
      first = false;
    }
    if (!one.is_inline) out_ += first ? "" : (one.has_wide_gap ? ",\n" : "\n") + indent;
    out_ += "]";
  }

  void members(const RandomItem& one, const std::string& indent, bool is_object) {
    RandomItem shown = one;
    shown.is_object = is_object;
    if (is_one_line(shown)) {
      out_ += "{";
      for (std::size_t i = 0; i < one.members.size(); ++i) {
        out_ += i == 0 ? " " : ", ";
        core(one.members[i], "", is_object);
      }
      out_ += one.members.empty() ? "}" : " }";
      return;
    }
    out_ += "{\n";
    for (const RandomItem& member : one.members) item(member, indent + "  ", is_object);
    out_ += indent + "}";
  }

  std::string out_;
  bool ends_in_heredoc_ = false;
};

}  // namespace honua::merging
