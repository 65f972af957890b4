// SPDX-License-Identifier: MIT
#include "commands/output_guard.h"

#include <algorithm>
#include <filesystem>
#include <vector>

#include "commands/messages.h"
#include "text/sanitize.h"

namespace honua::commands {

namespace {

bool is_input(const std::string& output, const InputFiles& inputs, const FileSystem& files) {
  const std::string identity = files.identity(output);
  return !identity.empty() && std::ranges::any_of(inputs.files, [&](const InputFile& one) {
    return !one.is_standard_input() && files.identity(one.path) == identity;
  });
}

bool is_inside_input(const std::string& output, const InputRequest& request, const CommandEnv& env) {
  const std::filesystem::path path(output);
  if (!is_configuration_name(path.filename().string())) return false;
  const std::string directory = path.has_parent_path() ? path.parent_path().string() : ".";
  const std::string identity = env.files.identity(directory);
  std::vector<std::string> paths = request.paths;
  if (paths.empty()) {
    if (const auto configured = configured_path(env.environment)) {
      paths.push_back(configured->path);
    } else if (is_discovered_name(path.filename().string())) {
      paths.emplace_back(".");
    }
  }
  return std::ranges::any_of(paths, [&](const std::string& one) {
    return env.files.is_directory(one) && env.files.identity(one) == identity;
  });
}

}  // namespace

std::string destination_of(const std::string& given, const FileSystem& files) {
  std::string identity = files.identity(given);
  if (!identity.empty()) return identity;
  const std::filesystem::path path = std::filesystem::path(given).lexically_normal();
  const std::string directory = path.has_parent_path() ? path.parent_path().string() : ".";
  const std::string place = files.identity(directory);
  return (place.empty() ? directory : place) + "\n" + path.filename().string();
}

Overlap overlap_of(const std::string& output, const InputRequest& request, const InputFiles& inputs,
                   const CommandEnv& env) {
  if (is_inside_input(output, request, env)) return Overlap::would_be_part;
  return is_input(output, inputs, env.files) ? Overlap::is_part : Overlap::none;
}

bool is_configuration(const std::string& output, const InputRequest& request, const InputFiles& inputs,
                      const std::string& advice, CommandEnv& env) {
  const Overlap overlap = overlap_of(output, request, inputs, env);
  if (overlap == Overlap::is_part)
    print_error(env, text::quoted(output) + " is a part of the configuration itself", {advice});
  if (overlap == Overlap::would_be_part) {
    print_error(env, text::quoted(output) + " would become a part of the configuration itself",
                {"name a file outside of the directories that are read"});
  }
  return overlap != Overlap::none;
}

}  // namespace honua::commands
