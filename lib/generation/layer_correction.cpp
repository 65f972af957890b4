// SPDX-License-Identifier: MIT
#include "generation/layer_correction.h"

#include <algorithm>
#include <set>
#include <utility>

#include "config/address.h"
#include "generation/blocks.h"
#include "generation/field_type_check.h"
#include "generation/find_relation.h"
#include "rendering/names.h"
#include "rendering/quoted_text.h"
#include "text/sanitize.h"
#include "text/words.h"

namespace honua::generation {

namespace {

using catalog::Column;
using config::address_below;
using rendering::is_identifier;
using rendering::quoted_text;

// Blocks on one line hold one attribute.
constexpr std::string_view no_place = "the block's closing brace is on a line with something else";

// Whether a comment is an entry of `fields`, or says of one that it is left out.
bool is_about_field(std::string_view comment, const std::string& name) {
  comment.remove_prefix(std::min(comment.find_first_not_of("#/ \t"), comment.size()));
  if (comment.starts_with("left out: " + text::quoted(name))) return true;
  const auto is_entry = [&](const std::string& called) {
    if (!comment.starts_with(called)) return false;
    const std::string_view rest = comment.substr(called.size());
    const std::size_t next = rest.find_first_not_of(' ');
    return next != std::string_view::npos && (rest[next] == '{' || rest[next] == '=');
  };
  return is_entry(name) || is_entry(quoted_text(name));
}

class LayerCorrector {
 public:
  LayerCorrector(const Correction& correction, editing::FileEdits& edits, Update& update)
      : tree_(correction.tree),
        layer_(correction.layer),
        plan_(correction.plan),
        geometry_(correction.geometry),
        adds_columns_(correction.adds_columns),
        engine_(correction.engine),
        address_(address_of(correction.layer.key)),
        edits_(edits),
        update_(update) {}

  void run() {
    correct_column("id_field", plan_.id_field);
    correct_column("display_field", plan_.display_field);
    const editing::WrittenItem* geometry = layer_.body.find("geometry");
    if (geometry != nullptr && geometry_ != nullptr) correct_geometry(*geometry);
    const editing::WrittenItem* fields = layer_.body.find("fields");
    const auto body = fields == nullptr ? std::nullopt : body_of(*fields);
    if (body) correct_fields(*body);
    if (!unread_.empty())
      update_.warnings.push_back(address_ + ": " + text::join(unread_, ", ") +
                                 (unread_.size() == 1 ? " is" : " are") +
                                 " not compared, since that is no plain value");
  }

 private:
  [[nodiscard]] const catalog::Relation& relation() const { return *plan_.relation; }
  [[nodiscard]] const Column* find(std::string_view name) const {
    return find_column(relation(), name, engine_);
  }

  void change(const editing::WrittenItem& item, const std::string& address, const std::string& value) {
    update_.changed.push_back(address + ": " + text::printable(item.value->text()) + " -> " + value);
    edits_.replace(item.value->range(), value);
  }

  void flag(const std::string& address, const std::string& what) {
    update_.flagged.push_back(address + ": " + what);
  }

  void note_unread(std::string what) { unread_.push_back(std::move(what)); }

  [[nodiscard]] std::string no_column(std::string_view name) const {
    return text::quoted(relation().name) + " has no column " + text::quoted(name);
  }

  // --- The layer's own attributes

  void correct_column(const std::string& attribute, const std::string& replacement) {
    const editing::WrittenItem* item = layer_.body.find(attribute);
    if (item == nullptr) return;
    const auto name = text_of(item);
    if (!name) return note_unread(text::quoted(attribute));
    if (find(*name) != nullptr) return;
    const std::string address = address_below(address_, attribute);
    if (!replacement.empty()) return change(*item, address, quoted_text(replacement));
    // A layer whose rows nothing tells apart may be written so, for people to complete it.
    if (!name->empty()) flag(address, no_column(*name));
  }

  // --- Geometry

  void correct_geometry(const editing::WrittenItem& item) {
    const auto body = body_of(item);
    if (!body) return;
    const std::string address = address_below(address_, "geometry");
    const editing::WrittenItem* column = body->find("column");
    const auto name = text_of(column);
    if (name && find(*name) == nullptr)
      change(*column, address_below(address, "column"), quoted_text(geometry_->name));
    correct_geometry_type(*body, address);
    correct_srid(*body, address);
  }

  void correct_geometry_type(const editing::WrittenBody& body, const std::string& address) {
    const editing::WrittenItem* type = body.find("type");
    if (type == nullptr) return;
    const auto text = text_of(type);
    if (!text) return note_unread("`geometry.type`");
    const catalog::Geometry& there = *geometry_->geometry;
    if (can_mean(*text, there)) return;
    change(*type, address_below(address, "type"), quoted_text(catalog::configuration_name(there.type)));
  }

  void correct_srid(const editing::WrittenBody& body, const std::string& address) {
    const auto there = geometry_->geometry->srid;
    if (!there) return;
    const editing::WrittenItem* srid = body.find("srid");
    const std::string value = std::to_string(*there);
    const std::string below = address_below(address, "srid");
    if (srid == nullptr) {
      if (*there != default_srid) add_srid(body, below, value);
      return;
    }
    const auto number = number_of(*srid);
    if (!number) return note_unread("`geometry.srid`");
    if (*number != *there) change(*srid, below, value);
  }

  void add_srid(const editing::WrittenBody& body, const std::string& address, const std::string& value) {
    // Aligned with `column` and `type`, as they usually are.
    if (edits_.add_items(body, "srid   = " + value + "\n", "srid = " + value)) {
      update_.changed.push_back(address + ": " + std::to_string(default_srid) + " by default -> " + value);
    } else {
      flag(address, "the database says " + value + ", which is not written: " + std::string(no_place));
    }
  }

  // --- Fields

  void correct_fields(const editing::WrittenBody& fields) {
    const std::string address = address_below(address_, "fields");
    for (const editing::WrittenItem& one : fields.items) correct_field(one, address_below(address, one.name));
    const editing::WrittenItem* introspects = layer_.body.find("introspect_fields");
    const bool is_complete =
        introspects != nullptr && introspects->value && introspects->value->text() == "false";
    if (is_complete || adds_columns_) add_columns(fields, address);
  }

  void correct_field(const editing::WrittenItem& field, const std::string& address) {
    const Column* column = find(field.name);
    if (column == nullptr) {
      flag(address, no_column(field.name));
      (void)edits_.set_mark(field.range.begin, "column", field.name);
      return;
    }
    if (edits_.clear_mark(field.range.begin, "column"))
      update_.changed.push_back(address + ": the column is in the database again");
    const auto body = body_of(field);
    const editing::WrittenItem* type = body ? body->find("type") : nullptr;
    if (type == nullptr) return;
    const auto text = text_of(type);
    if (!text) return note_unread(text::quoted("fields." + field.name + ".type"));
    if (can_mean(*text, *column, engine_)) return;
    change(*type, address_below(address, "type"), quoted_text(to_string(column->type)));
  }

  void add_columns(const editing::WrittenBody& fields, const std::string& address) {
    const std::vector<std::string_view> comments = comments_in(fields);
    const std::set<const Column*> there = columns_in(fields);
    HclWriter lines;
    std::vector<std::string> in_line;
    std::vector<std::string> added;
    for (const Column& one : relation().columns) {
      if (!is_wanted(one, comments) || there.contains(&one)) continue;
      const std::string header = field_header(one.name, fields);
      if (header.empty()) {
        flag(address_below(address, one.name), "new, and not written: a block cannot be called so");
        continue;
      }
      write_field(one, header, lines);
      in_line.push_back(header + " { type = " + quoted_text(to_string(one.type)) +
                        (one.is_nullable ? " }" : ", nullable = false }"));
      added.push_back(address_below(address, one.name) + ": " + std::string(to_string(one.type)));
    }
    if (added.empty()) return;
    const bool is_done = edits_.add_items(fields, std::move(lines).take(), text::join(in_line, ", "));
    if (!is_done)
      return flag(address,
                  text::count_of(added.size(), "new column") + " not written: " + std::string(no_place));
    update_.added.insert(update_.added.end(), added.begin(), added.end());
  }

  [[nodiscard]] std::set<const Column*> columns_in(const editing::WrittenBody& fields) const {
    std::set<const Column*> there;
    for (const editing::WrittenItem& one : fields.items) there.insert(find(one.name));
    return there;
  }

  // What comments in the body say: a column that one of them names is left out on purpose.
  [[nodiscard]] std::vector<std::string_view> comments_in(const editing::WrittenBody& fields) const {
    std::vector<std::string_view> found;
    const auto& all = tree_.comments();
    auto one = std::ranges::lower_bound(all, fields.range.begin, {}, &source::SourceRange::begin);
    for (; one != all.end() && one->end < fields.range.end; ++one) found.push_back(tree_.file().text(*one));
    return found;
  }

  [[nodiscard]] bool is_wanted(const Column& column, const std::vector<std::string_view>& comments) const {
    if (column.type == catalog::FieldType::unmapped || (column.geometry && &column != geometry_))
      return false;
    return std::ranges::none_of(comments,
                                [&](std::string_view one) { return is_about_field(one, column.name); });
  }

  // "" where the name cannot stand there.
  static std::string field_header(const std::string& name, const editing::WrittenBody& fields) {
    if (!fields.is_object) return is_identifier(name) ? name : "";
    const bool is_quoted =
        !is_identifier(name) || std::ranges::any_of(fields.items, &editing::WrittenItem::is_quoted);
    return (is_quoted ? quoted_text(name) : name) + " =";
  }

  const syntax::Tree& tree_;
  const WrittenLayer& layer_;
  const LayerPlan& plan_;
  const Column* geometry_;
  bool adds_columns_;
  catalog::Engine engine_;
  std::string address_;
  editing::FileEdits& edits_;
  Update& update_;
  std::vector<std::string> unread_;
};

}  // namespace

std::string address_of(const LayerKey& layer) { return address_below("layer", layer.label); }

void correct_layer(const Correction& correction, editing::FileEdits& edits, Update& update) {
  LayerCorrector(correction, edits, update).run();
}

}  // namespace honua::generation
