// SPDX-License-Identifier: MIT
#include "cli/app.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <exception>
#include <new>
#include <optional>
#include <ostream>
#include <utility>

#include "cli/complete.h"
#include "cli/fd_stream.h"
#include "cli/usage_error.h"
#include "cli/version.h"
#include "commands/messages.h"
#include "commands/shared_options.h"

namespace honua::cli {

namespace {

using commands::CommandEntry;
using commands::CommandEnv;
using commands::ExitCode;

using Arguments = std::vector<std::string>;
using Table = std::span<const CommandEntry>;

// What may stand before the command's name.
struct GlobalOptions {
  bool version = false;
  bool verbose = false;
};

ExitCode refuse(const UsageError& wrong, CommandEnv& env) {
  commands::print_error(env, wrong.message, {wrong.help});
  return ExitCode::usage;
}

// Takes all of `arguments`. An exit code means that there is nothing left to do.
std::optional<ExitCode> parse(CLI::App& app, Arguments arguments, CommandEnv& env) {
  if (auto wrong = find_empty_value(arguments)) return refuse(*wrong, env);
  commands::protect_brackets(arguments);
  std::reverse(arguments.begin(), arguments.end());  // as CLI11 wants them
  try {
    app.parse(std::move(arguments));
    return std::nullopt;
  } catch (const CLI::CallForHelp&) {
    env.out << app.help();
    return ExitCode::done;
  } catch (const CLI::ParseError& error) {
    return refuse(describe(error, app), env);
  }
}

// What all our help texts have in common.
void add_help(CLI::App& app, std::string footer) {
  app.set_help_flag("-h,--help", "print this help and exit");
  app.get_formatter()->column_width(38);
  app.get_formatter()->label("Positionals", "Arguments");
  app.footer(std::move(footer));
}

ExitCode run_command(const CommandEntry& entry, Arguments arguments, CommandEnv& env) {
  const auto command = entry.make();
  CLI::App app(std::string(entry.summary), "honua " + std::string(entry.name));
  add_help(app, std::string(entry.examples));
  command->add_options(app);
  commands::restore_brackets(app);
  if (const auto code = parse(app, std::move(arguments), env)) return *code;
  return command->run(env);
}

bool is_word(const std::string& argument) { return argument == "-" || !argument.starts_with('-'); }

void add_global_options(CLI::App& app, Table table, GlobalOptions& options) {
  add_help(app, "`honua COMMAND --help` tells about a command's options.");
  commands::add_flag(app, "-V,--version", "print the version and exit", options.version);
  commands::add_flag(app, "--verbose", "with --version: also compiler and libraries", options.verbose);
  app.get_formatter()->label("SUBCOMMAND", "COMMAND");
  for (const CommandEntry& entry : table) {
    app.add_subcommand(std::string(entry.name), std::string(entry.summary))->group("Commands");
  }
}

// Runs what starts with an option: --help, --version, or a mistake.
ExitCode run_global(const Arguments& arguments, CommandEnv& env, Table table) {
  CLI::App app("configuration toolchain for Honua Server", "honua");
  GlobalOptions options;
  add_global_options(app, table, options);
  const auto command = std::find_if(arguments.begin(), arguments.end(), is_word);
  if (const auto code = parse(app, {arguments.begin(), command}, env)) return *code;
  if (options.version) {
    env.out << version_text(options.verbose);
    return ExitCode::done;
  }
  if (command != arguments.end()) {
    return refuse({"the command comes before its options", "`honua COMMAND [OPTIONS]`"}, env);
  }
  env.err << app.help();
  return ExitCode::usage;
}

const CommandEntry* find(Table table, std::string_view CommandEntry::*name, std::string_view wanted) {
  for (const CommandEntry& entry : table) {
    if (entry.*name == wanted) return &entry;
  }
  return nullptr;
}

ExitCode refuse_command(std::string_view given, std::string_view prefix, std::string_view CommandEntry::*name,
                        CommandEnv& env, Table table) {
  std::vector<std::string> names;
  for (const CommandEntry& entry : table) {
    if (!(entry.*name).empty()) names.push_back(std::string(prefix) + std::string(entry.*name));
  }
  const std::vector<std::string_view> known(names.begin(), names.end());
  const bool is_path = given.find_first_of("./") != std::string_view::npos;
  return refuse(
      UsageError{unknown_word("command", std::string(prefix) + std::string(given), known),
                 is_path ? "`honua validate PATH` checks a file" : "`honua --help` lists the commands"},
      env);
}

// `honua config validate ...`: Honua's own command line has it this way.
ExitCode run_alias(Arguments words, CommandEnv& env, Table table) {
  words.erase(words.begin());
  const std::string name = words.empty() ? "" : words.front();
  if (name == "-h" || name == "--help") return run_global({"--help"}, env, table);
  if (name.empty())
    return refuse({"`honua config` needs a command", "`honua --help` lists the commands"}, env);
  const CommandEntry* entry = find(table, &CommandEntry::config_alias, name);
  if (entry == nullptr) return refuse_command(name, "config ", &CommandEntry::config_alias, env, table);
  words.erase(words.begin());
  return run_command(*entry, std::move(words), env);
}

ExitCode run_words(Arguments words, CommandEnv& env, Table table) {
  if (words.front() == "help") {
    words.erase(words.begin());
    if (words.empty()) return run_global({"--help"}, env, table);
    words = {words.front(), "--help"};
  }
  if (words.front() == "config") return run_alias(std::move(words), env, table);
  const CommandEntry* entry = find(table, &CommandEntry::name, words.front());
  if (entry == nullptr) return refuse_command(words.front(), "", &CommandEntry::name, env, table);
  words.erase(words.begin());
  return run_command(*entry, std::move(words), env);
}

ExitCode dispatch(Arguments arguments, CommandEnv& env, Table table) {
  if (!arguments.empty() && arguments.front() == "__complete")
    return complete({arguments.begin() + 1, arguments.end()}, env, table);
  const bool has_command = !arguments.empty() && is_word(arguments.front());
  return has_command ? run_words(std::move(arguments), env, table) : run_global(arguments, env, table);
}

// A report that did not reach its reader is a failure, unless the reader went
// away: `honua validate | head` has seen enough.
ExitCode finish(ExitCode code, CommandEnv& env) {
  env.out.flush();
  if (env.out.good()) return code;
  const auto* buffer = dynamic_cast<const FdBuffer*>(env.out.rdbuf());
  const int error = buffer == nullptr ? 0 : buffer->write_error();
  if (error == EPIPE) return code;
  commands::print_error(env,
                        "cannot write to standard output" + (error == 0 ? "" : ": " + describe_errno(error)));
  return ExitCode::failure;
}

ExitCode report_defect(const char* what, CommandEnv& env) {
  commands::print_error(env, std::string("internal error: ") + what,
                        {"this is a defect of honua; please report it with `honua --version --verbose`"});
  return ExitCode::failure;
}

}  // namespace

ExitCode run(std::vector<std::string> arguments, CommandEnv& env, std::span<const CommandEntry> table) {
  ExitCode code = ExitCode::failure;
  try {
    code = dispatch(std::move(arguments), env, table);
  } catch (const std::bad_alloc&) {
    commands::print_error(env, "out of memory");
  } catch (const std::exception& error) {
    code = report_defect(error.what(), env);
  }
  code = finish(code, env);
  env.err.flush();  // last: on a terminal the account stands below the report
  return code;
}

}  // namespace honua::cli
