// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "config/body_source.h"
#include "config/configuration.h"
#include "evaluation/evaluator.h"

namespace honua::config {

// Where a file is no HCL.
struct SyntaxError {
  source::FileId file;
  std::uint32_t place;
  friend auto operator<=>(const SyntaxError&, const SyntaxError&) = default;
};

// Where in a body settings stand, by name.
class NamePositions {
 public:
  // The place of the first one of this name, or the number of all. `settings`
  // are those of the last call and more.
  std::size_t find(std::string_view name, std::span<const Setting> settings);

 private:
  std::unordered_map<std::string_view, std::size_t> positions_;
  std::size_t known_ = 0;  // of the settings so many are in positions_
};

// What one body has so far.
struct SettingNames : NamePositions {
  // A map that is written in several blocks.
  struct Joined {
    std::vector<Setting> members;
    NamePositions positions;
  };
  std::map<std::string_view, Joined> joined;
};

// Turns bodies into settings: evaluates, resolves references, checks names and
// types against the schema. Findings go to the context's sink; a value that
// has one is unknown afterwards, so that nothing is said of it again.
class Decoder {
 public:
  // `errors` are the places of syntax errors, sorted: what stands beside one may
  // have been swallowed by it, so attributes missing there are unknown. `models` are
  // the files that hold the server's model in JSON, whose names are others.
  Decoder(Configuration& configuration, evaluation::EvaluationContext& context,
          std::vector<SyntaxError> errors = {}, std::set<source::FileId> models = {})
      : configuration_(configuration),
        context_(context),
        errors_(std::move(errors)),
        models_(std::move(models)) {}

  // What a body may contain. A service's settings have a second table; an open
  // body may have attributes that no table knows.
  struct Shape {
    const ObjectSchema* object = nullptr;
    const ObjectSchema* more = nullptr;
    bool open = false;
    std::string_view path;            // for messages: "layer", "honua.cors"
    source::SourceRange header = {};  // of a block: errors in it count, too
    std::string_view label = {};      // of a block
    bool has_settings = false;        // `settings = { ... }` may hold what may stand here
    bool is_settings = false;         // that is this one
  };

  // The settings of one body, in source order.
  [[nodiscard]] std::vector<Setting> decode(const BodySource& body, const Shape& shape);
  // The same, kept by the configuration.
  [[nodiscard]] std::span<const Setting> decode_kept(const BodySource& body, const Shape& shape);

  // `over` laid over `under`: scalars and lists replace, objects merge, null
  // takes away.
  [[nodiscard]] std::vector<Setting> merge(std::span<const Setting> under, std::span<const Setting> over);

  // Whether a file holds the server's model in JSON.
  [[nodiscard]] bool is_model(source::FileId file) const { return models_.contains(file); }

  // What an expression comes to, as a text; nothing if it is none, unknown or a secret.
  [[nodiscard]] std::optional<std::string> text_of(syntax::Expression value);

  // Whether a syntax error stands where the body should begin: then there is none.
  [[nodiscard]] bool is_header_broken(source::SourceRange header, const BodySource& body) const;

 private:
  using Expression = syntax::Expression;

  // Settings that are being gathered, on top of those of the bodies around: one
  // vector for all bodies of a configuration. Ends with the scope.
  class Gathered {
   public:
    explicit Gathered(std::vector<Setting>& stack) : stack_(stack), begin_(stack.size()) {}
    Gathered(const Gathered&) = delete;
    Gathered& operator=(const Gathered&) = delete;
    ~Gathered() { stack_.resize(begin_); }
    void add(const Setting& setting) { stack_.push_back(setting); }
    // Until the next add().
    [[nodiscard]] std::span<Setting> settings() const { return std::span(stack_).subspan(begin_); }

   private:
    std::vector<Setting>& stack_;
    std::size_t begin_;
  };

  void gather(const BodySource& body, const Shape& shape, Gathered& settings);
  // What `settings` of such a body may contain.
  static Shape settings_of(Shape around);
  // The value of `settings`: its members are decoded like those around it.
  void decode_settings(Expression value, const Shape& around, Setting& out);
  // A nested body's settings, kept.
  std::span<const Setting> decode_nested(const BodySource& body, const ObjectSchema* schema,
                                         std::string_view path);
  [[nodiscard]] bool has_fixed_keys(Expression object);
  // Adds what `place` gives; a second one of its name is merged or a finding.
  void add_once(const Setting& made, source::SourceRange place, Gathered& settings, SettingNames& names);
  // The members of a map that is written in several blocks.
  void join(const Setting& first, const Setting& second, SettingNames& names);
  void report_twice(const Setting& first, const Setting& second, source::SourceRange place);
  [[nodiscard]] bool has_syntax_error(source::SourceRange range) const;
  [[nodiscard]] bool has_syntax_error(const BodySource& body, const Shape& shape) const;
  [[nodiscard]] bool is_swallowed(syntax::Block block, const BodySource& body, const Shape& shape) const;
  void add_swallowed(const BodySource& body, const Shape& shape, Gathered& settings);
  // What an attribute of the model is called in HCL; nothing if it is done with.
  std::optional<std::string_view> name_in_model(const Shape& shape, const ItemName& item, Expression value);
  void check_model_id(const Shape& shape, Expression value);
  const AttributeSchema* look_up(const Shape& shape, std::string_view name, source::SourceRange range);
  Setting decode_attribute(const ItemName& name, Expression value, const AttributeSchema* schema,
                           const Shape& shape);
  Setting decode_block(syntax::Block block, const AttributeSchema* schema, const Shape& shape);
  Setting make(const ItemName& name, const AttributeSchema* schema);

  void decode_value(Expression value, const AttributeSchema* schema, ValueType type, Setting& out);
  bool decode_literal(Expression value, Setting& out);
  bool decode_reference(Expression value, const AttributeSchema* schema, Setting& out);
  void decode_list(Expression tuple, const AttributeSchema* schema, ValueType type, Setting& out);
  void decode_object(Expression object, const AttributeSchema* schema, ValueType type, Setting& out);
  // Nothing where a syntax error or a limit took the value away.
  std::optional<evaluation::Value> compute(Expression value);
  void evaluate(Expression value, const AttributeSchema* schema, ValueType type, Setting& out);
  void from_value(const evaluation::Value& value, source::SourceRange range, const AttributeSchema* schema,
                  ValueType type, Setting& out);
  void from_members(const evaluation::Value& value, const AttributeSchema* schema, ValueType type,
                    Setting& out);
  void from_settings(const evaluation::Value& value, const Shape& around, Setting& out);
  void decode_map(const BodySource& body, const AttributeSchema* schema, ValueType type, Setting& out);
  void report_unnamed(const Setting& element, const Setting* name, const AttributeSchema& schema);
  void named_list_to_map(const AttributeSchema* schema, Setting& out);

  void check_type(const AttributeSchema* schema, ValueType type, Setting& setting);
  void convert_environment_text(ValueType type, std::string_view name, Setting& setting);
  void check_element(const AttributeSchema* schema, ValueType type, Setting& element);
  void check_integer(Setting& setting);
  void to_reference(const AttributeSchema& schema, Setting& setting);
  void report_type(const Setting& setting, ValueType type, std::string_view name);

  Configuration& configuration_;
  evaluation::EvaluationContext& context_;
  std::vector<SyntaxError> errors_;
  std::set<source::FileId> models_;
  std::vector<Setting> stack_;          // of Gathered
  std::vector<std::string_view> keys_;  // of one object; a member so that its memory is used again
};

}  // namespace honua::config
