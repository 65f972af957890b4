// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/environment.h"
#include "base/file_system.h"

// From what the user named (files, directories, `-`, or nothing at all) to the
// files to read.
namespace honua::commands {

enum class SourceForm : std::uint8_t {
  native,
  hcl_json,  // NAME.hcl.json
  json,      // NAME.json: what it is its content tells
};

struct InputFile {
  std::string path;  // "" for standard input
  std::string name;  // what messages call it; fit for printing
  SourceForm form = SourceForm::native;
  bool is_overlay = false;  // laid over the files in front of it
  bool is_named = false;    // by itself, not found in a directory

  [[nodiscard]] bool is_standard_input() const { return path.empty(); }
};

// Something named that is not there or not ours to read.
struct InputFailure {
  std::string name;  // fit for printing; "" when it is about no file
  std::string message;
  std::vector<std::string> help;
};

// An overlay that is not laid over the configuration, since another environment was chosen, or none.
struct OtherOverlay {
  std::string name;         // fit for printing
  std::string environment;  // in lower case
};

struct InputFiles {
  std::vector<InputFile> files;  // each file once, in the order named
  std::vector<InputFailure> failures;
  std::vector<std::string> passed_over;  // further overlays of the environment: the first one counts
  std::vector<OtherOverlay> other_overlays;
  std::vector<OtherOverlay> named_overlays;  // that were named, and count as files like others
  // In the directories that were named, those that hold configuration files; fit for printing.
  std::vector<std::string> unread_directories;
};

struct InputRequest {
  std::vector<std::string> paths;
  std::string stdin_filename;  // "" for `<stdin>`
  std::string environment;     // the overlay to look for; "" to take it from the environment variables
};

// The files that the paths stand for. A directory stands for its configuration
// files, hidden ones left out, subdirectories not entered; beside a base file
// its overlay, `honua.NAME.hcl` for instance, is laid over the others for the environment NAME only.
// Without paths:
// HONUA_CONFIG, else HONUA_CONFIG_PATH, else what is found in the current
// directory (base_file_names).
[[nodiscard]] InputFiles find_input_files(const InputRequest& request, const FileSystem& files,
                                          const Environment& environment);

// The path that stands in for those that are not given: the value of
// HONUA_CONFIG, else of HONUA_CONFIG_PATH, with the name of the variable.
struct ConfiguredPath {
  std::string path;
  std::string variable;
};
[[nodiscard]] std::optional<ConfiguredPath> configured_path(const Environment& environment);

// Looked for in the current directory when no path is given; the first one
// that exists is the configuration. `honua.NAME.hcl`, `honua.NAME.honua` or
// `honua.NAME.hcl.json` of the environment NAME is laid over it.
inline constexpr std::string_view base_file_names[] = {
    "honua.config.hcl", "honua.config.honua", "honua.hcl", "honua.honua", "config.hcl", "config.honua"};

// What a path's name says of the file. `.HCL` is the same as `.hcl`: such files come from systems that ignore
// case.
[[nodiscard]] bool is_native_name(std::string_view path);  // *.hcl, *.honua
[[nodiscard]] SourceForm form_of(std::string_view path);   // native also for names that say nothing

// `directory/name`; just the name in the current directory.
[[nodiscard]] std::string join_path(const std::string& directory, const std::string& name);

// Whether a file of this name is read where its directory is named. Hidden ones are editors' and tools', such
// as this tool's own `.honua.hcl`.
[[nodiscard]] bool is_configuration_name(std::string_view name);

// Whether a file of this name may be read where no path is given.
[[nodiscard]] bool is_discovered_name(const std::string& name);

// Whether a text can name an environment: it becomes part of a file's name.
[[nodiscard]] bool is_environment_name(std::string_view name);

}  // namespace honua::commands
