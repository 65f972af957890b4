// SPDX-License-Identifier: MIT
#include "migration/context.h"

#include <algorithm>

#include "config/address.h"
#include "config/schema.h"
#include "connection/connection_text.h"
#include "migration/legacy_names.h"
#include "migration/mappers.h"
#include "migration/rules.h"
#include "rendering/names.h"
#include "rendering/quoted_text.h"
#include "text/mask.h"
#include "text/sanitize.h"
#include "text/unicode.h"
#include "text/words.h"

namespace honua::migration {

namespace {

bool is_word(char c) { return rendering::continues_identifier(c); }

// In front of a variable's name, as the value of which a text stands.
constexpr std::string_view of_environment = "env:";

// Where a text takes the value of a variable.
struct Hole {
  std::size_t begin;
  std::size_t end;
  std::string variable;
  std::optional<std::string> fallback;  // what shells take where there is no such variable
};

// `${NAME}` or `${NAME:-fallback}` at a byte.
std::optional<Hole> hole_at(std::string_view text, std::size_t at) {
  if (!text.substr(at).starts_with("${")) return std::nullopt;
  const std::size_t begin = at + 2;
  std::size_t end = begin;
  while (end < text.size() && is_word(text[end])) ++end;
  const std::string_view name = text.substr(begin, end - begin);
  if (!rendering::is_identifier(name) || end == text.size()) return std::nullopt;
  if (text[end] == '}') return Hole{at, end + 1, std::string(name), std::nullopt};
  const std::string_view rest = text.substr(end);
  const std::size_t operator_size = rest.starts_with(":-") ? 2 : rest.starts_with("-") ? 1 : 0;
  const std::size_t closer = operator_size == 0 ? std::string_view::npos : rest.find_first_of("}{");
  if (closer == std::string_view::npos || rest[closer] != '}') return std::nullopt;
  return Hole{at, end + closer + 1, std::string(name),
              std::string(rest.substr(operator_size, closer - operator_size))};
}

std::vector<Hole> holes_of(std::string_view text) {
  std::vector<Hole> holes;
  for (std::size_t at = text.find("${"); at != std::string_view::npos;) {
    std::size_t next = at + 2;
    if (auto hole = hole_at(text, at)) {
      next = hole->end;
      holes.push_back(*std::move(hole));
    }
    at = text.find("${", next);
  }
  return holes;
}

// A text as a template that takes the variables from the environment.
std::string template_of(std::string_view text, const std::vector<Hole>& holes) {
  std::string made = "\"";
  std::size_t plain = 0;
  const auto add_plain = [&](std::size_t end) {
    const std::string quoted = rendering::quoted_text(text.substr(plain, end - plain));
    made += quoted.substr(1, quoted.size() - 2);
  };
  for (const Hole& one : holes) {
    add_plain(one.begin);
    made += "${" + rendering::call_of_env(one.variable) + "}";
    plain = one.end;
  }
  add_plain(text.size());
  return made + "\"";
}

// "source" of "data source".
std::string_view last_word(std::string_view words) { return words.substr(words.rfind(' ') + 1); }

std::string without_holes(std::string_view text) {
  std::string made;
  std::size_t plain = 0;
  for (const Hole& one : holes_of(text)) {
    made += text.substr(plain, one.begin - plain);
    plain = one.end;
  }
  return made.append(text.substr(plain));
}

// `user/password@` and `//user:password@`, as Oracle's clients have it.
bool has_user_and_password(std::string_view text) {
  const std::size_t sign = text.find('@');
  if (sign == std::string_view::npos) return false;
  std::string_view user = text.substr(0, sign);
  user.remove_prefix(std::min(user.find_last_of("=; ") + 1, user.size()));
  if (user.starts_with("//")) user.remove_prefix(2);
  const std::size_t separator = user.find_first_of("/:");
  return separator != std::string_view::npos && separator > 0 && separator + 1 < user.size();
}

}  // namespace

Context::Context(const MigrationOptions& options, const DocumentList& documents, Account& account,
                 diagnostics::Diagnostics& sink)
    : options_(options), documents_(documents), account_(account), sink_(sink) {
  for (const config::ServiceType& one : config::service_types()) labels_.emplace(one.id);
}

Context::~Context() = default;

bool Context::holds_secret(std::string_view text) {
  std::string literal = without_holes(text);
  if (has_user_and_password(literal) || !text::find_secrets(literal).empty()) return true;
  // Quotes around a key hide it.
  std::erase_if(literal, [](char c) { return c == '\'' || c == '"'; });
  return !text::find_secrets(literal).empty() ||
         connection::has_literal_secret(connection::parse_connection(literal));
}

BlockNumber Context::add_block(std::string type, std::string label) {
  blocks_.push_back({std::move(type), std::move(label), "", {}, ""});
  return static_cast<BlockNumber>(blocks_.size() - 1);
}

bool Context::allows_editing() const {
  return std::ranges::any_of(blocks_, [](const TargetBlock& one) {
    return one.type == "service" && (one.says("allow_writes", "true") || one.says("enable_editing", "true"));
  });
}

std::optional<BlockNumber> Context::find_block(std::string_view type, std::string_view label) const {
  const auto found = std::ranges::find_if(
      blocks_, [&](const TargetBlock& one) { return one.type == type && one.label == label; });
  if (found == blocks_.end()) return std::nullopt;
  return static_cast<BlockNumber>(found - blocks_.begin());
}

std::optional<LegacyValue> Context::find(const LegacyObject& object, std::string_view name,
                                         ValueKind wanted) {
  const auto found = object.find(name);
  if (!found) return std::nullopt;
  if (found->is(ValueKind::null)) return std::nullopt;
  if (found->is(wanted)) return found;
  const Document& document = document_of(*found);
  const bool is_metadata = document.kind == DocumentKind::metadata;
  const bool is_scalar = found->is(ValueKind::number) || found->is(ValueKind::boolean);
  // A text without quotes in YAML may look like something else.
  if (wanted == ValueKind::string && is_scalar && (document.takes_scalars_for_texts() || !is_metadata))
    return found;
  if (!is_metadata && wanted == ValueKind::array && found->is(ValueKind::object))
    report(rules::value_left_out, *found,
           text::quoted(name) + " is no list: the numbers of its elements have to follow each other from 0");
  if (is_metadata)
    refuse_kind(*found, text::quoted(name), wanted);
  else if ((wanted == ValueKind::boolean && found->truth()) ||
           (wanted == ValueKind::number && found->integer()))
    return found;
  return std::nullopt;
}

void Context::refuse_kind(const LegacyValue& value, std::string_view what, ValueKind wanted) {
  report(rules::not_legacy, value,
         std::string(what) + " is " + std::string(describe(value.kind())) + ", and has to be " +
             std::string(describe(wanted)));
}

std::string Context::written_path(const Path& path) {
  std::string address;
  for (const std::string_view one : path.names()) address = config::address_below(address, one);
  return address;
}

const std::string& Context::path_text(const Path& path) {
  const auto names = path.names();
  if (names.size() == 1 && rendering::is_identifier(names.front())) return account_.keep(names.front());
  path_.clear();
  for (const std::string_view one : names) {
    if (!rendering::is_identifier(one)) return account_.keep(written_path(path));
    if (!path_.empty()) path_ += '.';
    path_ += one;
  }
  return account_.keep(path_);
}

void Context::claim(const LegacyValue& value, Outcome outcome, BlockNumber block, const Path& path,
                    std::string_view note) {
  account_.claim(value, outcome, {block, &path_text(path)}, note);
}

void Context::claim_and_keep(const LegacyValue& value, Outcome outcome, BlockNumber block, const Path& path,
                             std::string_view note) {
  account_.claim_and_keep(value, outcome, {block, &path_text(path)}, note);
}

void Context::claim_all(const LegacyValue& value, Outcome outcome, BlockNumber block, const Path& path,
                        std::string_view note) {
  account_.claim_all(value, outcome, {block, &path_text(path)}, note);
}

void Context::note_said(const LegacyValue& value, BlockNumber block, const Path& path) {
  said_.emplace(std::pair(block, &path_text(path)), &document_of(value));
}

bool Context::is_outweighed(const LegacyValue& value, BlockNumber block, const Path& path,
                            std::string_view expression) {
  const Document& document = document_of(value);
  if (document.kind == DocumentKind::metadata) return false;
  const Document* said = who_said(block, path);
  const std::string* written = blocks_[block].find(path);
  if (said == nullptr && written == nullptr) {
    note_said(value, block, path);
    return false;
  }
  const bool is_same = written != nullptr && !expression.empty() && *written == expression;
  if (said == &document && !is_same) {
    keep(value, "another member says it");
    return true;
  }
  const bool is_of_metadata = said == nullptr || said->kind == DocumentKind::metadata;
  // What was said may be that there shall be nothing.
  const Target target = written == nullptr ? Target{} : Target{block, &path_text(path)};
  account_.claim_all(value, Outcome::merged, target,
                     is_of_metadata ? "the metadata counts" : "another one counts more");
  if (!is_of_metadata || is_same) return true;
  report(rules::setting_overridden, value,
         "the metadata says " + text::quoted(blocks_[block].address() + "." + path_text(path)) +
             " as well, and counts")
      .suggest("take it out of one of both: out of the metadata if this shall count");
  return true;
}

const Document* Context::who_said(BlockNumber block, const Path& path) {
  const auto said = said_.find({block, &path_text(path)});
  return said == said_.end() ? nullptr : said->second;
}

bool Context::is_said_elsewhere(const LegacyValue& value, BlockNumber block, const Path& path) {
  const Document* said = who_said(block, path);
  return said != nullptr && said != &document_of(value);
}

TextList* Context::list_at(const LegacyValue& value, BlockNumber block, const Path& path) {
  const Document* said = who_said(block, path);
  const bool goes_on = said != nullptr && said != &document_of(value) && said->kind != DocumentKind::metadata;
  const auto list = lists_.find({block, &path_text(path)});
  return goes_on && list != lists_.end() ? list->second.get() : nullptr;
}

TextList& Context::start_list(BlockNumber block, const Path& path) {
  auto& list = lists_[{block, &path_text(path)}];
  list = std::make_unique<TextList>();
  return *list;
}

bool Context::is_outweighed_by_metadata(const LegacyValue& value, BlockNumber block, const Path& path) {
  const Document* said = who_said(block, path);
  return said != nullptr && said->kind == DocumentKind::metadata && is_outweighed(value, block, path, "");
}

void Context::offer(const LegacyValue& value, BlockNumber block, const Path& path, std::string expression,
                    Outcome outcome, std::string_view note) {
  if (is_outweighed(value, block, path, expression)) return;
  blocks_[block].set(path, std::move(expression));
  claim(value, outcome, block, path, note);
}

bool Context::map_text(const LegacyObject& from, std::string_view name, BlockNumber block, const Path& path) {
  const auto value = find_text(from, name);
  if (!value) return false;
  const std::string text = value->text();
  if (document_of(*value).kind != DocumentKind::metadata || blocks_[block].type == "data_source") {
    if (holds_secret(text)) {
      map_secret(*value, blocks_[block].label + '_' + std::string(path.names().back()), block, path);
      return true;
    }
  }
  offer(*value, block, path, rendering::quoted_text(text), Outcome::mapped);
  return true;
}

bool Context::map_count(const LegacyObject& from, std::string_view name, BlockNumber block, const Path& path,
                        std::string_view what) {
  const auto value = find(from, name, ValueKind::number);
  if (!value) return false;
  if (const auto count = value->count()) {
    offer(*value, block, path, std::to_string(*count),
          value->is(ValueKind::number) ? Outcome::mapped : Outcome::converted);
  } else {
    keep(*value, account_.keep("it is not " + std::string(what)));
    report(rules::value_left_out, *value,
           text::quoted(name) + " is not " + std::string(what) + ", and is left out");
  }
  return true;
}

bool Context::map_boolean(const LegacyObject& from, std::string_view name, BlockNumber block,
                          const Path& path) {
  const auto value = find(from, name, ValueKind::boolean);
  if (!value) return false;
  offer(*value, block, path, *value->truth() ? "true" : "false",
        value->is(ValueKind::boolean) ? Outcome::mapped : Outcome::converted);
  return true;
}

std::string Context::fit_label(std::string_view words, std::string_view what) const {
  std::string label(words);
  const auto is_fit = [&](char c) { return is_word(c) || (c == '-' && !options_.underscore_labels); };
  std::ranges::replace_if(
      label, [&](char c) { return !is_fit(c); }, '_');
  // They start with a letter.
  const bool starts_well = !label.empty() && rendering::is_label(label) && label.front() != '_';
  return starts_well ? label : std::string(last_word(what)) + '_' + label;
}

std::string Context::take_label(const std::string& wanted, std::string_view what) {
  std::string label = wanted;
  // The server has one list of the labels of all kinds of blocks.
  for (std::size_t number = 1; !labels_.insert(text::ascii_lower(label)).second; ++number)
    label = wanted + '_' + (number == 1 ? std::string(last_word(what)) : std::to_string(number));
  return label;
}

std::string Context::make_label(const LegacyValue& id, std::string_view what) {
  const std::string old_id = id.text();
  std::string label = take_label(fit_label(old_id, what), what);
  if (label != old_id) {
    report(rules::label_changed, id,
           "the " + std::string(what) + " " + text::quoted(old_id) + " is called " + text::quoted(label) +
               " now")
        .suggest("what refers to it in the document follows; links from elsewhere do not");
    renamed.push_back({what, old_id, label});
  }
  return label;
}

std::string Context::make_variable(std::string_view words) {
  std::string name;
  for (const char c : words) name += is_word(c) ? text::to_upper(std::string_view(&c, 1)) : "_";
  if (!rendering::is_identifier(name)) name.insert(0, "_");
  std::string unique = name;
  for (std::size_t number = 2; !used_variables_.insert(unique).second; ++number)
    unique = name + '_' + std::to_string(number);
  return unique;
}

void Context::note_variables_in(const LegacyValue& value) {
  if (!value.is(ValueKind::string))
    return value.each_inner(
        [&](std::string_view /*name*/, const LegacyValue& one) { note_variables_in(one); });
  const std::string text = value.text();
  if (const std::string variable = variable_of(value); !variable.empty()) {
    used_variables_.insert(variable);
    environment_.emplace(variable, text);
  }
  if (text.starts_with(of_environment)) used_variables_.insert(text.substr(of_environment.size()));
  for (Hole& one : holes_of(text)) used_variables_.insert(std::move(one.variable));
}

bool Context::takes_variable(std::string_view name) const {
  return std::ranges::find(variables, name, &Variable::name) != variables.end();
}

void Context::need_variable(std::string_view name, BlockNumber block) {
  if (std::ranges::find(variables, name, &Variable::name) != variables.end()) return;
  const auto known = environment_.find(name);
  variables.push_back({std::string(name),
                       known == environment_.end() ? std::nullopt : std::optional(known->second),
                       blocks_[block].address()});
}

std::string Context::variable_of(const LegacyValue& value) const {
  const Document& document = document_of(value);
  if (document.kind != DocumentKind::environment) return "";
  // The value stands behind its name.
  const source::SourceRange place = document.place_of(value.range());
  const std::string_view before = document.file->text().substr(0, place.begin);
  if (!before.ends_with('=')) return "";
  const std::string_view name = before.substr(0, before.size() - 1);
  const std::size_t begin = name.find_last_of(std::string_view("\n\0 \t", 4));
  return std::string(name.substr(begin == std::string_view::npos ? 0 : begin + 1));
}

std::optional<std::string> Context::call_for(const LegacyValue& value, BlockNumber block, const Path& path) {
  const std::string text = value.text();
  if (const std::string variable = variable_of(value); rendering::is_identifier(variable)) {
    variables.push_back({variable, text, blocks_[block].address()});
    claim(value, Outcome::converted, block, path, "it is taken from this variable");
    return rendering::call_of_env(variable);
  }
  if (!text.starts_with(of_environment)) return std::nullopt;
  const std::string name = text.substr(of_environment.size());
  if (!rendering::is_identifier(name)) return std::nullopt;
  claim(value, Outcome::converted, block, path, "`env:` is a call now");
  need_variable(name, block);
  return rendering::call_of_env(name);
}

std::string Context::move_secret(const LegacyValue& value, std::string_view words, BlockNumber block,
                                 const Path& path) {
  std::string text = value.text();
  // One that holds it by now, as after a migration before.
  const auto there = std::ranges::find_if(environment_, [&](const auto& one) {
    return one.second == text && rendering::is_identifier(one.first);
  });
  if (there != environment_.end()) {
    need_variable(there->first, block);
    claim(value, Outcome::converted, block, path, "a variable of the environment holds it");
    return rendering::call_of_env(there->first);
  }
  const std::string name = make_variable(words);
  if (text.find('\0') != std::string::npos)
    report(rules::not_legacy, diagnostics::Severity::error, value,
           "this has a NUL character, which no variable can have");
  variables.push_back({name, std::move(text), blocks_[block].address()});
  claim(value, Outcome::converted, block, path, "it holds a secret, which comes from the environment now");
  report(rules::secret_moved, value,
         text::quoted(blocks_[block].address()) + " takes its " +
             (text::is_name_of_secret(path.names().back()) ? "secret" : "connection") + " from `" + name +
             "` now, since a secret is part of it")
      .suggest("the server needs this variable; `--write-env FILE` writes its value");
  return rendering::call_of_env(name);
}

void Context::map_secret(const LegacyValue& value, std::string_view words, BlockNumber block,
                         const Path& path) {
  if (is_outweighed(value, block, path, "")) return;
  auto expression = call_for(value, block, path);
  if (!expression) expression = move_secret(value, words, block, path);
  blocks_[block].set(path, *std::move(expression));
}

std::string Context::connection_of(const LegacyValue& value, std::string_view id, BlockNumber block,
                                   const Path& path) {
  if (auto call = call_for(value, block, path)) return *std::move(call);
  const std::string connection = value.text();
  const std::vector<Hole> holes = holes_of(connection);
  const bool is_secret = holds_secret(connection);
  if (is_secret && holes.empty()) return move_secret(value, std::string(id) + "_connection", block, path);
  if (is_secret) return move_parts(value, id, block, path);
  if (connection.starts_with("@Microsoft.KeyVault(") || connection.starts_with("secret:"))
    report(rules::value_assumed, value,
           text::quoted(blocks_[block].address()) + " has a reference to a vault, which is written as it is")
        .suggest("take the connection from a variable with `env` if the server cannot resolve it");
  if (holes.empty()) {
    claim(value, Outcome::mapped, block, path);
    return rendering::quoted_text(connection);
  }
  for (const Hole& one : holes) need_hole(one.variable, one.fallback, value, block);
  claim(value, Outcome::converted, block, path, "its variables are calls of `env` now");
  return template_of(connection, holes);
}

void Context::need_hole(std::string_view name, const std::optional<std::string>& fallback,
                        const LegacyValue& value, BlockNumber block) {
  if (!fallback || std::ranges::find(variables, name, &Variable::name) != variables.end())
    return need_variable(name, block);
  variables.push_back({std::string(name), *fallback, blocks_[block].address()});
  report(
      rules::value_left_out, value,
      text::quoted(name) + " has a value for want of another one, which the configuration has no place for")
      .suggest("the server needs this variable; `--write-env FILE` writes that value");
}

// What shells would put in stays a variable of its own: nobody would put it into the value of another one.
std::string Context::move_parts(const LegacyValue& value, std::string_view id, BlockNumber block,
                                const Path& path) {
  const std::string connection = value.text();
  std::vector<Hole> holes = holes_of(connection);
  for (const Hole& one : holes) need_hole(one.variable, one.fallback, value, block);
  for (const text::TextRange& secret : text::find_secrets(connection)) {
    const bool is_apart = std::ranges::none_of(
        holes, [&](const Hole& one) { return one.begin < secret.end && secret.begin < one.end; });
    if (!is_apart) continue;
    std::string name = make_variable(std::string(id) + "_secret");
    variables.push_back(
        {name, connection.substr(secret.begin, secret.end - secret.begin), blocks_[block].address()});
    report(rules::secret_moved, value,
           text::quoted(blocks_[block].address()) + " takes a secret from " + text::quoted(name) + " now")
        .suggest("the server needs this variable; `--write-env FILE` writes its value");
    holes.push_back({secret.begin, secret.end, std::move(name), std::nullopt});
  }
  std::ranges::sort(holes, {}, &Hole::begin);
  claim(value, Outcome::converted, block, path, "its variables and secrets come from the environment now");
  return template_of(connection, holes);
}

bool Context::is_same_connection(const std::string& text, const std::string& written) const {
  if (rendering::quoted_text(text) == written) return true;
  return std::ranges::any_of(variables, [&](const Variable& one) {
    return one.value == text && rendering::call_of_env(one.name) == written;
  });
}

void Context::map_connection(const LegacyValue& value, std::string_view id, BlockNumber block,
                             const Path& path) {
  const std::string* written = blocks_[block].find(path);
  const bool is_same = written != nullptr && is_same_connection(value.text(), *written);
  if (is_outweighed(value, block, path, is_same ? *written : std::string())) return;
  std::string expression = connection_of(value, id, block, path);
  blocks_[block].set(path, std::move(expression));
}

void Context::map_provider(const LegacyValue& value, BlockNumber block) {
  const std::string old_name = value.text();
  const std::string name = convert_provider(old_name);
  const bool is_known = connection::find_provider(name) != nullptr;
  offer(value, block, {"provider"}, rendering::quoted_text(name),
        name == old_name ? Outcome::mapped : Outcome::converted,
        is_known ? "" : "the server has no such provider");
}

void Context::map_environment(const LegacyValue& value, BlockNumber honua, const std::string& written) {
  if (!options_.environment.empty())
    return claim(value, Outcome::merged, honua, {"environment"}, "the command line counts");
  offer(value, honua, {"environment"}, rendering::quoted_text(written),
        written == value.text() ? Outcome::mapped : Outcome::converted);
}

std::string list_of(const std::vector<std::string>& expressions) {
  return "[" + text::join(expressions, ", ") + "]";
}

}  // namespace honua::migration
