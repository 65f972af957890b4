// SPDX-License-Identifier: MIT
#include "migration/layer_members.h"

#include <utility>

#include "migration/rules.h"
#include "rendering/quoted_text.h"
#include "text/sanitize.h"
#include "text/words.h"

namespace honua::migration {

namespace {

// `dataSource` is an object in one kind of document, and the data source's id in another.
std::optional<LegacyValue> find_source(const LegacyObject& layer) {
  const auto found = layer.find("dataSource");
  return found && found->is(ValueKind::object) ? found : std::nullopt;
}

}  // namespace

LayerMembers::LayerMembers(LegacyObject layer, const LegacyValue& id, BlockNumber block, Context& context)
    : id_(id),
      block_(block),
      context_(context),
      own_(std::move(layer)),
      storage_(context.find(own_, "storage", ValueKind::object)),
      source_(find_source(own_)) {}

LayerMembers::Found LayerMembers::find_first(std::initializer_list<Place> places) {
  Found found;
  for (const Place& one : places) {
    const auto value = one.object == nullptr ? std::nullopt : context_.find_text(*one.object, one.name);
    if (!value || value->is_blank()) continue;
    if (!found.value)
      found.value = value;
    else
      found.others.push_back(*value);
  }
  return found;
}

diagnostics::Diagnostic& LayerMembers::report(const diagnostics::Rule& rule, std::string message) {
  if (&rule == &rules::value_assumed && !target().obstacle.empty())
    return unheard_ = diagnostics::Diagnostic();
  return context_.report(rule, id_, std::move(message));
}

void LayerMembers::set_text(const Found& found, const Path& path) {
  const std::string text = found.value->text();
  set(path, rendering::quoted_text(text));
  claim(*found.value, Outcome::mapped, path);
  merge(found, path, [&](const LegacyValue& other) { return other.text() == text; });
}

void LayerMembers::merge_one(const LegacyValue& taken, const LegacyValue& other, bool is_same,
                             const Path& path) {
  claim(other, Outcome::merged, path, is_same ? "" : "another member counts");
  if (is_same) return;
  context_
      .report(rules::settings_conflict, other,
              text::quoted(other.text()) + " differs from " + text::quoted(taken.text()) + ", which counts")
      .label(taken.range(), "the one that counts");
}

}  // namespace honua::migration
