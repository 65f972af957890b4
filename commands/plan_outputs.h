// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "commands/command.h"
#include "commands/plan_formats.h"
#include "commands/plan_input.h"

namespace CLI {
class App;
}

namespace honua::commands {

// The files that a plan is written into, besides standard output.
class PlanOutputs {
 public:
  void add_options(CLI::App& app);
  // Takes what the options say; says what is wrong with it.
  [[nodiscard]] bool read(CommandEnv& env);

  [[nodiscard]] bool has_files() const { return !files_.empty(); }
  [[nodiscard]] bool has(PlanFormat format) const;
  [[nodiscard]] bool needs_texts() const;
  // Whether one of them is read by this very run, or written twice; says so. `others`: what is read besides
  // the sides, "" for none.
  [[nodiscard]] bool replace_inputs(const std::vector<const LoadedSnapshot*>& sides,
                                    const std::vector<std::string>& others, CommandEnv& env) const;
  // Writes all that can be written; whether that is all. Says what could not be.
  [[nodiscard]] bool write(const planning::PlanReport& report, const PlanTexts& texts, CommandEnv& env) const;

 private:
  struct File {
    PlanFormat format = PlanFormat::json;
    std::string path;
  };

  std::string out_;
  std::vector<File> files_;
};

}  // namespace honua::commands
