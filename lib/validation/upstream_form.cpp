// SPDX-License-Identifier: MIT
#include "validation/upstream_form.h"

#include <algorithm>
#include <optional>
#include <string>

#include "config/upstream.h"
#include "evaluation/traversal.h"
#include "syntax/literals.h"

namespace honua::validation {

namespace {

namespace upstream = config::upstream;
namespace flag = syntax::flag;
using config::AttributeSchema;
using config::BlockSchema;
using config::ObjectSchema;
using config::ValueType;
using syntax::Expression;
using syntax::NodeKind;

constexpr std::string_view render_help =
    "`honua render --target upstream` writes what it comes to in a form that the server reads";

// What stands in place of a plain value, for a message.
std::string_view describe(const Expression& value) {
  switch (value.kind()) {
    case NodeKind::number: return "a number";
    case NodeKind::boolean: return "a boolean";
    case NodeKind::null: return "`null`";
    case NodeKind::string_template: return "a text";
    case NodeKind::heredoc: return "a heredoc";
    case NodeKind::tuple: return "a list";
    case NodeKind::object: return "an object";
    case NodeKind::call: return "a function call";
    case NodeKind::conditional: return "a conditional";
    case NodeKind::for_tuple:
    case NodeKind::for_object: return "a `for` expression";
    case NodeKind::binary:
    case NodeKind::unary: return "a calculation";
    case NodeKind::parentheses: return "an expression in parentheses";
    case NodeKind::variable:
    case NodeKind::attribute_access: return "a reference";
    default: return "an expression";
  }
}

bool is_call_of_env(const Expression& value) {
  return value.kind() == NodeKind::call && value.child(0).text() == "env";
}

// The name in `env("NAME")`, if it is given as such.
std::optional<std::string> variable_of(const Expression& call) {
  if (call.child_count() < 2 || !call.child(1).is_plain_string()) return std::nullopt;
  return syntax::plain_string_value(call.child(1));
}

// In any case: that parser takes them all.
bool is_boolean(const Expression& value) {
  if (value.kind() == NodeKind::boolean) return true;
  return value.kind() == NodeKind::variable &&
         (same_word(value.text(), "true") || same_word(value.text(), "false"));
}

bool is_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Digits that fit into 32 bits, leading zeros aside.
bool fits(std::string_view digits) {
  constexpr std::size_t max_digits = 10;
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
  if (digits.size() > max_digits) return false;
  double value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return upstream::is_readable_number(value);
}

// A body, or an object in place of one.
struct Context {
  const ObjectSchema* object = nullptr;
  BlockType block = BlockType::honua;
  bool is_top = false;                 // the body of the block itself
  const ObjectSchema* more = nullptr;  // the settings of a service's type

  [[nodiscard]] const AttributeSchema* find(std::string_view name) const {
    const AttributeSchema* found = more == nullptr ? nullptr : more->find(name);
    return found != nullptr ? found : object->find(name);
  }
};

class FormCheck {
 public:
  explicit FormCheck(Check& check) : check_(check) {}

  void file(syntax::Body body) {
    body.visit([this](syntax::Attribute one) { top_attribute(one); },
               [this](syntax::Block one) { top_block(one); });
  }

 private:
  Diagnostic& refuse(SourceRange range, const std::string& message) {
    return check_.report(upstream::unread_construct, range, message);
  }
  Diagnostic& misread(SourceRange range, const std::string& message) {
    return check_.report(upstream::misread_text, range, message);
  }

  // --- blocks

  void top_attribute(syntax::Attribute one) {
    const std::string name = one.name();
    if (config::find_block_schema(name) == nullptr) return;  // it has its finding
    refuse(one.name_range(), "the server reads " + quoted(name) + " as a block only")
        .suggest("write `" + name + " { ... }`");
  }

  void top_block(syntax::Block block) {
    const BlockSchema* schema = config::find_block_schema(block.type());
    if (schema == nullptr) return;
    if (!schema->read_upstream) {
      check_
          .report(upstream::unread_setting, block.header_range(),
                  "the server knows no block " + quoted(schema->keyword) + " and refuses the file")
          .suggest("set it in the server's application settings, and remove the block");
      return;
    }
    for (const syntax::Label& label : block.labels()) check_label(label);
    if (schema->type == BlockType::variable) return variable(block);
    body(block.body(), {&schema->body, schema->type, true, settings_of(block)});
  }

  // Of a service whose type is known.
  const ObjectSchema* settings_of(syntax::Block block) const {
    const auto labels = block.labels();
    if (labels.empty() || block.type() != "service") return nullptr;
    const Block* service = check_.configuration().find(BlockType::service, labels[0].value());
    return service == nullptr || service->service_type == nullptr ? nullptr
                                                                  : &service->service_type->settings;
  }

  void check_label(const syntax::Label& label) {
    if (label.has(flag::quoted) || label.has(flag::single_quoted)) return;
    refuse(label.range(), "the server reads labels in quotes only")
        .suggest("write " + quoted("\"" + label.value() + "\""));
  }

  void variable(syntax::Block block) {
    if (!block.has(flag::implied)) {
      refuse(block.header_range(), "the server reads no variables that are declared by a block")
          .suggest("write `variable \"NAME\" = VALUE`, or the value where it is used");
      return;
    }
    for (const syntax::Attribute& one : block.body().attributes()) free_value(one.expression(), false);
  }

  // --- bodies

  void body(syntax::Body body, const Context& context) {
    body.visit([&](syntax::Attribute one) { attribute(one, context); },
               [&](syntax::Block one) { nested_block(one, context); });
  }

  void attribute(syntax::Attribute one, const Context& context) {
    const bool is_quoted =
        one.tree().node(one.data().first_child).kind == NodeKind::label && !one.has(flag::implied);
    if (check_name(one.name(), one.name_range(), is_quoted))
      setting(one.name(), one.name_range(), one.expression(), context);
  }

  bool check_name(std::string_view name, SourceRange range, bool is_quoted) {
    if (is_quoted) {
      refuse(range, "the server reads names without quotes only").suggest("remove the quotes");
    } else if (!upstream::is_name(name)) {
      refuse(range, "the server reads no name with a hyphen").suggest("write an underscore instead");
    } else {
      return true;
    }
    return false;
  }

  // False where there is nothing further to say.
  bool is_read(const AttributeSchema* schema, std::string_view name, SourceRange range,
               const Context& context) {
    if (schema == nullptr) return context.is_top && context.block == BlockType::service;
    if (schema->read_upstream) return true;
    const std::string_view place =
        context.is_top ? config::schema_of(context.block).keyword : context.object->name;
    Diagnostic& made = check_.report(
        upstream::unread_setting, range,
        "the server reads no " + quoted(name) + " in " + quoted(place) + " and refuses the file");
    if (context.block == BlockType::service && name == "settings") {
      made.suggest("write the settings into the service itself");
    } else {
      made.suggest("remove it: what it says has no form that the server reads");
    }
    return false;
  }

  void nested_block(syntax::Block block, const Context& context) {
    const AttributeSchema* schema = context.find(block.type());
    if (!is_read(schema, block.type(), block.type_range(), context)) return;
    if (schema == nullptr) {
      refuse(block.header_range(), "the server reads no objects in a service")
          .suggest("write its settings into the service itself");
      return;
    }
    refuse(block.header_range(), "the server reads no blocks in a block")
        .suggest("write `" + std::string(block.type()) + " = { ... }`");
    if (schema->type == ValueType::object) {
      body(block.body(), {schema->nested, context.block, false});
    } else if (schema->type == ValueType::object_map && block.labels().empty()) {
      block.body().visit(
          [&](syntax::Attribute one) {
            member(one.name(), one.name_range(), false, one.expression(), *schema, context);
          },
          [&](syntax::Block one) {
            refuse(one.header_range(), "the server reads no blocks in a block")
                .suggest("write `" + std::string(one.type()) + " = { ... }`");
            body(one.body(), {schema->nested, context.block, false});
          });
    }
  }

  void setting(std::string_view name, SourceRange range, Expression value, const Context& context) {
    const AttributeSchema* schema = context.find(name);
    if (!is_read(schema, name, range, context)) return;
    const bool is_replaced = context.is_top && upstream::replaces_references(context.block, name);
    const bool is_free = context.block == BlockType::service && name != "type" && name != "enabled";
    if (is_free && is_text_in_place_of(schema, value)) {
      misread(value.range(), "the server takes this for a text, where it looks for " +
                                 std::string(config::describe(schema->type)))
          .suggest("write the value itself");
      return;
    }
    if (is_free || schema == nullptr) return free_value(value, is_replaced);
    // The one setting where that parser takes a call, and keeps it.
    if (is_replaced && name == "connection" && is_call_of_env(value))
      return call_of_env(value, value.range(), "\"");
    known_value(value, *schema, is_replaced, context);
  }

  // No schema tells that parser to convert it.
  static bool is_text_in_place_of(const AttributeSchema* schema, Expression value) {
    if (schema == nullptr || value.kind() != NodeKind::string_template) return false;
    return schema->type == ValueType::boolean || schema->type == ValueType::integer ||
           schema->type == ValueType::number;
  }

  void known_value(Expression value, const AttributeSchema& schema, bool is_replaced,
                   const Context& context) {
    if (value.kind() == NodeKind::invalid) return;
    switch (schema.type) {
      case ValueType::string: return text(value, is_replaced);
      case ValueType::boolean:
        if (!is_boolean(value)) refuse_value(value, "`true` or `false`");
        return;
      case ValueType::integer:
      case ValueType::number: return number(value);
      case ValueType::string_list: return list(value, [this](Expression one) { text(one, false); });
      case ValueType::reference: return reference(value);
      case ValueType::reference_list: return list(value, [this](Expression one) { reference(one); });
      case ValueType::object: return object(value, schema.nested, context);
      case ValueType::object_map: return map(value, schema, context);
      case ValueType::any:
      case ValueType::string_map: return free_value(value, is_replaced);
    }
  }

  // --- objects

  // Items of an object. Calls on_item(name, range, value) for those that are read.
  template <class OnItem>
  void items(Expression object, OnItem&& on_item) {
    for (const Expression item : object) {
      if (item.kind() != NodeKind::object_item) continue;
      const Expression key = item.child(0);
      if (item.has(flag::colon)) {
        refuse(key.range(), "the server reads no colon behind a name").suggest("write `=`");
        continue;
      }
      const bool bare = key.kind() == NodeKind::identifier;
      if (!bare && !key.is_plain_string()) {
        refuse(key.range(), "the server reads no computed names").suggest(std::string(render_help));
        continue;
      }
      const std::string name = bare ? std::string(key.text()) : syntax::plain_string_value(key);
      if (check_name(name, key.range(), !bare)) on_item(name, key.range(), item.child(1));
    }
    check_commas(object);
  }

  // Items are parted by white space there. Whether it passes over commas is not known for sure.
  void check_commas(Expression object) {
    const std::string_view file = object.tree().file().text();
    for (const Expression item : object) {
      const std::size_t next = file.find_first_not_of(" \t\r\n", item.data().end);
      if (next == std::string_view::npos || next >= object.data().end || file[next] != ',') continue;
      const auto comma = static_cast<std::uint32_t>(next);
      check_
          .report_as(Severity::warning, upstream::unread_construct, object.tree().to_source(comma, comma + 1),
                     "the server may refuse a comma between the items of an object")
          .suggest("write each item on a line of its own, without a comma");
      return;  // once for each object
    }
  }

  void object(Expression value, const ObjectSchema* nested, const Context& context) {
    if (value.kind() == NodeKind::invalid) return;
    if (value.kind() != NodeKind::object) return refuse_value(value, "an object");
    items(value, [&](const std::string& name, SourceRange range, Expression one) {
      setting(name, range, one, {nested, context.block, false});
    });
  }

  void map(Expression value, const AttributeSchema& schema, const Context& context) {
    if (value.kind() != NodeKind::object) return refuse_value(value, "an object of objects");
    items(value, [&](const std::string& name, SourceRange range, Expression one) {
      member(name, range, true, one, schema, context);
    });
  }

  void member(const std::string& name, SourceRange range, bool is_checked, Expression value,
              const AttributeSchema& schema, const Context& context) {
    if (is_checked || check_name(name, range, false)) object(value, schema.nested, context);
  }

  // --- values

  void refuse_value(Expression value, std::string_view wanted, bool is_replaced = false) {
    if (value.kind() == NodeKind::invalid) return;
    Diagnostic& made = refuse(value.range(), "the server reads only " + std::string(wanted) +
                                                 " here, this is " + std::string(describe(value)));
    const auto name = is_replaced && is_call_of_env(value) ? variable_of(value) : std::nullopt;
    if (name) {
      made.suggest("write " + reference_to(*name, "\""));
    } else if (value.kind() == NodeKind::null) {
      made.suggest("remove the line: `null` means the same as nothing");
    } else {
      made.suggest(std::string(render_help));
    }
  }

  template <class OnElement>
  void list(Expression value, OnElement&& on_element) {
    if (value.kind() != NodeKind::tuple) return refuse_value(value, "a list");
    for (const Expression one : value) on_element(one);
  }

  // A service's settings, and variables: no schema tells that parser what they are.
  void free_value(Expression value, bool is_replaced) {
    switch (value.kind()) {
      case NodeKind::invalid: return;
      case NodeKind::number:
      case NodeKind::unary: return number(value);
      case NodeKind::string_template: return text(value, is_replaced);
      case NodeKind::tuple: return list(value, [this](Expression one) { text(one, false); });
      default:
        if (!is_boolean(value))
          refuse_value(value, "a text, a whole number, `true`, `false` or a list of texts", is_replaced);
    }
  }

  void number(Expression value) {
    Expression digits = value;
    if (value.kind() == NodeKind::unary && value.unary_operator() == syntax::UnaryOperator::negate)
      digits = value.child(0);
    if (digits.kind() != NodeKind::number) return refuse_value(value, "a whole number");
    if (!is_digits(digits.text())) {
      refuse(value.range(), "the server reads whole numbers only")
          .suggest("write the digits alone, or a text if the setting may be one");
    } else if (!fits(digits.text())) {
      refuse(value.range(), "the server reads numbers up to 2147483647 only").suggest("write a smaller one");
    }
  }

  void reference(Expression value) {
    if (value.kind() == NodeKind::string_template) return text(value, false);
    const auto traversal = evaluation::static_traversal(value);
    const bool is_dotted = traversal && std::ranges::all_of(traversal->steps, [](const auto& step) {
                             return step.is_attribute;
                           });
    if (!is_dotted) refuse_value(value, "a reference with dots or a text");
  }

  void text(Expression value, bool is_replaced) {
    if (value.kind() == NodeKind::invalid) return;
    if (value.kind() != NodeKind::string_template)
      return refuse_value(value, "a text in quotes", is_replaced);
    if (value.is_plain_string()) return literal(value, is_replaced);
    for (const Expression part : value) {
      if (part.kind() == NodeKind::string_literal) {
        literal(part, is_replaced);
      } else {
        sequence(part, is_replaced);
      }
    }
  }

  // The server keeps `env("NAME")` as a text and connects with that.
  void call_of_env(Expression call, SourceRange range, std::string_view quote) {
    Diagnostic& made = misread(range, "the server does not call `env`: it takes this for a text");
    if (const auto name = variable_of(call)) made.suggest("write " + reference_to(*name, quote));
  }

  static std::string reference_to(const std::string& name, std::string_view quote) {
    return quoted(std::string(quote) + "${env:" + name + "}" + std::string(quote));
  }

  void sequence(Expression part, bool is_replaced) {
    const bool is_interpolation = part.kind() == NodeKind::interpolation;
    if (is_interpolation && part.child(0).kind() == NodeKind::env_reference) {
      if (is_replaced) return;
      misread(part.range(), "the server replaces no `${env:...}` here: it takes this for a text")
          .suggest(
              "write the value itself: only connections, health checks, `rate_limit.store` and texts "
              "of services may refer to the environment");
      return;
    }
    if (is_interpolation && is_replaced && is_call_of_env(part.child(0)))
      return call_of_env(part.child(0), part.range(), "");
    misread(part.range(), is_interpolation ? "the server evaluates no `${...}`: it takes this for a text"
                                           : "the server knows no `%{...}`: it takes this for a text")
        .suggest(std::string(render_help));
  }

  void literal(Expression part, bool is_replaced) {
    const std::string_view written = part.text();
    const std::optional<Misread> trouble = find_misread(written);
    if (trouble) {
      misread(part.range(), trouble->message).suggest(trouble->help);
    } else if (is_replaced && upstream::has_textual_reference(written)) {
      misread(part.range(), "the server takes a part of this text for a reference and replaces it")
          .suggest("write `${env:NAME}` for a variable of the environment, or the value itself");
    }
  }

  struct Misread {
    const char* message;
    const char* help;
  };
  static std::optional<Misread> find_misread(std::string_view written) {
    for (std::size_t at = 0; at + 1 < written.size(); ++at) {
      const char c = written[at];
      const char next = written[at + 1];
      if (c == '\\') {
        if (next == 'u' || next == 'U')
          return Misread{"the server knows no `\\u`: it takes this for the letter",
                         "write the character itself"};
        ++at;
      } else if (c == next && (c == '$' || c == '%') && at + 2 < written.size() && written[at + 2] == '{') {
        return Misread{"the server keeps both signs of `$${` and `%%{`",
                       "there is no way to write this text for that server"};
      }
    }
    return std::nullopt;
  }

  Check& check_;
};

}  // namespace

void check_upstream_form(const syntax::Tree& tree, Check& check) { FormCheck(check).file(tree.body()); }

}  // namespace honua::validation
