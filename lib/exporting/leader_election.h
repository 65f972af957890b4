// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <vector>

#include "exporting/setting_reader.h"

// Internal to the module.
namespace honua::exporting {

// Settings of the election of a leader, from the members of such an object, which stands at `address`. What
// the server would refuse, or has no setting for, is told.
[[nodiscard]] std::vector<ServerSetting> leader_election(std::span<const config::Setting> members,
                                                         const std::string& address,
                                                         const SettingReader& reader,
                                                         diagnostics::Diagnostics& told);

}  // namespace honua::exporting
