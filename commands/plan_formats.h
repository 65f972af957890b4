// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string>

#include "commands/shared_options.h"
#include "planning/plan_report.h"

namespace honua::commands {

enum class PlanFormat : std::uint8_t {
  human,
  concise,
  json,
  json_lines,
  markdown,
  sarif,
  github,
  gitlab,
  junit,
  checkstyle,
  rdjson,
  json_patch,
  merge_patch,
  unified,
};

inline constexpr std::array plan_formats = {
    Choice<PlanFormat>{"human", PlanFormat::human},
    Choice<PlanFormat>{"concise", PlanFormat::concise},
    Choice<PlanFormat>{"json", PlanFormat::json},
    Choice<PlanFormat>{"jsonl", PlanFormat::json_lines},
    Choice<PlanFormat>{"markdown", PlanFormat::markdown},
    Choice<PlanFormat>{"sarif", PlanFormat::sarif},
    Choice<PlanFormat>{"github", PlanFormat::github},
    Choice<PlanFormat>{"gitlab", PlanFormat::gitlab},
    Choice<PlanFormat>{"junit", PlanFormat::junit},
    Choice<PlanFormat>{"checkstyle", PlanFormat::checkstyle},
    Choice<PlanFormat>{"rdjson", PlanFormat::rdjson},
    Choice<PlanFormat>{"json-patch", PlanFormat::json_patch},
    Choice<PlanFormat>{"merge-patch", PlanFormat::merge_patch},
    Choice<PlanFormat>{"unified", PlanFormat::unified},
};

// What a format that shows whole snapshots takes of both sides: their texts as they may be written.
struct PlanTexts {
  std::string before;
  std::string after;
};

// Whether a format is made of the snapshots' texts.
[[nodiscard]] bool needs_texts(PlanFormat format);

// A plan in one of these forms. `texts` is needed by those that needs_texts() names.
[[nodiscard]] std::string render_plan(const planning::PlanReport& report, const PlanTexts& texts,
                                      PlanFormat format, bool color, std::chrono::sys_seconds time);

}  // namespace honua::commands
