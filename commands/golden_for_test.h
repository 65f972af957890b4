// SPDX-License-Identifier: MIT
#pragma once

#include <doctest/doctest.h>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

#include "base/file_system.h"

// Texts that users see, kept in files. HONUA_ACCEPT=1 writes what is found into
// them. For tests only.
namespace honua::commands {

[[nodiscard]] inline bool accepting() {
  const char* value = std::getenv("HONUA_ACCEPT");
  return value != nullptr && std::string(value) == "1";
}

[[nodiscard]] inline std::optional<std::string> read_golden(const std::string& path) {
  const auto content = RealFileSystem().read_file(path, std::size_t{1} << 24);
  return content ? std::optional(content->to_string()) : std::nullopt;
}

// Reports hold the names that were given, so cases are run where they are.
class WorkingDirectory {
 public:
  explicit WorkingDirectory(const std::string& directory) : before_(std::filesystem::current_path()) {
    std::filesystem::current_path(directory);
  }
  WorkingDirectory(const WorkingDirectory&) = delete;
  WorkingDirectory& operator=(const WorkingDirectory&) = delete;
  ~WorkingDirectory() { std::filesystem::current_path(before_); }

 private:
  std::filesystem::path before_;
};

// Compares a text with a file; no file stands for no text.
inline void check_golden(const std::string& path, const std::string& text) {
  CAPTURE(path);
  if (accepting() && text.empty()) {
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
  } else if (accepting() && read_golden(path) != text) {
    REQUIRE(RealFileSystem().write_file_atomically(path, text).has_value());
  }
  CHECK(text == read_golden(path).value_or(""));
}

}  // namespace honua::commands
