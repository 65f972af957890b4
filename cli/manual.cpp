// SPDX-License-Identifier: MIT
#include "cli/manual.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>

#include <CLI/CLI.hpp>

#include "cli/mdoc.h"
#include "commands/registry.h"
#include "config/block_reference.h"
#include "config/schema.h"
#include "planning/plan_rules.h"

namespace honua::cli {

namespace {

using commands::CommandEntry;

constexpr std::string_view manual_date = "November 28, 2026";

// Titles of pages are in capitals.
std::string title_of(std::string name) {
  for (char& c : name) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return name;
}

void begin(Mdoc& page, const std::string& name, std::string_view section, std::string_view about) {
  page.macro("\\\"", "SPDX-License-Identifier: MIT");
  page.macro("\\\"", "Made of the program's own tables; a test holds both together.");
  page.macro("Dd", manual_date);
  page.macro("Dt", title_of(name) + " " + std::string(section));
  page.macro("Os");
  page.macro("Sh", "NAME");
  page.macro("Nm", name);
  page.macro("Nd", mdoc_escaped(about));
}

// A clause becomes a sentence.
std::string sentence(std::string_view clause) {
  std::string made(clause);
  if (!made.empty() && made.front() >= 'a' && made.front() <= 'z')
    made.front() = static_cast<char>(made.front() - 'a' + 'A');
  if (!made.empty() && made.back() != '.') made += '.';
  return made;
}

// --- commands

// The paragraphs of a command's help behind its options.
std::vector<std::string_view> paragraphs_of(std::string_view text) {
  std::vector<std::string_view> all;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find("\n\n"), text.size());
    all.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 2, text.size()));
  }
  return all;
}

constexpr std::string_view examples_title = "Examples:\n";
constexpr std::string_view exit_title = "Exit codes: ";

// Lists and commands stand as they are.
bool is_indented(std::string_view paragraph) {
  return paragraph.starts_with("  ") || paragraph.find("\n  ") != std::string_view::npos;
}

void write_paragraph(std::string_view paragraph, Mdoc& page) {
  if (!is_indented(paragraph)) return page.text(paragraph);
  const std::size_t first =
      std::min(paragraph.starts_with("  ") ? 0 : paragraph.find('\n') + 1, paragraph.size());
  if (first > 0) page.text(paragraph.substr(0, first));
  std::string lines;
  std::string_view rest = paragraph.substr(first);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    if (line.starts_with("  ")) line.remove_prefix(2);
    lines += std::string(line) + '\n';
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  page.literal(lines);
}

std::string option_item(const CLI::Option& option) {
  std::string item;
  for (const std::string& one : option.get_snames()) item += "Fl " + one + " , ";
  std::string names;
  for (const std::string& one : option.get_lnames()) names += (names.empty() ? "Fl -" : " , Fl -") + one;
  item += names;
  const bool is_flag = option.get_items_expected_max() == 0;
  if (is_flag) return item;
  const std::string value = option.get_type_name();
  if (option.get_items_expected_min() == 0) return item + " Ns Op Ns = Ns Ar VALUE";
  return item + " Ar " + (value.empty() ? "VALUE" : value);
}

void write_options(const CLI::App& app, Mdoc& page) {
  page.macro("Sh", "OPTIONS");
  page.macro("Bl", "-tag -width Ds");
  for (const CLI::Option* one : app.get_options()) {
    if (one->nonpositional()) {
      page.macro("It", option_item(*one));
    } else {
      page.macro("It", "Ar " + one->get_name());
    }
    page.text(sentence(one->get_description()));
  }
  page.macro("El");
}

void write_synopsis(const CommandEntry& entry, const CLI::App& app, Mdoc& page) {
  page.macro("Sh", "SYNOPSIS");
  page.macro("Nm", "honua " + std::string(entry.name));
  page.macro("Op", "Ar OPTION ...");
  for (const CLI::Option* one : app.get_options()) {
    if (one->nonpositional()) continue;
    const bool is_list = one->get_items_expected_max() > 1;
    page.macro("Op", "Ar " + one->get_name() + (is_list ? " ..." : ""));
  }
}

ManualPage command_page(const CommandEntry& entry) {
  const auto command = entry.make();
  CLI::App app;
  app.set_help_flag("-h,--help", "print this help and exit");
  command->add_options(app);
  Mdoc page;
  const std::string name = "honua-" + std::string(entry.name);
  begin(page, name, "1", entry.summary);
  write_synopsis(entry, app, page);
  page.macro("Sh", "DESCRIPTION");
  page.text(sentence(entry.summary));
  if (!entry.config_alias.empty()) {
    page.macro("Pp");
    page.text("`honua config " + std::string(entry.config_alias) + "` is the same.");
  }
  const auto paragraphs = paragraphs_of(entry.examples);
  for (const std::string_view one : paragraphs) {
    if (one.starts_with(examples_title) || one.starts_with(exit_title)) continue;
    if (!is_indented(one) || !one.starts_with("  ")) page.macro("Pp");
    write_paragraph(one, page);
  }
  write_options(app, page);
  for (const std::string_view one : paragraphs) {
    if (!one.starts_with(exit_title)) continue;
    page.macro("Sh", "EXIT STATUS");
    page.text(sentence(one.substr(exit_title.size())));
  }
  for (const std::string_view one : paragraphs) {
    if (!one.starts_with(examples_title)) continue;
    page.macro("Sh", "EXAMPLES");
    write_paragraph(one.substr(examples_title.size()), page);
  }
  page.macro("Sh", "SEE ALSO");
  page.macro("Xr", "honua 1 ,");
  page.macro("Xr", "honua-config 5 ,");
  page.macro("Xr", "honua-rules 7");
  return {name + ".1", std::move(page).take()};
}

// --- honua(1)

struct Variable {
  std::string_view name;
  std::string_view about;
};
constexpr std::array variables = {
    Variable{"HONUA_CONFIG", "the file or directory that is read where no path is given"},
    Variable{"HONUA_CONFIG_PATH", "the same, where HONUA_CONFIG is not set"},
    Variable{"HONUA_ENVIRONMENT", "whose overlay is laid over the configuration, as by --environment"},
    Variable{"ASPNETCORE_ENVIRONMENT", "the same, where HONUA_ENVIRONMENT is not set"},
    Variable{"HONUA_INSTANCES", "how many instances of the server there are, as by --instances"},
    Variable{"HONUA_STORE", "the store, as by --store"},
    Variable{"HONUA_AUTHOR", "who publishes, as by --author; else the user"},
    Variable{"HONUA_REDIS_PASSWORD", "the password of a store in Redis whose URL has none"},
    Variable{"HONUA_REDIS_SENTINEL_PASSWORD", "the password of its Sentinels"},
    Variable{"HONUA_POST_TOKEN", "what `honua watch --post` shows to whom it posts"},
    Variable{"HONUA_WATCH_TOKEN", "what has to be shown for a reload by `honua watch --listen`"},
    Variable{"NO_COLOR",
             "reports without colour; CLICOLOR_FORCE, FORCE_COLOR, CLICOLOR and TERM count as well"},
};

void write_environment(Mdoc& page) {
  page.macro("Sh", "ENVIRONMENT");
  page.macro("Bl", "-tag -width Ds");
  for (const Variable& one : variables) {
    page.macro("It", "Ev " + std::string(one.name));
    page.text(sentence(one.about));
  }
  page.macro("El");
  page.macro("Sh", "FILES");
  page.macro("Bl", "-tag -width Ds");
  page.macro(
      "It", "Pa honua.config.hcl , honua.config.honua , honua.hcl , honua.honua , config.hcl , config.honua");
  page.text("What is read where no path is given: the first of these in the current directory.");
  page.macro("It", "Pa honua.NAME.hcl");
  page.text("The overlay of the environment NAME beside it.");
  page.macro("It", "Pa .honua.hcl");
  page.text("Settings of this program itself, such as how much a rule counts.");
  page.macro("El");
  page.macro("Sh", "EXIT STATUS");
  page.macro("Bl", "-tag -width Ds");
  for (const auto& [code, about] : {std::pair{"0", "Done, and nothing to look at."},
                                    std::pair{"1", "Done, and there is something to look at."},
                                    std::pair{"2", "The command line is wrong."},
                                    std::pair{"3", "It could not be done: a file, a database, a store."}}) {
    page.macro("It", code);
    page.text(about);
  }
  page.macro("El");
}

ManualPage main_page(std::span<const CommandEntry> table) {
  Mdoc page;
  begin(page, "honua", "1", "configuration toolchain for Honua Server");
  page.macro("Sh", "SYNOPSIS");
  page.macro("Nm", "honua");
  page.macro("Ar", "COMMAND");
  page.macro("Op", "Ar OPTION ...");
  page.macro("Sh", "DESCRIPTION");
  page.text(
      "Honua Server serves geodata by what its configuration declares, and reads that once when it starts. "
      "This "
      "program checks the configuration before, tells what a change means to those who use the server, "
      "writes "
      "configurations for databases and from older metadata, and keeps one or many instances on a version "
      "that is "
      "sound.");
  page.macro("Bl", "-tag -width Ds");
  for (const CommandEntry& one : table) {
    page.macro("It", "Xr honua-" + std::string(one.name) + " 1");
    page.text(sentence(one.summary));
  }
  page.macro("El");
  page.macro("Pp");
  page.text(
      "`honua help COMMAND` tells about a command's options. Commands that Honua's own command line has, "
      "such as "
      "`honua config validate`, mean the same here. An option that is given twice counts the last time, "
      "unless it may "
      "be repeated.");
  write_environment(page);
  page.macro("Sh", "SEE ALSO");
  page.macro("Xr", "honua-config 5 ,");
  page.macro("Xr", "honua-fleet 7 ,");
  page.macro("Xr", "honua-rules 7");
  return {"honua.1", std::move(page).take()};
}

// --- honua-config(5)

void write_attributes(std::span<const config::AttributeSchema> attributes, Mdoc& page) {
  page.macro("Bl", "-tag -width Ds");
  for (const config::AttributeSchema& one : attributes) {
    page.macro("It", "Ic " + std::string(one.name));
    page.text(sentence(one.description));
    page.text(sentence(config::type_text(one)));
    if (one.nested != nullptr) write_attributes(one.nested->attributes, page);
  }
  page.macro("El");
}

ManualPage config_page() {
  Mdoc page;
  begin(page, "honua-config", "5", "what a configuration of Honua Server may contain");
  page.macro("Sh", "DESCRIPTION");
  page.text(
      "A configuration is written in HCL, or in HCL's JSON form in files called `*.hcl.json`. It consists of "
      "blocks "
      "with attributes; an object may be written as a block or as an attribute. Values are expressions: "
      "texts with "
      "`${...}`, numbers, lists, objects, `env(\"NAME\")` for variables of the environment, `var.NAME` for "
      "those of "
      "`variable` blocks, and references such as `data_source.db`.");
  page.macro("Pp");
  page.text("`honua schema blocks` prints the same, and `honua show` which values count.");
  page.macro("Sh", "BLOCKS");
  for (const config::BlockSchema& one : config::block_schemas()) {
    page.macro("Ss", std::string(one.keyword) + (one.labelled ? " NAME" : ""));
    page.text(sentence(one.body.description));
    if (!one.read_upstream) page.text("The server's own parser does not read it.");
    if (!one.body.attributes.empty()) write_attributes(one.body.attributes, page);
  }
  page.macro("Sh", "SERVICES");
  page.text("What a `service` block may have beside its own attributes depends on its type.");
  for (const config::ServiceType& one : config::service_types()) {
    page.macro("Ss", std::string(one.id));
    page.text(sentence(one.settings.description));
    page.text("It answers at `" + std::string(one.base_path) + "` unless told otherwise.");
    if (!one.aliases.empty()) page.text("Also called: " + std::string(one.aliases) + ".");
    if (!one.settings.attributes.empty()) write_attributes(one.settings.attributes, page);
  }
  page.macro("Sh", "SEE ALSO");
  page.macro("Xr", "honua 1 ,");
  page.macro("Xr", "honua-rules 7");
  return {"honua-config.5", std::move(page).take()};
}

// --- honua-rules(7)

ManualPage rules_page() {
  Mdoc page;
  begin(page, "honua-rules", "7", "what honua finds in configurations, and what changes mean");
  page.macro("Sh", "DESCRIPTION");
  page.text(
      "Each rule has a code, which is never given to another one, a name, and a severity, which `--rule "
      "CODE=LEVEL` "
      "changes. `honua explain CODE` shows an example of what it finds, and of how to mend it. A comment "
      "such as `# "
      "honua:ignore CODE reason` leaves a finding out.");
  std::map<std::string_view, std::vector<const diagnostics::RuleInfo*>> categories;
  for (const diagnostics::RuleInfo* one : commands::all_rules())
    categories[one->rule->category].push_back(one);
  page.macro("Sh", "RULES");
  for (const auto& [category, rules] : categories) {
    page.macro("Ss", std::string(category));
    page.macro("Bl", "-tag -width Ds");
    for (const diagnostics::RuleInfo* one : rules) {
      page.macro("It", "Sy " + std::string(one->rule->code) + " Ic " + std::string(one->rule->slug) + " Pq " +
                           std::string(to_string(one->rule->severity)));
      page.text(sentence(one->rule->summary));
      page.text(one->why);
    }
    page.macro("El");
  }
  page.macro("Sh", "CHANGES");
  page.text(
      "What `honua plan` finds between two configurations. How bad a change is, is what it means to those "
      "who use the "
      "server.");
  page.macro("Bl", "-tag -width Ds");
  for (const planning::ChangeRule* one : planning::change_rules()) {
    page.macro("It", "Sy " + std::string(one->rule.code) + " Ic " + std::string(one->rule.slug) + " Pq " +
                         std::string(to_string(one->level)));
    page.text(sentence(one->rule.summary));
    page.text(one->why);
  }
  page.macro("El");
  page.macro("Sh", "SEE ALSO");
  page.macro("Xr", "honua 1 ,");
  page.macro("Xr", "honua-explain 1 ,");
  page.macro("Xr", "honua-plan 1 ,");
  page.macro("Xr", "honua-validate 1");
  return {"honua-rules.7", std::move(page).take()};
}

}  // namespace

std::vector<ManualPage> manual_pages(std::span<const CommandEntry> table) {
  std::vector<ManualPage> pages{main_page(table), config_page(), rules_page()};
  for (const CommandEntry& one : table) pages.push_back(command_page(one));
  return pages;
}

}  // namespace honua::cli
