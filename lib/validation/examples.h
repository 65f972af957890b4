// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "config/upstream.h"

namespace honua::validation {

// A whole configuration in good order around an example: for each of the
// blocks that a configuration should have (`honua`, `data_source "db"`,
// `service "ogc_api"`, `layer "roads"`) and that the example has none of, a
// plain one is put behind it. Around a `honua` block for production it is a
// configuration fit for production, with a Redis cache and a rate limit.
// What is added has a form that the target reads.
[[nodiscard]] std::string sample_configuration(std::string_view example,
                                               config::Target target = config::Target::any);

}  // namespace honua::validation
