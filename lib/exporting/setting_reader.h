// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "config/environment_places.h"
#include "config/loader.h"
#include "config/text_parts.h"
#include "diagnostics/diagnostics.h"
#include "exporting/server_setting.h"

namespace honua::exporting {

// What settings come to, as far as it can be written. `loaded` was loaded from the inputs in an environment
// without any variable.
class SettingReader {
 public:
  // All of these must outlive it.
  SettingReader(std::span<const config::LoadInput> inputs, const config::Loaded& loaded,
                diagnostics::Diagnostics& told);

  // Whether what it comes to may be another thing where the server runs.
  [[nodiscard]] bool is_dependent(const config::Setting& setting) const;

  // A scalar's value, without a section and a name. Nothing if it cannot be written, which is told: it holds
  // a secret, or is computed from the environment.
  [[nodiscard]] std::optional<ServerSetting> read(const config::Setting& setting,
                                                  const std::string& address) const;

 private:
  [[nodiscard]] std::optional<ServerSetting> read_dependent(const config::Setting& setting,
                                                            const std::string& address) const;
  [[nodiscard]] std::optional<ServerSetting> read_parts(std::vector<config::TextPart> parts,
                                                        const config::Setting& setting,
                                                        const std::string& address) const;
  [[nodiscard]] std::optional<ServerSetting> read_number(const config::Setting& setting,
                                                         const std::string& address) const;
  [[nodiscard]] std::optional<ServerSetting> read_text(const config::Setting& setting,
                                                       const std::string& address) const;
  std::nullopt_t refuse_secret(const config::Setting& setting, const std::string& address) const;

  config::TextParts texts_;
  config::EnvironmentPlaces uses_;
  diagnostics::Diagnostics& told_;
};

}  // namespace honua::exporting
