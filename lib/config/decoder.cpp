// SPDX-License-Identifier: MIT
#include "config/decoder.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/assert.h"
#include "config/json_model.h"
#include "config/rules.h"
#include "evaluation/conversion.h"
#include "evaluation/traversal.h"
#include "syntax/rules.h"
#include "text/sanitize.h"
#include "text/suggest.h"
#include "text/unicode.h"

// Bodies, attributes and blocks. Values are in decode_value.cpp.
namespace honua::config {

namespace {

// Up to so many settings are compared with each other.
constexpr std::size_t max_pairwise_names = 16;

// Whether the server's model has it: of a service it has the type and the switch, all else is in `Settings`.
bool is_model_member(const Decoder::Shape& shape, const AttributeSchema& attribute) {
  return !shape.open || attribute.name == "type" || attribute.name == "enabled";
}

void add_names(const ObjectSchema* schema, std::vector<std::string_view>& names) {
  if (schema == nullptr) return;
  for (const AttributeSchema& attribute : schema->attributes) names.push_back(attribute.name);
}

}  // namespace

std::size_t NamePositions::find(std::string_view name, std::span<const Setting> settings) {
  if (settings.size() <= max_pairwise_names) {
    const auto found = std::find_if(settings.begin(), settings.end(),
                                    [&](const Setting& one) { return one.name() == name; });
    return static_cast<std::size_t>(found - settings.begin());
  }
  for (; known_ < settings.size(); ++known_) positions_.try_emplace(settings[known_].name(), known_);
  const auto found = positions_.find(name);
  return found == positions_.end() ? settings.size() : found->second;
}

Decoder::Shape Decoder::settings_of(Shape around) {
  around.has_settings = false;
  around.is_settings = true;
  return around;
}

std::vector<Setting> Decoder::decode(const BodySource& body, const Shape& shape) {
  HONUA_ASSERT(stack_.empty());
  Gathered settings(stack_);
  gather(body, shape, settings);
  return {settings.settings().begin(), settings.settings().end()};
}

std::span<const Setting> Decoder::decode_kept(const BodySource& body, const Shape& shape) {
  Gathered settings(stack_);
  gather(body, shape, settings);
  return configuration_.keep(settings.settings());
}

std::span<const Setting> Decoder::decode_nested(const BodySource& body, const ObjectSchema* schema,
                                                std::string_view path) {
  return decode_kept(body, {schema, nullptr, false, path});
}

void Decoder::gather(const BodySource& body, const Shape& shape, Gathered& settings) {
  SettingNames names;
  bool has_blocks = false;
  body.visit(
      [&](ItemName name, Expression value) {
        if (!body.is_native() && name.text == "//") return;  // a comment in HCL's JSON form
        if (!shape.is_settings && !models_.empty() && is_model(name.range.file)) {
          const auto called = name_in_model(shape, name, value);
          if (!called) return;
          name.text = *called;
        }
        const AttributeSchema* schema = look_up(shape, name.text, name.range);
        if (schema == nullptr && !shape.open) return;
        const Setting made = decode_attribute(name, value, schema, shape);
        // Of native attributes the parser finds those that are set twice.
        if (body.is_native() && !has_blocks) return settings.add(made);
        add_once(made, name.range, settings, names);
      },
      [&](syntax::Block block) {
        has_blocks = true;
        if (is_swallowed(block, body, shape)) return;
        const AttributeSchema* schema = look_up(shape, block.type(), block.type_range());
        if (schema == nullptr && !shape.open) return;
        add_once(decode_block(block, schema, shape), block.header_range(), settings, names);
      });
  for (auto& [name, joined] : names.joined) {
    settings.settings()[names.find(name, settings.settings())].set_items(SettingKind::object,
                                                                         configuration_.keep(joined.members));
  }
  if (!errors_.empty() && !shape.is_settings) add_swallowed(body, shape, settings);
}

void Decoder::add_once(const Setting& made, source::SourceRange place, Gathered& settings,
                       SettingNames& names) {
  const std::span<Setting> so_far = settings.settings();
  const std::size_t earlier = names.find(made.name(), so_far);
  if (earlier == so_far.size()) return settings.add(made);
  const Setting& first = so_far[earlier];
  const ValueType type = made.schema() != nullptr ? made.schema()->type : ValueType::any;
  const auto is_map = [&](const Setting& one) {
    return type == ValueType::object_map && one.is_block && one.is(SettingKind::object);
  };
  // `rules "name" { ... }` gives one of several.
  const auto is_labelled = [](const Setting& one) { return one.range.end != one.name_range().end; };
  if (is_map(made) && is_map(first) && (is_labelled(made) || is_labelled(first)))
    return join(first, made, names);
  report_twice(first, made, place);
}

void Decoder::join(const Setting& first, const Setting& second, SettingNames& names) {
  SettingNames::Joined& joined = names.joined[first.name()];
  if (joined.members.empty()) joined.members.assign(first.items().begin(), first.items().end());
  for (const Setting& one : second.items()) {
    const std::size_t earlier = joined.positions.find(one.name(), joined.members);
    if (earlier == joined.members.size()) {
      joined.members.push_back(one);
    } else {
      report_twice(joined.members[earlier], one, one.name_range());
    }
  }
}

void Decoder::report_twice(const Setting& first, const Setting& second, source::SourceRange place) {
  const ValueType type = second.schema() != nullptr ? second.schema()->type : ValueType::any;
  if (second.is_block || type == ValueType::object || type == ValueType::object_map) {
    context_.sink
        .report(rules::duplicate_block, place, text::quoted(second.name()) + " is given twice in this block")
        .label(first.name_range(), "first given here")
        .suggest("merge the two");
  } else {
    context_.sink
        .report(syntax::rules::duplicate_attribute, place,
                text::quoted(second.name()) + " is set twice in this object")
        .label(first.name_range(), "first set here")
        .suggest("remove one of them");
  }
}

bool Decoder::has_syntax_error(source::SourceRange range) const {
  const auto first = std::lower_bound(errors_.begin(), errors_.end(), SyntaxError{range.file, range.begin});
  return first != errors_.end() && first->file == range.file && first->place <= range.end;
}

// Of a block in its header as well.
bool Decoder::has_syntax_error(const BodySource& body, const Shape& shape) const {
  const source::SourceRange range = body.range();
  const std::uint32_t begin = shape.header.end > 0 ? shape.header.begin : range.begin;
  return has_syntax_error({range.file, begin, range.end});
}

// Whether a block belongs to the top level and stands in another only because that one's closing brace is
// missing.
bool Decoder::is_swallowed(syntax::Block block, const BodySource& body, const Shape& shape) const {
  const BlockSchema* const top = errors_.empty() ? nullptr : find_block_schema(block.type());
  if (top == nullptr) return false;
  for (const ObjectSchema* schema : {shape.more, shape.object}) {
    const AttributeSchema* const own = schema == nullptr ? nullptr : schema->find(block.type());
    // A layer's own `cache` has no label.
    const bool is_foreign = top->labelled && !block.labels().empty();
    if (own != nullptr && (own->type == ValueType::object_map || !is_foreign)) return false;
  }
  return has_syntax_error(body, shape);
}

bool Decoder::is_header_broken(source::SourceRange header, const BodySource& body) const {
  if (errors_.empty() || !body.is_native() || body.has_brace()) return false;
  return has_syntax_error({header.file, header.begin, std::max(header.end, body.range().end)});
}

void Decoder::add_swallowed(const BodySource& body, const Shape& shape, Gathered& settings) {
  if (!has_syntax_error(body, shape)) return;
  for (const ObjectSchema* schema : {shape.more, shape.object}) {
    if (schema == nullptr) continue;
    for (const AttributeSchema& attribute : schema->attributes) {
      if (attribute.required && find(settings.settings(), attribute.name) == nullptr)
        settings.add(make({attribute.name, body.range(), true}, &attribute));
    }
  }
}

std::optional<std::string_view> Decoder::name_in_model(const Shape& shape, const ItemName& item,
                                                       Expression value) {
  const std::string_view name = item.text;
  if (!shape.label.empty() && is_model_name(name, "id")) {
    check_model_id(shape, value);
    return std::nullopt;
  }
  // Settings of one type of service stand in `Settings`, under HCL's names.
  if (shape.open && is_model_name(name, "settings")) return "settings";
  for (const AttributeSchema& attribute : shape.object->attributes) {
    if (is_model_member(shape, attribute) && is_model_name(name, attribute.name)) return attribute.name;
  }
  auto& made = context_.sink.report(rules::unknown_attribute, item.range,
                                    text::quoted(shape.path) + " has no member " + text::quoted(name));
  std::vector<std::string> known;
  for (const AttributeSchema& attribute : shape.object->attributes) {
    if (is_model_member(shape, attribute)) known.push_back(model_name(attribute.name));
  }
  const std::vector<std::string_view> names(known.begin(), known.end());
  if (const auto close = text::suggest(name, names)) {
    made.did_you_mean(*close, name);
  } else if (shape.open) {
    made.suggest("settings of a service's type stand in `Settings`");
  }
  return std::nullopt;
}

void Decoder::check_model_id(const Shape& shape, Expression value) {
  if (!value.is_plain_string()) return;
  const std::string id = syntax::plain_string_value(value);
  if (id == shape.label) return;
  context_.sink
      .report(rules::model_id, value.range(),
              text::quoted(id) + " is kept under the id " + text::quoted(shape.label))
      .label(shape.header, "the id that counts")
      .suggest("let both be the same");
}

const AttributeSchema* Decoder::look_up(const Shape& shape, std::string_view name,
                                        source::SourceRange range) {
  for (const ObjectSchema* schema : {shape.more, shape.object}) {
    if (schema == nullptr) continue;
    if (const AttributeSchema* found = schema->find(name)) return found;
  }
  if (shape.open) return nullptr;
  auto& made = context_.sink.report(rules::unknown_attribute, range,
                                    text::quoted(shape.path) + " has no attribute " + text::quoted(name));
  std::vector<std::string_view> names;
  add_names(shape.object, names);
  if (const auto close = text::suggest(name, names)) {
    made.did_you_mean(*close, name);
  } else if (!names.empty()) {
    std::string list;
    for (const std::string_view one : names) list += (list.empty() ? "" : ", ") + text::quoted(one);
    made.suggest("there are: " + list);
  }
  return nullptr;
}

Setting Decoder::make(const ItemName& name, const AttributeSchema* schema) {
  Setting setting;
  if (schema != nullptr) {
    setting.set_schema(schema);
  } else {
    setting.set_name(configuration_.keep_name(name.is_in_file ? name.text : configuration_.keep(name.text)));
  }
  setting.range = name.range;
  setting.set_name_range(name.range);
  return setting;
}

Setting Decoder::decode_attribute(const ItemName& name, Expression value, const AttributeSchema* schema,
                                  const Shape& shape) {
  Setting setting = make(name, schema);
  if (shape.has_settings && name.text == "settings") {
    decode_settings(value, shape, setting);
    return setting;
  }
  const ValueType type = schema != nullptr ? schema->type : ValueType::any;
  decode_value(value, schema, type, setting);
  check_type(schema, type, setting);
  return setting;
}

Setting Decoder::decode_block(syntax::Block block, const AttributeSchema* schema, const Shape& shape) {
  Setting setting = make({block.type(), block.type_range(), true}, schema);
  setting.range = block.header_range();
  setting.is_block = true;
  const ValueType type = schema != nullptr ? schema->type : ValueType::any;
  const auto labels = block.labels();
  const BodySource body(block.body());
  if (type == ValueType::object_map && labels.size() == 1) {
    // `rules "default" { ... }`: one member of the map.
    Setting member = make({labels[0].value(), labels[0].range()}, nullptr);
    member.is_block = true;
    member.range = block.header_range();
    member.set_items(SettingKind::object, decode_nested(body, schema->nested, schema->name));
    setting.set_items(SettingKind::object, configuration_.keep(std::span<const Setting>(&member, 1)));
    return setting;
  }
  if (!labels.empty()) {
    context_.sink
        .report(
            rules::block_label, labels[0].range(),
            "the block " + text::quoted(block.type()) + " in " + text::quoted(shape.path) + " takes no label")
        .suggest("remove the label");
  }
  if (shape.has_settings && block.type() == "settings") {
    setting.set_items(SettingKind::object, decode_kept(body, settings_of(shape)));
    return setting;
  }
  switch (type) {
    case ValueType::object:
      setting.set_items(SettingKind::object, decode_nested(body, schema->nested, schema->name));
      return setting;
    case ValueType::object_map:
    case ValueType::string_map:
    case ValueType::any: decode_map(body, schema, type, setting); return setting;
    default: break;
  }
  context_.sink
      .report(rules::wrong_type, block.header_range(),
              text::quoted(setting.name()) + " is " + std::string(describe(type)) + ", not a block")
      .suggest("write `" + std::string(setting.name()) + " = ...`");
  return setting;
}

// A body whose attribute names are keys.
void Decoder::decode_map(const BodySource& body, const AttributeSchema* schema, ValueType type,
                         Setting& out) {
  Gathered members(stack_);
  SettingNames names;
  const ValueType member_type = type == ValueType::object_map   ? ValueType::object
                                : type == ValueType::string_map ? ValueType::string
                                                                : ValueType::any;
  const AttributeSchema* nested = type == ValueType::object_map ? schema : nullptr;
  bool has_blocks = false;
  body.visit(
      [&](const ItemName& name, Expression value) {
        Setting member = make(name, nullptr);
        decode_value(value, nested, member_type, member);
        check_type(nested, member_type, member);
        // Attributes that are set twice have their finding.
        if (has_blocks) return add_once(member, name.range, members, names);
        members.add(member);
      },
      [&](syntax::Block block) {
        has_blocks = true;
        Setting member = make({block.type(), block.type_range(), true}, nullptr);
        member.range = block.header_range();
        member.is_block = true;
        const BodySource inner(block.body());
        if (type == ValueType::object_map) {
          member.set_items(SettingKind::object, decode_nested(inner, schema->nested, schema->nested->name));
        } else {
          decode_map(inner, nullptr, ValueType::any, member);
        }
        add_once(member, member.name_range(), members, names);
      });
  out.set_items(SettingKind::object, configuration_.keep(members.settings()));
}

std::vector<Setting> Decoder::merge(std::span<const Setting> under, std::span<const Setting> over) {
  std::vector<Setting> merged(under.begin(), under.end());
  for (const Setting& one : over) {
    const auto same = std::find_if(merged.begin(), merged.end(),
                                   [&](const Setting& other) { return other.name() == one.name(); });
    if (same == merged.end()) {
      if (!one.is(SettingKind::null)) merged.push_back(one);
    } else if (one.is(SettingKind::null)) {
      merged.erase(same);
    } else if (one.is(SettingKind::object) && same->is(SettingKind::object)) {
      const auto items = merge(same->items(), one.items());
      *same = one;
      same->set_items(SettingKind::object, configuration_.keep(items));
    } else {
      *same = one;
    }
  }
  return merged;
}

// --- types

namespace {

// Whether a text without its quotes would be of a type.
bool reads_as(std::string_view text, ValueType type) {
  if (type == ValueType::boolean) return text == "true" || text == "false";
  if (type != ValueType::integer && type != ValueType::number) return false;
  return evaluation::Number::parse(text).has_value();
}

// `4326` of `EPSG:4326`, where a number is expected.
std::optional<std::string_view> epsg_number(const Setting& setting, ValueType type) {
  constexpr std::string_view authority = "epsg:";
  if (type != ValueType::integer || !setting.is(SettingKind::text)) return std::nullopt;
  const std::string_view text = *setting.text();
  if (text.size() <= authority.size() || text::to_lower(text.substr(0, authority.size())) != authority)
    return std::nullopt;
  const std::string_view number = text.substr(authority.size());
  return reads_as(number, type) ? std::optional(number) : std::nullopt;
}

}  // namespace

void Decoder::report_type(const Setting& setting, ValueType type, std::string_view name) {
  auto& made = context_.sink.report(rules::wrong_type, setting.range,
                                    (name.empty() ? "this" : text::quoted(name)) + " must be " +
                                        std::string(describe(type)) + ", found " +
                                        std::string(describe(setting.kind)));
  const bool scalar = setting.is(SettingKind::text) || setting.is(SettingKind::reference);
  if (type == ValueType::string && (setting.is(SettingKind::number) || setting.is(SettingKind::boolean))) {
    made.suggest("put it in quotes");
  } else if ((type == ValueType::string_list || type == ValueType::reference_list) && scalar) {
    made.suggest("put it in brackets: `[...]`");
  } else if (setting.is(SettingKind::text) && !setting.sensitive && reads_as(*setting.text(), type)) {
    made.suggest("remove the quotes").respelt(*setting.text(), "\"" + std::string(*setting.text()) + "\"");
    made.fix->safety = diagnostics::FixSafety::safe;
    made.fix->title = "remove the quotes";
  } else if (const auto code = setting.sensitive ? std::nullopt : epsg_number(setting, type)) {
    made.suggest("write the number alone: `" + std::string(*code) + "`");
  }
}

void Decoder::check_integer(Setting& setting) {
  const double value = *setting.number();
  if (std::isfinite(value) && value == std::trunc(value)) return;
  context_.sink
      .report(rules::not_an_integer, setting.range, text::quoted(setting.name()) + " must be a whole number")
      .suggest("the server reads no fractions here");
  setting.set_unknown();
}

// A variable of the environment is always a text. No message may tell what it is.
void Decoder::convert_environment_text(ValueType type, std::string_view name, Setting& setting) {
  const auto value = evaluation::Value::string(std::string(*setting.text()));
  if (type == ValueType::boolean) {
    if (const auto flag = evaluation::to_boolean(value)) return setting.set(flag->as_boolean());
  } else if (type == ValueType::integer || type == ValueType::number) {
    if (const auto number = evaluation::to_number(value)) return setting.set(number->as_number().to_double());
  } else {
    return;
  }
  // That a variable is empty is told where it is asked for.
  if (!value.as_string().empty()) {
    context_.sink
        .report(rules::wrong_type, setting.range,
                (name.empty() ? "this" : text::quoted(name)) + " must be " + std::string(describe(type)) +
                    ", found a text from the environment that is none")
        .suggest("set the variable to " + std::string(describe(type)) + "; its value is not shown here");
  }
  setting.set_unknown();
}

void Decoder::check_type(const AttributeSchema* schema, ValueType type, Setting& setting) {
  const std::string_view name = setting.name().empty() && schema != nullptr ? schema->name : setting.name();
  if (setting.sensitive && setting.is(SettingKind::text)) convert_environment_text(type, name, setting);
  if (setting.is(SettingKind::unknown) || setting.is(SettingKind::null)) return;
  const auto is = [&](SettingKind kind) { return setting.is(kind); };
  bool fits = true;
  switch (type) {
    case ValueType::any: return;
    case ValueType::string: fits = is(SettingKind::text); break;
    case ValueType::boolean: fits = is(SettingKind::boolean); break;
    case ValueType::integer:
      fits = is(SettingKind::number);
      if (fits) return check_integer(setting);
      break;
    case ValueType::number: fits = is(SettingKind::number); break;
    case ValueType::string_list:
    case ValueType::reference_list:
      fits = is(SettingKind::list);
      // The documentation lets one variable hold a list, separated by commas.
      if (is(SettingKind::text) && setting.sensitive) return setting.set_unknown();
      break;
    case ValueType::reference:
      fits = is(SettingKind::text) || is(SettingKind::reference);
      if (fits) return to_reference(*schema, setting);
      break;
    case ValueType::object:
    case ValueType::object_map:
    case ValueType::string_map: fits = is(SettingKind::object); break;
  }
  if (fits) return;
  report_type(setting, type, name);
  setting.set_unknown();
}

// A text names a block by its label, or by its type and label.
void Decoder::to_reference(const AttributeSchema& schema, Setting& setting) {
  BlockType target = setting.target;
  std::string_view label = *setting.text();
  if (setting.is(SettingKind::text)) {
    target = schema.target;
    const std::size_t dot = label.find('.');
    if (dot != std::string_view::npos) {
      if (const BlockSchema* named = find_block_schema(label.substr(0, dot))) {
        target = named->type;
        label.remove_prefix(dot + 1);
      }
    }
  }
  if (target == schema.target) return setting.set_reference(target, label);
  const auto keyword = [](BlockType type) { return std::string(schema_of(type).keyword); };
  context_.sink
      .report(rules::wrong_reference_kind, setting.range,
              "this refers to a " + text::quoted(keyword(target)) + ", where a " +
                  text::quoted(keyword(schema.target)) + " is expected")
      .suggest("write `" + keyword(schema.target) + ".NAME`");
  setting.set_unknown();
}

}  // namespace honua::config
