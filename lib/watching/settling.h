// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "watching/debounce.h"

namespace honua::watching {

// How long what looks like half of a save may stay so before it is told. A save in several steps (truncate,
// write, write; or remove, create) is one change.
inline constexpr Duration empty_hold{250};
inline constexpr Duration invalid_hold{250};
inline constexpr Duration missing_hold{2000};

// Decides whether what was found is told, or looked at once more.
class Settling {
 public:
  enum class Finding : std::uint8_t {
    sound,    // a configuration that can be used
    invalid,  // one with errors
    empty,    // a file without anything in it
    missing,  // a file is not there
  };

  // What was found at a time. `hash`: of the content, so that other mistakes are others. Whether it is to be
  // told now. `at_once`: somebody waits for it, and it is told however it looks.
  [[nodiscard]] bool tell(Finding finding, const std::string& hash, TimePoint now, bool at_once = false);
  // When to look again if nothing happens; nothing if there is no need to.
  [[nodiscard]] std::optional<TimePoint> due() const;

 private:
  struct Held {
    Finding finding;
    std::string hash;
    TimePoint since;
  };
  static Duration hold_of(Finding finding);

  std::optional<Held> held_;
  // What was told last, and is not told again.
  Finding told_ = Finding::sound;
  std::string told_hash_;
};

}  // namespace honua::watching
