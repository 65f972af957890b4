// SPDX-License-Identifier: MIT
#include "commands/report_files.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <set>
#include <utility>

#include "commands/messages.h"
#include "commands/output_guard.h"
#include "commands/report_formats.h"
#include "commands/write_output.h"
#include "text/sanitize.h"

namespace honua::commands {

namespace {

struct ReportArgument {
  std::size_t format = 0;  // among those that there are
  std::string path;
};

ReportArgument read_report(const std::string& given, const std::vector<std::string_view>& formats) {
  const std::size_t sign = given.find('=');
  const std::string name = given.substr(0, sign);
  const auto found = std::ranges::find(formats, name);
  if (found == formats.end()) throw CLI::ValidationError(unknown_choice("--report", name, formats));
  if (sign == std::string::npos || sign + 1 == given.size())
    throw CLI::ValidationError("`--report` needs a file, such as `" + name + "=FILE`");
  const std::string path = given.substr(sign + 1);
  if (path == "-") throw CLI::ValidationError("`--report` writes files; `--format` is for standard output");
  return {static_cast<std::size_t>(found - formats.begin()), path};
}

}  // namespace

void add_report_option(CLI::App& app, const std::string& description,
                       const std::vector<std::string_view>& formats,
                       const std::function<void(std::size_t, std::string)>& keep) {
  const auto keep_all = [formats, keep](const std::vector<std::string>& all) {
    for (const std::string& one : all) {
      ReportArgument report = read_report(one, formats);
      keep(report.format, std::move(report.path));
    }
    return true;
  };
  app.add_option_function<std::vector<std::string>>("--report", keep_all, description)
      ->type_name("FORMAT=FILE")
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void add_report_option(CLI::App& app, std::vector<ReportFile>& target) {
  const std::vector<std::string_view> formats = report_format_names();
  add_report_option(app, "also write a report in this format into a file; may be given several times",
                    formats, [formats, &target](std::size_t format, std::string path) {
                      target.push_back({*find_report_format(formats[format]), std::move(path)});
                    });
}

bool check_report_files(const std::vector<ReportFile>& reports, const InputRequest& request,
                        const InputFiles& inputs, const std::vector<std::string>& others, CommandEnv& env) {
  std::set<std::string> taken;
  for (const std::string& path : others) {
    if (!path.empty()) taken.insert(destination_of(path, env.files));
  }
  std::set<std::string> destinations;
  for (const ReportFile& one : reports) {
    if (is_configuration(one.path, request, inputs, "name another file for the report", env)) return false;
    if (taken.contains(destination_of(one.path, env.files))) {
      print_error(env, text::quoted(one.path) + " is a file that this run reads or writes for something else",
                  {"name another file for the report"});
      return false;
    }
    if (destinations.insert(destination_of(one.path, env.files)).second) continue;
    print_error(env, "two reports cannot go into " + text::quoted(one.path),
                {"name a file of its own for each `--report`"});
    return false;
  }
  return true;
}

bool write_report_files(const std::vector<ReportFile>& reports, const diagnostics::Report& report,
                        CommandEnv& env) {
  bool all = true;
  for (const ReportFile& one : reports)
    all = write_file(one.path, render_report(report, one.format), env) && all;
  return all;
}

}  // namespace honua::commands
