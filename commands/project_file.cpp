// SPDX-License-Identifier: MIT
#include "commands/project_file.h"

#include <algorithm>
#include <array>
#include <functional>
#include <set>
#include <utility>

#include "base/environment.h"
#include "commands/input_files.h"
#include "commands/registry.h"
#include "commands/shared_options.h"
#include "diagnostics/render_place.h"
#include "diagnostics/shown_text.h"
#include "evaluation/evaluator.h"
#include "evaluation/scope.h"
#include "source/source_file.h"
#include "syntax/literals.h"
#include "syntax/parser.h"
#include "text/sanitize.h"
#include "text/suggest.h"

namespace honua::commands {

namespace {

using evaluation::Value;
using evaluation::ValueKind;

// How far above the current directory a repository's root may be. Paths are longer than any system takes long
// before; where directories lead around in circles, the way up ends.
constexpr unsigned max_levels_above = 64;

std::string shown_name(std::string_view text) {
  return "`" + text::printable(diagnostics::shown_text(text)) + "`";
}

// `dir/name` for a name relative to the directory of `path`.
std::string beside(const std::string& path, const std::string& name) {
  if (name.starts_with('/') || name == "-") return name;
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? name : path.substr(0, slash + 1) + name;
}

// Each reader takes the value, or says what it takes instead.
using Trouble = std::optional<std::string>;

Trouble read(const Value& value, std::optional<std::string>& target) {
  if (value.kind() != ValueKind::string || value.as_string().empty()) return "takes a text";
  target = value.as_string();
  return std::nullopt;
}

Trouble read(const Value& value, std::vector<std::string>& target) {
  if (!value.is_sequence()) return "takes a list of texts";
  for (const Value& one : value.elements()) {
    if (one.kind() != ValueKind::string || one.as_string().empty()) return "takes a list of texts";
    target.push_back(one.as_string());
  }
  return std::nullopt;
}

Trouble read(const Value& value, std::optional<std::uint32_t>& target) {
  const auto number = value.kind() == ValueKind::number ? value.as_number().to_int64() : std::nullopt;
  constexpr std::int64_t largest = 0xFFFFFFFF;
  if (!number || *number < 1 || *number > largest) return "takes a whole number from 1 on";
  target = static_cast<std::uint32_t>(*number);
  return std::nullopt;
}

Trouble read(const Value& value, std::vector<RuleRequest::Level>& target) {
  constexpr const char* expected = "takes rules with their levels, such as `{ H2006 = \"off\" }`";
  if (!value.is_mapping()) return expected;
  for (const evaluation::Member& one : value.members()) {
    if (one.value.kind() != ValueKind::string) return expected;
    target.push_back({one.key, one.value.as_string()});
  }
  return std::nullopt;
}

template <class E, std::size_t N>
Trouble read_choice(const Value& value, const std::array<Choice<E>, N>& choices, std::optional<E>& target) {
  std::string names;
  for (const auto& one : choices) {
    if (value.kind() == ValueKind::string && value.as_string() == one.name) {
      target = one.value;
      return std::nullopt;
    }
    names += (names.empty() ? "`" : ", `") + std::string(one.name) + "`";
  }
  return (choices.size() == 1 ? "takes " : "takes one of ") + names;
}

// A setting of `tool "validate"`.
struct ToolSetting {
  std::string_view name;
  Trouble (*read)(const Value& value, ProjectSettings& settings);
};

constexpr std::array tool_settings = {
    ToolSetting{"paths", [](const Value& v, ProjectSettings& s) { return read(v, s.paths); }},
    ToolSetting{"fail_on", [](const Value& v,
                              ProjectSettings& s) { return read_choice(v, fail_on_choices, s.fail_on); }},
    ToolSetting{"env",
                [](const Value& v, ProjectSettings& s) {
                  return read_choice(v, environment_mode_choices, s.environment_mode);
                }},
    ToolSetting{"target",
                [](const Value& v, ProjectSettings& s) { return read_choice(v, target_choices, s.target); }},
    ToolSetting{"instances", [](const Value& v, ProjectSettings& s) { return read(v, s.instances); }},
    ToolSetting{"db_max_connections",
                [](const Value& v, ProjectSettings& s) { return read(v, s.database_connections); }},
    ToolSetting{"select", [](const Value& v, ProjectSettings& s) { return read(v, s.rules.select); }},
    ToolSetting{"ignore", [](const Value& v, ProjectSettings& s) { return read(v, s.rules.ignore); }},
    ToolSetting{"rules", [](const Value& v, ProjectSettings& s) { return read(v, s.rules.levels); }},
    ToolSetting{"protected", [](const Value& v, ProjectSettings& s) { return read(v, s.protected_rules); }},
    ToolSetting{"environment",
                [](const Value& v, ProjectSettings& s) -> Trouble {
                  if (Trouble trouble = read(v, s.environment)) return trouble;
                  if (is_environment_name(*s.environment)) return std::nullopt;
                  return "takes a name such as `production`";
                }},
    ToolSetting{"baseline", [](const Value& v, ProjectSettings& s) { return read(v, s.baseline); }},
};

class ProjectReader {
 public:
  explicit ProjectReader(const std::string& path) { result_.settings.path = path; }

  ProjectFile read(FileContent content) {
    const source::SourceFile& file = sources_.add(result_.settings.path, std::move(content));
    diagnostics::Diagnostics sink;
    const syntax::Tree tree = syntax::parse(file, syntax::Dialect::hcl, sink);
    is_broken_ = sink.has_errors();
    const evaluation::MapScope no_names;
    const MapEnvironment no_variables;
    evaluation::EvaluationContext context(no_names, no_variables, sink, syntax::Dialect::hcl);
    tree.body().visit(
        [&](syntax::Attribute one) {
          fail(one.name_range(), "a setting stands outside of `tool \"validate\"`",
               "write `tool \"validate\" { ... }` around it");
        },
        [&](syntax::Block one) { read_tool(one, context); });
    // What is only doubtful elsewhere is an error here: a setting that is not sure is none.
    for (const diagnostics::Diagnostic* one : sink.sorted())
      fail(one->range, one->message, one->help.empty() ? "" : one->help.front());
    place_paths();
    return std::move(result_);
  }

 private:
  void fail(source::SourceRange range, const std::string& message, const std::string& help) {
    result_.errors.push_back({"`" + text::printable(diagnostics::describe_place(range, sources_)) +
                                  "`: " + text::printable(diagnostics::shown_text(message)),
                              text::printable(diagnostics::shown_text(help))});
  }

  void read_tool(syntax::Block block, evaluation::EvaluationContext& context) {
    const std::vector<syntax::Label> labels = block.labels();
    if (block.type() != "tool" || labels.size() != 1 || labels.front().value() != "validate") {
      fail(block.header_range(), "only `tool \"validate\"` has settings here",
           "`.honua.hcl` belongs to honua itself; the server's configuration stands in other files");
      return;
    }
    if (std::exchange(has_tool_, true)) {
      fail(block.header_range(), "`tool \"validate\"` is there twice", "join the two blocks");
      return;
    }
    block.body().visit([&](syntax::Attribute one) { read_setting(one, context); },
                       [&](syntax::Block one) {
                         fail(one.header_range(), "`tool \"validate\"` has no blocks",
                              "write `" + std::string(one.type()) + " = ...`");
                       });
  }

  void read_setting(syntax::Attribute attribute, evaluation::EvaluationContext& context) {
    const std::string name = attribute.name();
    const auto* setting = std::find_if(tool_settings.begin(), tool_settings.end(),
                                       [&](const ToolSetting& one) { return one.name == name; });
    if (setting == tool_settings.end()) return report_unknown(attribute, name);
    const std::size_t findings = context.sink.size();
    const Value value = evaluation::evaluate(attribute.expression(), context);
    if (context.sink.size() > findings || is_broken_) return;
    if (!value.is_wholly_known())
      return fail(attribute.expression().range(), text::quoted(name) + " depends on an environment variable",
                  "what honua does should not: write the value itself, or use an option");
    if (const Trouble expected = setting->read(value, result_.settings))
      return fail(attribute.expression().range(), shown_name(name) + " " + *expected, "");
    check_rules(name, attribute.expression(), value);
  }

  // Names of rules, each at its place.
  void check_rules(std::string_view name, syntax::Expression written, const Value& value) {
    if (name == "rules") return check_levels(written);
    if (name != "select" && name != "ignore" && name != "protected") return;
    std::size_t at = 0;
    for (const Value& one : value.elements()) {
      const auto error = check_selector(one.as_string());
      if (error) fail(element_range(written, at), error->message, error->help);
      ++at;
    }
  }

  // The place of a list's element; of the list where it is computed.
  static source::SourceRange element_range(syntax::Expression list, std::size_t position) {
    if (list.kind() != syntax::NodeKind::tuple) return list.range();
    for (const syntax::Expression one : list) {
      if (position-- == 0) return one.range();
    }
    return list.range();
  }

  void check_levels(syntax::Expression written) {
    std::set<const diagnostics::RuleInfo*> seen;
    for (const RuleRequest::Level& one : result_.settings.rules.levels) {
      const source::SourceRange range = item_range(written, one.rule);
      const auto error = check_level(one);
      if (error) {
        fail(range, error->message, error->help);
      } else if (!seen.insert(find_rule(one.rule)).second) {
        fail(range, shown_name(one.rule) + " is a rule that `rules` has already, by its other name",
             "leave one of the two out");
      }
    }
  }

  // The place of an object's member; of the object where it can't be told.
  static source::SourceRange item_range(syntax::Expression object, std::string_view key) {
    if (object.kind() != syntax::NodeKind::object) return object.range();
    for (const syntax::Expression one : object) {
      const syntax::Expression name = one.child(0);
      const bool is_plain = name.is_plain_string() && syntax::plain_string_value(name) == key;
      if (is_plain || name.text() == key) return name.range();
    }
    return object.range();
  }

  void report_unknown(syntax::Attribute attribute, const std::string& name) {
    std::vector<std::string_view> names;
    names.reserve(tool_settings.size());
    for (const ToolSetting& one : tool_settings) names.push_back(one.name);
    const auto similar = text::suggest(name, names);
    std::string all;
    for (const std::string_view one : names) all += (all.empty() ? "`" : ", `") + std::string(one) + "`";
    fail(attribute.name_range(), "`tool \"validate\"` has no setting " + shown_name(name),
         similar ? "did you mean `" + std::string(*similar) + "`?" : "there are " + all);
  }

  void place_paths() {
    ProjectSettings& settings = result_.settings;
    for (std::string& one : settings.paths) one = beside(settings.path, one);
    if (settings.baseline) settings.baseline = beside(settings.path, *settings.baseline);
  }

  ProjectFile result_;
  source::SourceSet sources_;
  bool has_tool_ = false;
  bool is_broken_ = false;  // it has errors of syntax: then parts of it have no value
};

}  // namespace

std::optional<std::string> find_project_file(const FileSystem& files) {
  const std::string name(project_file_name);
  if (files.exists(name)) return name;
  std::string directory;
  std::optional<std::string> found;
  for (unsigned level = 0; level < max_levels_above; ++level) {
    if (!found && files.exists(directory + name)) found = directory + name;
    if (files.exists(directory + ".git")) return found;
    const std::string above = directory + "../";
    // The root is above itself.
    const std::string here = files.identity(directory.empty() ? "." : directory);
    if (here.empty() || here == files.identity(above)) break;
    directory = above;
  }
  return std::nullopt;
}

ProjectFile read_project_file(const std::string& path, const FileSystem& files) {
  auto content = files.read_file(path, max_project_file_size);
  if (content) return ProjectReader(path).read(*std::move(content));
  ProjectFile result;
  result.settings.path = path;
  result.errors.push_back({"cannot read " + shown_name(path) + ": " + content.error().message, ""});
  return result;
}

}  // namespace honua::commands
