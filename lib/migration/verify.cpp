// SPDX-License-Identifier: MIT
#include "migration/verify.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "config/address.h"
#include "migration/unsupported.h"
#include "syntax/literals.h"
#include "syntax/parser.h"
#include "text/sanitize.h"
#include "text/unicode.h"

namespace honua::migration {

namespace {

using syntax::Expression;
using syntax::NodeKind;

// The values of a configuration by their addresses; blocks and objects have none.
class WrittenValues {
 public:
  explicit WrittenValues(const syntax::Tree& tree) { read_body(tree.body(), ""); }

  // Whether there is a block, an object or an attribute.
  [[nodiscard]] bool contains(const std::string& address) const { return values_.contains(address); }
  // Whether the attribute says the value, or lists it; so does a block whose label or whose own name it is.
  [[nodiscard]] bool says(const std::string& address, const LegacyValue& value) const {
    const auto found = values_.find(address);
    if (found == values_.end()) return false;
    if (!found->second) return !value.is(ValueKind::string) || ends_with_name(address, value.text());
    const Expression written = *found->second;
    if (written.kind() != NodeKind::tuple) return is_same(written, value);
    if (value.is(ValueKind::array)) return true;
    return std::any_of(written.begin(), written.end(),
                       [&](const Expression& one) { return is_same(one, value); });
  }

 private:
  void read_body(const syntax::Body& body, const std::string& address) {
    body.visit(
        [&](const syntax::Attribute& one) { read_value(one.expression(), below(address, one.name())); },
        [&](const syntax::Block& one) {
          const std::string inner = config::block_address(address, one);
          values_.emplace(inner, std::nullopt);
          read_body(one.body(), inner);
        });
  }

  void read_value(Expression value, const std::string& address) {
    if (value.kind() != NodeKind::object) {
      values_.emplace(address, value);
      return;
    }
    values_.emplace(address, std::nullopt);
    for (const Expression item : value) {
      if (item.child_count() != 2) continue;
      const Expression key = item.child(0);
      const std::string name =
          key.is_plain_string() ? syntax::plain_string_value(key) : std::string(key.text());
      read_value(item.child(1), below(address, name));
    }
  }

  static std::string below(const std::string& address, std::string_view name) {
    return config::address_below(address, name);
  }

  static bool ends_with_name(const std::string& address, std::string_view name) {
    const auto names = config::address_names(address);
    return names && !names->empty() && names->back() == text::to_nfc(name);
  }

  static bool is_same(Expression written, const LegacyValue& value) {
    switch (value.kind()) {
      case ValueKind::string:
        // As HCL reads it.
        return written.is_plain_string() && syntax::plain_string_value(written) == text::to_nfc(value.text());
      case ValueKind::number:
      case ValueKind::boolean:
        return written.text() == value.digits() ||
               (written.is_plain_string() && syntax::plain_string_value(written) == value.digits());
      default: return true;
    }
  }

  std::unordered_map<std::string, std::optional<Expression>> values_;
};

using Kept = std::map<std::string, std::string, std::less<>>;

Kept read_comments(const syntax::Tree& tree) {
  Kept kept;
  for (const source::SourceRange& range : tree.comments()) {
    if (auto one = read_kept_line(tree.file().text(range)))
      kept.emplace(std::move(one->place), std::move(one->json));
  }
  return kept;
}

// The documents stand in the order of the migration's.
Kept read_residue(const syntax::Tree& tree, const std::vector<Migration::Source>& sources) {
  Kept kept;
  const auto documents = LegacyObject{LegacyValue(tree.expression())}.find("documents");
  if (!documents) return kept;
  std::size_t number = 0;
  documents->each_element([&](const LegacyValue& document) {
    const auto members = LegacyObject{document}.find("members");
    if (number == sources.size() || !members) return;
    const std::string prefix(sources[number++].prefix);
    members->each_member([&](const std::string& pointer, const LegacyValue& value) {
      kept.emplace(prefix + pointer, std::string(value.expression().text()));
    });
  });
  return kept;
}

class Verifier {
 public:
  Verifier(const WrittenValues& values, Kept kept) : values_(values), kept_(std::move(kept)) {}

  // What is checked next is of this document.
  void start(const Migration::Source& source) {
    source_ = &source;
    taken_.clear();
  }

  void check(const AccountEntry& entry, const LegacyValue& value) {
    const bool is_kept = take_kept(entry, value);
    if (entry.is_kept && entry.is_scalar && !is_kept && !is_in_kept(entry.pointer))
      add(entry, "is not kept beside what it went into");
    const std::string target(entry.target);
    switch (entry.outcome) {
      case Outcome::defaulted: break;
      case Outcome::unsupported:
        if (entry.is_scalar && !is_kept && !is_in_kept(entry.pointer)) add(entry, "is in neither of both");
        break;
      case Outcome::mapped:
        if (target.empty() ? entry.is_scalar : !values_.says(target, value))
          add(entry, "is not what " + text::quoted(target) + " says");
        break;
      case Outcome::converted:
      case Outcome::merged:
        // What is merged may say what is so anyway.
        if (!target.empty() && !values_.contains(target))
          add(entry, "went to " + text::quoted(target) + ", which is missing");
        break;
    }
  }

  std::vector<std::string> finish(bool allows_others) {
    for (const auto& [pointer, json] : kept_)
      if (!allows_others) problems_.push_back(text::quoted(pointer) + " is kept, and not in the document");
    return std::move(problems_);
  }

 private:
  // Whether the value is kept as it is; then what is in it is as well.
  bool take_kept(const AccountEntry& entry, const LegacyValue& value) {
    auto found = kept_.find(place_of(entry));
    // Where the configuration comes from another document, the first one's are kept by its name.
    if (found == kept_.end() && source_->prefix.empty())
      found = kept_.find(source_->name + "#" + std::string(entry.pointer));
    if (found == kept_.end()) return false;
    if (found->second != masked_json(value, entry.name, masking_of(source_->kind)))
      add(entry, "is kept with another value");
    taken_ = entry.pointer;
    kept_.erase(found);
    return true;
  }

  // Members follow what they are in.
  [[nodiscard]] bool is_in_kept(std::string_view pointer) const {
    return !taken_.empty() && pointer.size() > taken_.size() && pointer.starts_with(taken_) &&
           pointer[taken_.size()] == '/';
  }

  void add(const AccountEntry& entry, const std::string& what) {
    problems_.push_back(text::quoted(place_of(entry)) + " " + what);
  }

  [[nodiscard]] std::string place_of(const AccountEntry& entry) const {
    return std::string(source_->prefix) + std::string(entry.pointer);
  }

  const WrittenValues& values_;
  Kept kept_;
  const Migration::Source* source_ = nullptr;
  std::string taken_;
  std::vector<std::string> problems_;
};

}  // namespace

std::vector<std::string> verify(const Migration& migration, std::string_view configuration,
                                std::string_view residue, bool allows_others) {
  diagnostics::Diagnostics sink;
  const source::SourceFile file(0, "configuration", configuration);
  const syntax::Tree tree = syntax::parse(file, syntax::Dialect::honua, sink);
  const source::SourceFile residue_file(1, "residue", residue.empty() ? std::string_view("{}") : residue);
  const syntax::Tree residue_tree = syntax::parse_json_value(residue_file, syntax::JsonForm::strict, sink);
  if (sink.has_errors()) return {"what was written cannot be read"};
  const WrittenValues values(tree);
  Kept kept = read_comments(tree);
  kept.merge(read_residue(residue_tree, migration.sources()));
  Verifier verifier(values, std::move(kept));
  for (std::size_t number = 0; number < migration.sources().size(); ++number) {
    verifier.start(migration.sources()[number]);
    migration.each_entry(
        number, [&](const AccountEntry& entry, const LegacyValue& value) { verifier.check(entry, value); });
  }
  return verifier.finish(allows_others);
}

}  // namespace honua::migration
