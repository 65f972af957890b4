// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>

#include "exporting/server_setting.h"

namespace honua::exporting {

// Settings as a document of application settings: an object for each section. Settings of one section follow
// each other. References are left out: JSON has no form for them.
[[nodiscard]] std::string write_appsettings(std::span<const ServerSetting> settings);

}  // namespace honua::exporting
