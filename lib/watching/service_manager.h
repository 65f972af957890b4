// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/environment.h"

namespace honua::watching {

// Tells a service manager such as systemd how things are, by sd_notify's protocol: datagrams to the socket
// that `NOTIFY_SOCKET` names. Does nothing where there is none.
class ServiceManager {
 public:
  explicit ServiceManager(const Environment& environment);

  // "READY=1", "STATUS=...", lines joined by line feeds. What cannot be sent is lost.
  void tell(std::string_view state) const;
  void tell_ready(std::string_view status) const;
  // That a configuration is being taken over, as a service of `Type=notify-reload` has to say.
  void tell_reloading() const;

  // How often it wants to hear `WATCHDOG=1`; half of what it allows. Nothing if it does not wait for it.
  [[nodiscard]] std::optional<std::chrono::milliseconds> watchdog() const { return watchdog_; }

 private:
  std::string socket_;
  std::optional<std::chrono::milliseconds> watchdog_;
};

}  // namespace honua::watching
