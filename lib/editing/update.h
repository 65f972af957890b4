// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "source/edit.h"
#include "source/source_file.h"

namespace honua::editing {

// What becomes of a file that is brought up to date. Lists have a line each, with the address in front.
struct Update {
  source::EditGroup edits;            // none: there is nothing to change
  std::vector<std::string> added;     // "layer.roads: the table `roads`"
  std::vector<std::string> changed;   // "layer.roads.geometry.srid: 3857 -> 4326"
  std::vector<std::string> flagged;   // what is there, and is not elsewhere, and stays
  std::vector<std::string> warnings;  // what users have to know, each a sentence's worth
};

// Whether the edits make HCL of a file that is some.
[[nodiscard]] bool is_sound(const source::SourceFile& file, const source::EditGroup& edits);
// What to say of edits that do not.
[[nodiscard]] tl::unexpected<Error> unsound();

}  // namespace honua::editing
