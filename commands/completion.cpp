// SPDX-License-Identifier: MIT
#include "commands/completion.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include <CLI/CLI.hpp>

#include "commands/completion_values.h"
#include "commands/report_formats.h"

namespace honua::commands {

namespace {

using Words = std::vector<std::string>;

// What the values of an option or an argument are.
enum class ValueKind : std::uint8_t {
  free,  // anything
  files,
  addresses,
  moves,          // OLD=NEW: of addresses
  rules,          // one of them
  rule_groups,    // or categories, or all
  rule_levels,    // RULE=LEVEL
  change_levels,  // RULE|ADDRESS=LEVEL
  environments,
  services,
  stores,
  versions,
  sides,  // files, revisions, versions of stores
  report_files,
  programs,
};

struct NamedKind {
  std::string_view name;
  ValueKind kind;
};

// By what help calls the values; those of one option alone are below.
constexpr std::array kinds_by_value = {
    NamedKind{"FILE", ValueKind::files},
    NamedKind{"FILE|HASH", ValueKind::files},
    NamedKind{"ADDRESS", ValueKind::addresses},
    NamedKind{"OLD=NEW", ValueKind::moves},
    NamedKind{"RULE=LEVEL", ValueKind::rule_levels},
    NamedKind{"RULES", ValueKind::rule_groups},
    NamedKind{"RULE|ADDRESS=LEVEL", ValueKind::change_levels},
    NamedKind{"SIDE", ValueKind::sides},
    NamedKind{"FORMAT=FILE", ValueKind::report_files},
    NamedKind{"SIGNAL:PIDFILE", ValueKind::free},
};
constexpr std::array kinds_by_option = {
    NamedKind{"--environment", ValueKind::environments},
    NamedKind{"--only", ValueKind::addresses},
    NamedKind{"--services", ValueKind::services},
    NamedKind{"--store", ValueKind::stores},
    NamedKind{"--state", ValueKind::files},
    NamedKind{"--config-path", ValueKind::files},
    NamedKind{"--compat", ValueKind::files},
    NamedKind{"--exec", ValueKind::programs},
    NamedKind{"--stdin-filename", ValueKind::files},
    NamedKind{"--path-name", ValueKind::files},
};
// Of arguments, by their command; files for all others.
constexpr std::array kinds_by_command = {
    NamedKind{"plan", ValueKind::sides},        NamedKind{"snapshot", ValueKind::sides},
    NamedKind{"show", ValueKind::sides},        NamedKind{"explain", ValueKind::rules},
    NamedKind{"rollback", ValueKind::versions}, NamedKind{"pull", ValueKind::versions},
    NamedKind{"lock", ValueKind::programs},     NamedKind{"history", ValueKind::free},
    NamedKind{"status", ValueKind::free},
};

// Lists that have no table elsewhere: a test holds them against what the commands take.
struct FixedValues {
  std::string_view name;  // of the option's values, or of the command whose argument it is
  std::string_view values;
};
constexpr std::array fixed_values = {
    FixedValues{"AREA", "layer field service source cache limit cors platform"},
    FixedValues{"CONTRACT", "api ops security"},
    FixedValues{"store", "gc verify"},
    FixedValues{
        "schema",
        "configuration report report-line baseline show snapshot plan catalog migration store watch-event "
        "blocks"},
    FixedValues{"--provider", "postgresql mysql sqlite"},
};

constexpr std::string_view severities = "off info warning error";
constexpr std::string_view change_levels = "breaking risky additive neutral";

CompletionCandidates listed(std::string_view values, char separator = ' ') {
  CompletionCandidates found;
  while (!values.empty()) {
    const std::size_t end = std::min(values.find(separator), values.size());
    found.push_back({std::string(values.substr(0, end)), ""});
    values.remove_prefix(std::min(end + 1, values.size()));
  }
  return found;
}

std::optional<CompletionCandidates> fixed(std::string_view name) {
  const auto found = std::ranges::find(fixed_values, name, &FixedValues::name);
  return found == fixed_values.end() ? std::nullopt : std::optional(listed(found->values));
}

template <class Table>
std::optional<ValueKind> kind_in(const Table& table, std::string_view name) {
  const auto found = std::ranges::find(table, name, &NamedKind::name);
  return found == table.end() ? std::nullopt : std::optional(found->kind);
}

// `prefix` before each.
CompletionCandidates prefixed(std::string_view prefix, CompletionCandidates all) {
  for (CompletionCandidate& one : all) one.text.insert(0, prefix);
  return all;
}

CompletionCandidates joined(CompletionCandidates all, CompletionCandidates more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  return all;
}

// One command line of one command.
class CommandLine {
 public:
  CommandLine(const CommandEntry& entry, Words words, std::size_t index, CommandEnv& env)
      : entry_(entry),
        command_(entry.make()),
        app_(std::string(entry.summary), std::string(entry.name)),
        words_(std::move(words)),
        index_(index),
        env_(env) {
    app_.set_help_flag("-h,--help", "print this help and exit");
    command_->add_options(app_);
    current_ = index_ < words_.size() ? words_[index_] : "";
    read();
  }

  Completion run() {
    if (option_ != nullptr) return values_of(*option_, current_, "");
    if (!is_behind_dashes_ && current_.starts_with("--")) {
      const std::size_t sign = current_.find('=');
      if (sign == std::string::npos) return options();
      const CLI::Option* named = find_option(current_.substr(0, sign));
      if (named == nullptr || !takes_value(*named)) return {};
      return values_of(*named, current_.substr(sign + 1), current_.substr(0, sign + 1));
    }
    if (!is_behind_dashes_ && current_.starts_with("-")) return options();
    return arguments();
  }

 private:
  static bool takes_value(const CLI::Option& option) { return option.get_items_expected_max() > 0; }

  [[nodiscard]] const CLI::Option* find_option(const std::string& name) const {
    return app_.get_option_no_throw(name);
  }

  // What stands before and behind the word: paths, the store, and whether an option waits for its value.
  void read() {
    const CLI::Option* waiting = nullptr;
    for (std::size_t at = 0; at < words_.size(); ++at) {
      const std::string& word = words_[at];
      if (at == index_) option_ = waiting;
      if (waiting != nullptr) {
        note_value(*waiting, word);
        waiting = nullptr;
        continue;
      }
      if (word == "--" && at < index_) {
        is_behind_dashes_ = true;
      } else if (!is_behind_dashes_ && word.starts_with("-") && word != "-") {
        waiting = note_option(word, at);
      } else if (at != index_) {
        arguments_.push_back(word);
        if (at < index_) ++arguments_before_;
      }
    }
    if (index_ >= words_.size()) option_ = waiting;
  }

  const CLI::Option* note_option(const std::string& word, std::size_t at) {
    const std::size_t sign = word.find('=');
    const CLI::Option* option = find_option(word.substr(0, sign));
    if (option == nullptr || at == index_) return nullptr;
    given_.push_back(option);
    if (!takes_value(*option)) return nullptr;
    if (sign == std::string::npos) return option;
    note_value(*option, word.substr(sign + 1));
    return nullptr;
  }

  void note_value(const CLI::Option& option, const std::string& value) {
    if (option.check_lname("store")) store_ = value;
  }

  // Names of options that are not there yet, or may be repeated.
  Completion options() const {
    Completion made;
    for (const CLI::Option* one : app_.get_options()) {
      const auto given = std::ranges::find(given_, one);
      const bool may_be_repeated = one->get_multi_option_policy() != CLI::MultiOptionPolicy::TakeLast;
      if (one->get_lnames().empty() || (given != given_.end() && !(takes_value(*one) && may_be_repeated)))
        continue;
      made.candidates.push_back({"--" + one->get_lnames().front(), one->get_description()});
    }
    return matching(std::move(made), current_);
  }

  Completion values_of(const CLI::Option& option, const std::string& typed, const std::string& before) {
    const std::string name = "--" + (option.get_lnames().empty() ? "" : option.get_lnames().front());
    const std::string value_name = option.get_type_name();
    Completion made;
    if (auto list = fixed(name)) {
      made.candidates = *std::move(list);
    } else if (auto words = fixed(value_name)) {
      made.candidates = *std::move(words);
    } else if (const auto kind = kind_in(kinds_by_option, name); kind && !is_choice(value_name)) {
      made = values(*kind, typed);
    } else if (const auto by_value = kind_in(kinds_by_value, value_name)) {
      made = values(*by_value, typed);
    } else if (is_choice(value_name)) {
      made.candidates = listed(value_name, '|');
    }
    made.candidates = prefixed(before, std::move(made.candidates));
    return matching(std::move(made), before + typed);
  }

  // "auto|always|never", in lower case.
  static bool is_choice(std::string_view value_name) {
    return !value_name.empty() && value_name.front() >= 'a' && value_name.front() <= 'z';
  }

  Completion arguments() {
    if (auto list = fixed(entry_.name)) {
      if (arguments_before_ > 0) return {};
      return matching({*std::move(list), FollowUp::none}, current_);
    }
    const ValueKind kind = kind_in(kinds_by_command, entry_.name).value_or(ValueKind::files);
    const bool takes_one = kind == ValueKind::versions;
    if (takes_one && arguments_before_ > 0) return {};
    if (kind == ValueKind::programs && arguments_before_ > 0) return {{}, FollowUp::files};
    return matching(values(kind, current_), current_);
  }

  Completion values(ValueKind kind, const std::string& typed) {
    switch (kind) {
      case ValueKind::files: return {{}, FollowUp::files};
      case ValueKind::programs: return {{}, FollowUp::programs};
      case ValueKind::addresses: return {addresses(), FollowUp::none};
      case ValueKind::moves: return {behind_sign(typed, addresses(), addresses()), FollowUp::none};
      case ValueKind::rules: return {joined(rule_names(false), change_names()), FollowUp::none};
      case ValueKind::rule_groups: return {rule_names(true), FollowUp::none};
      case ValueKind::rule_levels:
        return {behind_sign(typed, rule_names(false), listed(severities)), FollowUp::none};
      case ValueKind::change_levels:
        return {behind_sign(typed, joined(addresses(), change_names()), listed(change_levels)),
                FollowUp::none};
      case ValueKind::environments: return {environments_here(env_), FollowUp::none};
      case ValueKind::services: return {behind_comma(typed, service_names()), FollowUp::none};
      case ValueKind::stores: return stores(typed);
      case ValueKind::versions: return {store_versions(store_, "", env_), FollowUp::none};
      case ValueKind::sides: return sides(typed);
      case ValueKind::report_files: return report(typed);
      case ValueKind::free: break;
    }
    return {};
  }

  CompletionCandidates addresses() const {
    Words paths;
    const ValueKind kind = kind_in(kinds_by_command, entry_.name).value_or(ValueKind::files);
    if (kind == ValueKind::files || kind == ValueKind::sides) paths = arguments_;
    return addresses_in(paths, env_);
  }

  // NAME=VALUE: the one before the sign, the other behind it.
  static CompletionCandidates behind_sign(const std::string& typed, CompletionCandidates names,
                                          CompletionCandidates behind) {
    const std::size_t sign = typed.find('=');
    if (sign != std::string::npos) return prefixed(typed.substr(0, sign + 1), std::move(behind));
    for (CompletionCandidate& one : names) one.text += '=';
    return names;
  }

  static CompletionCandidates behind_comma(const std::string& typed, CompletionCandidates names) {
    const std::size_t comma = typed.rfind(',');
    return comma == std::string::npos ? names : prefixed(typed.substr(0, comma + 1), std::move(names));
  }

  Completion stores(const std::string& typed) const {
    if (typed.starts_with("dir:")) return {directories_below(typed), FollowUp::none};
    return {{{"dir:", "a directory"}, {"redis://", "Redis"}, {"rediss://", "Redis, by TLS"}}, FollowUp::none};
  }

  // "dir:conf/" of "dir:co"
  CompletionCandidates directories_below(const std::string& typed) const {
    const std::string path = typed.substr(std::string_view("dir:").size());
    const std::size_t slash = path.rfind('/');
    const std::string parent = slash == std::string::npos ? "" : path.substr(0, slash + 1);
    CompletionCandidates found;
    const auto names = env_.files.list_directory(parent.empty() ? "." : parent);
    if (!names) return found;
    for (const std::string& one : *names) {
      std::string place = parent;
      place += one;
      if (found.size() < most_listed && env_.files.is_directory(place))
        found.push_back({"dir:" + place + "/", ""});
    }
    return found;
  }

  Completion sides(const std::string& typed) const {
    Completion made{{}, FollowUp::files};
    const std::size_t at = typed.rfind('@');
    if (typed.starts_with("dir:") && at != std::string::npos) {
      made.candidates = store_versions(typed.substr(0, at), typed.substr(0, at + 1), env_);
      made.candidates.push_back({typed.substr(0, at + 1) + "head", "the newest version"});
      made.follow_up = FollowUp::none;
    } else if (typed.starts_with("dir:")) {
      made = {directories_below(typed), FollowUp::none};
    } else if (typed.starts_with("git:")) {
      made = {git_revisions(), FollowUp::none};
    } else {
      made.candidates = {{"git:", "a revision"}, {"dir:", "a version of a store"}};
    }
    return made;
  }

  static Completion report(const std::string& typed) {
    if (typed.find('=') != std::string::npos) return {{}, FollowUp::files};
    CompletionCandidates formats;
    for (const std::string_view one : report_format_names()) formats.push_back({std::string(one) + "=", ""});
    return {std::move(formats), FollowUp::none};
  }

  static Completion matching(Completion made, std::string_view typed) {
    std::erase_if(made.candidates, [typed](const CompletionCandidate& one) {
      const bool is_printable = std::ranges::none_of(
          one.text, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; });
      return !one.text.starts_with(typed) || !is_printable;
    });
    return made;
  }

  const CommandEntry& entry_;
  std::unique_ptr<Command> command_;
  CLI::App app_;
  Words words_;
  std::size_t index_;
  CommandEnv& env_;
  std::string current_;
  bool is_behind_dashes_ = false;
  Words arguments_;
  std::size_t arguments_before_ = 0;
  std::vector<const CLI::Option*> given_;
  std::string store_;
  const CLI::Option* option_ = nullptr;  // whose value the word is
};

// Names of commands, or of those that Honua's own command line has behind `config`.
Completion command_names(std::span<const CommandEntry> table, std::string_view CommandEntry::*name,
                         std::string_view typed, bool is_first) {
  Completion made;
  const auto add = [&](std::string_view text, std::string_view description) {
    if (!text.empty() && text.starts_with(typed))
      made.candidates.push_back({std::string(text), std::string(description)});
  };
  for (const CommandEntry& entry : table) add(entry.*name, entry.summary);
  if (!is_first) return made;
  add("help", "tell about a command");
  if (!typed.starts_with("-")) return made;
  add("--help", "print this help and exit");
  add("--version", "print the version and exit");
  return made;
}

}  // namespace

Completion complete(const std::vector<std::string>& words, std::size_t index,
                    std::span<const CommandEntry> table, CommandEnv& env) {
  const std::string current = index < words.size() ? words[index] : "";
  if (index == 0) return command_names(table, &CommandEntry::name, current, true);
  std::string_view CommandEntry::*name = &CommandEntry::name;
  std::size_t first = 0;
  if (words.front() == "help") return index == 1 ? command_names(table, name, current, false) : Completion();
  if (words.front() == "config") {
    name = &CommandEntry::config_alias;
    first = 1;
    if (index == 1) return command_names(table, name, current, false);
  }
  if (first >= words.size()) return {};
  const auto entry = std::ranges::find_if(
      table, [&](const CommandEntry& one) { return !(one.*name).empty() && one.*name == words[first]; });
  if (entry == table.end()) return {};
  const auto begin = words.begin() + static_cast<std::ptrdiff_t>(first) + 1;
  return CommandLine(*entry, {begin, words.end()}, index - first - 1, env).run();
}

}  // namespace honua::commands
