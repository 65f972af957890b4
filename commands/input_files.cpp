// SPDX-License-Identifier: MIT
#include "commands/input_files.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include "text/sanitize.h"
#include "text/unicode.h"

namespace honua::commands {

namespace {

bool has_extension(std::string_view path, std::string_view extension) {
  if (path.size() < extension.size()) return false;
  const auto same = [](char a, char b) { return a == b || (a >= 'A' && a <= 'Z' && a - 'A' + 'a' == b); };
  const std::string_view end = path.substr(path.size() - extension.size());
  return std::equal(end.begin(), end.end(), extension.begin(), same);
}

// Of several overlays the first one counts.
constexpr std::string_view overlay_extensions[] = {".hcl", ".honua", ".hcl.json"};

bool is_base_name(const std::string& name) {
  return std::find(std::begin(base_file_names), std::end(base_file_names), name) != std::end(base_file_names);
}

// NAME of `honua.NAME.hcl`, `honua.NAME.honua` and `honua.NAME.hcl.json`, in lower case; else "".
std::string overlay_environment(const std::string& name) {
  if (!name.starts_with("honua.")) return "";
  const std::size_t begin = std::string_view("honua.").size();
  for (const std::string_view extension : overlay_extensions) {
    if (!has_extension(name, extension) || name.size() <= begin + extension.size()) continue;
    const std::string environment = name.substr(begin, name.size() - extension.size() - begin);
    // `honua.config.hcl` is a base file.
    return environment == "config" ? "" : text::to_lower(environment);
  }
  return "";
}

bool is_file(const FileSystem& files, const std::string& path) {
  const FileKind kind = files.kind(path);
  return kind != FileKind::missing && kind != FileKind::directory;
}

// Gathers files and failures, each file once.
class Collector {
 public:
  // `overlay` is the name of the environment whose overlays count.
  Collector(const InputRequest& request, const FileSystem& files, std::string overlay)
      : request_(request), files_(files), overlay_(std::move(overlay)) {}

  void add_path(const std::string& path, const std::vector<std::string>& help = {}) {
    if (path == "-") return add_standard_input();
    switch (files_.kind(path)) {
      case FileKind::missing: return fail(path, missing_message(path), help);
      case FileKind::directory: return add_directory(path, help);
      case FileKind::regular:
        if (!is_native_name(path) && form_of(path) == SourceForm::native) return fail_extension(path);
        break;
      case FileKind::other:
      case FileKind::inaccessible: break;
    }
    note_named_overlay(path);
    add_file(path, false, true);
  }

  void add_file(const std::string& path, bool is_overlay = false, bool is_named = false) {
    const std::string identity = files_.identity(path);
    if (!identity.empty() && !seen_.insert(identity).second) return;
    found_.files.push_back(InputFile{path, text::printable(path), form_of(path), is_overlay, is_named});
  }

  void leave_out_overlay(const std::string& path, std::string environment) {
    found_.other_overlays.push_back({text::printable(path), std::move(environment)});
  }

  void pass_over(const std::string& path) { found_.passed_over.push_back(text::printable(path)); }

  void fail(const std::string& name, std::string message, std::vector<std::string> help) {
    found_.failures.push_back(InputFailure{text::printable(name), std::move(message), std::move(help)});
  }

  InputFiles take() { return std::move(found_); }

 private:
  void add_standard_input() {
    if (!seen_.insert("-").second) return;
    const std::string& name = request_.stdin_filename;
    found_.files.push_back(
        InputFile{"", name.empty() ? "<stdin>" : text::printable(name), form_of(name), false, true});
  }

  void add_directory(const std::string& path, const std::vector<std::string>& help) {
    const auto names = files_.list_directory(path);
    if (!names) return fail(path, names.error().message, help);
    bool any = false;
    const bool has_base = std::any_of(names->begin(), names->end(), is_base_name);
    std::vector<std::string> overlays;
    for (const std::string& name : *names) {
      const std::string member = join_path(path, name);
      if (!name.starts_with('.') && files_.is_directory(member)) {
        note_directory(member);
        continue;
      }
      if (!is_configuration_name(name)) continue;
      any = true;
      const std::string environment = has_base ? overlay_environment(name) : "";
      if (environment.empty()) {
        add_directory_member(member);
      } else if (environment == overlay_) {
        overlays.push_back(member);
      } else {
        leave_out_overlay(member, environment);
      }
    }
    if (!overlays.empty()) add_overlay(overlays);
    if (!any) fail(path, "the directory holds no *.hcl, *.honua or *.hcl.json file", help);
  }

  // Laid over nothing if it is named itself, though a base file stands beside it.
  void note_named_overlay(const std::string& path) {
    const std::size_t begin = path.rfind('/') == std::string::npos ? 0 : path.rfind('/') + 1;
    const std::string environment = overlay_environment(path.substr(begin));
    const auto is_base = [&](std::string_view name) {
      return is_file(files_, path.substr(0, begin) + std::string(name));
    };
    if (!environment.empty() && std::ranges::any_of(base_file_names, is_base))
      found_.named_overlays.push_back({text::printable(path), environment});
  }

  // Not entered: but what is in it may have been meant.
  void note_directory(const std::string& path) {
    const auto names = files_.list_directory(path);
    if (names && std::ranges::any_of(*names, is_configuration_name))
      found_.unread_directories.push_back(text::printable(path));
  }

  // Of several the first one of overlay_extensions, as where no path is given.
  void add_overlay(const std::vector<std::string>& overlays) {
    const auto rank = [](const std::string& path) {
      return std::ranges::find_if(overlay_extensions,
                                  [&](std::string_view one) { return has_extension(path, one); });
    };
    const auto first = std::ranges::min_element(overlays, {}, rank);
    add_directory_member(*first, true);
    for (const std::string& one : overlays) {
      if (one != *first) pass_over(one);
    }
  }

  void add_directory_member(const std::string& path, bool is_overlay = false) {
    switch (files_.kind(path)) {
      case FileKind::missing: return fail(path, "is a symbolic link to a missing file", {});
      // Nobody asked for this one, and reading might wait for ever.
      case FileKind::other:
        return fail(path, "is a pipe or a device, not a file", {"name it to have it read"});
      default: return add_file(path, is_overlay);
    }
  }

  [[nodiscard]] static std::string missing_message(const std::string& path) {
    return path.empty() ? "the path is empty" : "no such file or directory";
  }

  void fail_extension(const std::string& path) {
    fail(path, "the file's name ends in none of .hcl, .honua, .hcl.json and .json",
         {"rename the file, or have it read as standard input: `honua validate - < FILE`"});
  }

  const InputRequest& request_;
  const FileSystem& files_;
  std::string overlay_;
  InputFiles found_;
  std::set<std::string> seen_;  // identities of the files in found_
};

// A variable's value; set but empty counts as unset.
std::optional<std::string> variable(const Environment& environment, const std::string& name) {
  auto value = environment.get(name);
  if (value && value->empty()) value.reset();
  return value;
}

struct OverlayName {
  std::string name;    // lower case; "" for none
  std::string origin;  // the variable it comes from, or "--environment"
};

OverlayName overlay_name(const InputRequest& request, const Environment& environment) {
  if (!request.environment.empty()) return {text::to_lower(request.environment), "--environment"};
  for (const char* name : {"HONUA_ENVIRONMENT", "ASPNETCORE_ENVIRONMENT"}) {
    if (const auto value = variable(environment, name)) return {text::to_lower(*value), name};
  }
  return {};
}

std::vector<std::string> overlay_files(const std::string& name) {
  if (name.empty()) return {};
  std::vector<std::string> files;
  for (const std::string_view extension : overlay_extensions)
    files.push_back("honua." + name + std::string(extension));
  return files;
}

void fail_nothing_found(Collector& collector, const std::vector<std::string>& overlays) {
  std::string looked_for;
  const auto add = [&looked_for](std::string_view name) {
    looked_for += looked_for.empty() ? "looked for " : ", ";
    looked_for += name;
  };
  for (const std::string& name : overlays) add(text::printable(name));
  for (const std::string_view name : base_file_names) add(name);
  collector.fail("", "no configuration found in the current directory",
                 {looked_for, "name a file or directory, or set HONUA_CONFIG"});
}

// The overlays of other environments in the current directory.
void leave_out_others(Collector& collector, const std::string& chosen, const FileSystem& files) {
  const auto names = files.list_directory(".");
  if (!names) return;
  for (const std::string& name : *names) {
    const std::string environment = overlay_environment(name);
    if (!environment.empty() && environment != chosen && is_file(files, name))
      collector.leave_out_overlay(name, environment);
  }
}

void discover(Collector& collector, const InputRequest& request, const FileSystem& files,
              const Environment& environment) {
  if (const auto configured = configured_path(environment))
    return collector.add_path(configured->path,
                              {"the path comes from the environment variable " + configured->variable});
  const OverlayName overlay = overlay_name(request, environment);
  if (!overlay.name.empty() && !is_environment_name(overlay.name)) {
    return collector.fail("", "the value of " + overlay.origin + " cannot be part of a file's name",
                          {"environments are called, for instance, production or staging"});
  }
  const std::vector<std::string> overlays = overlay_files(overlay.name);
  const auto exists = [&files](const auto& name) { return is_file(files, std::string(name)); };
  const auto* const base = std::find_if(std::begin(base_file_names), std::end(base_file_names), exists);
  std::vector<std::string> there;
  std::ranges::copy_if(overlays, std::back_inserter(there), exists);
  if (base != std::end(base_file_names)) collector.add_file(std::string(*base));
  if (!there.empty()) collector.add_file(there.front(), base != std::end(base_file_names));
  for (std::size_t i = 1; i < there.size(); ++i) collector.pass_over(there[i]);
  if (base != std::end(base_file_names)) leave_out_others(collector, overlay.name, files);
  if (base == std::end(base_file_names) && there.empty()) fail_nothing_found(collector, overlays);
}

}  // namespace

bool is_native_name(std::string_view path) {
  return has_extension(path, ".hcl") || has_extension(path, ".honua");
}

SourceForm form_of(std::string_view path) {
  if (has_extension(path, ".hcl.json")) return SourceForm::hcl_json;
  return has_extension(path, ".json") ? SourceForm::json : SourceForm::native;
}

std::string join_path(const std::string& directory, const std::string& name) {
  if (directory.empty() || directory == ".") return name;
  return directory.ends_with('/') ? directory + name : directory + "/" + name;
}

bool is_configuration_name(std::string_view name) {
  return !name.starts_with('.') && (is_native_name(name) || has_extension(name, ".hcl.json"));
}

bool is_discovered_name(const std::string& name) {
  return is_base_name(name) || !overlay_environment(name).empty();
}

std::optional<ConfiguredPath> configured_path(const Environment& environment) {
  for (const char* name : {"HONUA_CONFIG", "HONUA_CONFIG_PATH"}) {
    if (auto path = variable(environment, name)) return ConfiguredPath{std::move(*path), name};
  }
  return std::nullopt;
}

bool is_environment_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) { return c != '/' && c != '\0'; });
}

InputFiles find_input_files(const InputRequest& request, const FileSystem& files,
                            const Environment& environment) {
  Collector collector(request, files, overlay_name(request, environment).name);
  for (const std::string& path : request.paths) collector.add_path(path);
  if (request.paths.empty()) discover(collector, request, files, environment);
  return collector.take();
}

}  // namespace honua::commands
