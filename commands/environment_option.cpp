// SPDX-License-Identifier: MIT
#include "commands/environment_option.h"

#include <algorithm>

#include "commands/messages.h"
#include "text/sanitize.h"

namespace honua::commands {

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
    return print_note(env,
                      "the environment `" + text::printable(request.environment) + "` has no overlay here");
  print_note(
      env,
      "`--environment` was not used: overlays are looked for in directories, and where no path is given");
}

}  // namespace honua::commands
