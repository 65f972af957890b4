// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "commands/check_files.h"
#include "config/effective.h"
#include "text/json_writer.h"

namespace honua::commands {

// What may be said of a value.
enum class ValueState : std::uint8_t {
  known,
  masked,   // it came from the environment, or looks like a secret
  unknown,  // it depends on what is not set here, or has an error
};
[[nodiscard]] std::string_view to_string(ValueState state);

struct ShownValue {
  ValueState state = ValueState::known;
  std::string text;  // as HCL has it; of secrets where they come from. One line, fit for printing.
};

// Turns effective values into texts that hold no secrets. The result of
// checking must outlive it.
class ValuePrinter {
 public:
  explicit ValuePrinter(const CheckResult& result);

  [[nodiscard]] ShownValue show(const config::EffectiveValue& value) const;
  // The value itself; only of a known one.
  static void write(const config::EffectiveValue& value, text::JsonWriter& json);

 private:
  ShownValue show(const config::Setting& setting, bool is_secret) const;
  ShownValue show_items(const config::Setting& setting, bool is_secret) const;
  [[nodiscard]] std::string source_of(const config::Setting& setting) const;

  const CheckResult& result_;
  std::vector<const evaluation::EnvironmentUse*> uses_;  // by place
};

}  // namespace honua::commands
