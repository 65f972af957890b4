// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <vector>

#include "config/loader.h"
#include "diagnostics/diagnostics.h"
#include "exporting/server_setting.h"

namespace honua::exporting {

// The server's own settings that the effective configuration of these files, which must have no errors, comes
// to: connections, replicas, high availability and the election of a leader, those of a section one after the
// other. Values from the environment stay references; no environment is asked for anything.
//
// `told` gets a warning for each thing that the server does not take from the configuration and that has no
// place among these settings either, at its place; secrets, which are never written, are among them. It gets
// an error where the server would refuse a setting. Of services and layers nothing is said: the server reads
// them from the configuration.
[[nodiscard]] std::vector<ServerSetting> export_settings(std::span<const config::LoadInput> inputs,
                                                         diagnostics::Diagnostics& told);

}  // namespace honua::exporting
