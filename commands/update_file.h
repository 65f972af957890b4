// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include "base/result.h"
#include "commands/command.h"
#include "editing/update.h"
#include "syntax/tree.h"

namespace honua::commands {

// `--update FILE` and what belongs to it.
struct UpdateRequest {
  std::string file;    // "" if no file is to be updated
  std::string output;  // where the result goes; "" for the file itself, `-` for standard output
  bool diff = false;   // show what would change, write nothing
  bool check = false;  // tell whether anything would change, write nothing

  [[nodiscard]] bool only_shows() const { return diff || check; }
};

// `--update`, `--diff` and `--check`. `description`: what the file is made to be; `other`: "the database".
void add_update_options(CLI::App& app, const std::string& description, const std::string& other,
                        UpdateRequest& request);

// Whether the options go together. Says so on standard error.
[[nodiscard]] bool check_update(const UpdateRequest& request, CommandEnv& env);

struct UpdateSteps {
  // What becomes of a file without syntax errors.
  std::function<Result<editing::Update>(const syntax::Tree&)> make;
  // Whether it may be done: a message and help if not.
  struct Refusal {
    std::string message;
    std::string help;
    ExitCode code = ExitCode::failure;
  };
  std::function<std::optional<Refusal>(const editing::Update&)> refuse = nullptr;
  // Before the text is written: nothing if it may be.
  std::function<std::optional<ExitCode>(const std::string& text)> before_writing = nullptr;
};

// Brings a file up to date, and says on standard error what is done.
[[nodiscard]] ExitCode update_file(const UpdateRequest& request, const UpdateSteps& steps, CommandEnv& env);

}  // namespace honua::commands
