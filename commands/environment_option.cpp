// SPDX-License-Identifier: MIT
#include "commands/environment_option.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

#include "commands/messages.h"
#include "text/sanitize.h"

namespace honua::commands {

namespace {

// Notes of one kind; more would hide what else there is to say.
constexpr std::size_t max_unread_notes = 5;

// "`production` and `staging`": the environments that have overlays, each once; "" for none.
std::string known_environments(const InputFiles& found) {
  std::set<std::string> names;
  for (const OtherOverlay& one : found.other_overlays) names.insert(text::printable(one.environment));
  std::string all;
  for (const std::string& one : names) {
    if (!all.empty()) all += one == *names.rbegin() ? " and " : ", ";
    all += "`" + one + "`";
  }
  return all;
}

template <class T, class Describe>
void note_each(const std::vector<T>& all, std::string_view kind, CommandEnv& env, Describe describe) {
  for (std::size_t i = 0; i < all.size() && i < max_unread_notes; ++i) print_note(env, describe(all[i]));
  if (all.size() > max_unread_notes)
    print_note(env, "there are more such " + std::string(kind) + ": " +
                        std::to_string(all.size() - max_unread_notes));
}

void note_no_overlay(const std::string& environment, const InputFiles& found, CommandEnv& env) {
  const std::string known = known_environments(found);
  print_note(env, "the environment `" + text::printable(environment) + "` has no overlay here" +
                      (known.empty() ? "" : "; there are overlays for " + known));
}

}  // namespace

void note_unread_files(const InputFiles& found, CommandEnv& env, std::string_view done) {
  note_each(found.other_overlays, "overlays", env, [done](const OtherOverlay& one) {
    return "`" + one.name + "` was not " + std::string(done) + ": `--environment " +
           text::printable(one.environment) + "` lays it over";
  });
  note_each(found.named_overlays, "overlays", env, [](const OtherOverlay& one) {
    return "`" + one.name + "` was not laid over the base file beside it: name their directory, with " +
           "`--environment " + text::printable(one.environment) + "`";
  });
  note_each(found.unread_directories, "directories", env, [](const std::string& one) {
    return "`" + one + "` has configuration files that were not read: name it too";
  });
}

bool check_environment_name(const std::string& name, CommandEnv& env) {
  if (name.empty() || is_environment_name(name)) return true;
  print_error(env, "`" + text::printable(name) + "` cannot name an environment",
              {"environments are called, for instance, production or staging"});
  return false;
}

void note_unused_environment(const InputRequest& request, const InputFiles& found, CommandEnv& env) {
  for (const std::string& path : found.passed_over)
    print_note(env, "`" + path + "` was not read: another file is the overlay of its environment");
  const bool has_overlay = std::ranges::any_of(found.files, &InputFile::is_overlay);
  if (request.environment.empty() || has_overlay) return;
  std::vector<std::string> paths = request.paths;
  if (const auto configured = configured_path(env.environment); paths.empty() && configured)
    paths.push_back(configured->path);
  const auto is_directory = [&env](const std::string& path) { return env.files.is_directory(path); };
  if (paths.empty() || std::any_of(paths.begin(), paths.end(), is_directory))
    return note_no_overlay(request.environment, found, env);
  print_note(
      env,
      "`--environment` was not used: overlays are looked for in directories, and where no path is given");
}

}  // namespace honua::commands
