// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/upstream.h"

namespace honua::validation {

struct ExampleFile {
  std::string name;
  std::string text;
};

// A line of an example that starts the file NAME: `--- NAME`.
inline constexpr std::string_view example_file_mark = "--- ";

// The files of an example. One that doesn't begin with `--- NAME` is
// `honua.hcl`.
[[nodiscard]] std::vector<ExampleFile> split_example(std::string_view example);

// A whole configuration in good order around an example: for each of the
// blocks that a configuration should have (`honua`, `data_source "db"`,
// `service "ogc_api"`, `layer "roads"`) and that the example has none of, a
// plain one is put into a file of its own, so that a broken example stays as it
// is. Around a `honua` block for production it is a configuration fit for
// production, with a Redis cache and a rate limit. `option` is the one that the
// rule is found with: for `--target upstream` all is one file in a form that the
// server reads.
[[nodiscard]] std::vector<ExampleFile> example_files(std::string_view example, std::string_view option = {});

}  // namespace honua::validation
