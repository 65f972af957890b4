// SPDX-License-Identifier: MIT
#include "watching/service_manager.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "base/file_descriptor.h"
#include "text/words.h"

namespace honua::watching {

namespace {

std::optional<std::uint64_t> read_number(const std::optional<std::string>& text) {
  return text ? text::read_whole_number<std::uint64_t>(*text) : std::nullopt;
}

}  // namespace

ServiceManager::ServiceManager(const Environment& environment)
    : socket_(environment.get("NOTIFY_SOCKET").value_or("")) {
  const auto microseconds = read_number(environment.get("WATCHDOG_USEC"));
  const auto process = read_number(environment.get("WATCHDOG_PID"));
  const bool is_ours = !process || *process == static_cast<std::uint64_t>(::getpid());
  // Less than a millisecond is what no service can keep.
  if (microseconds && *microseconds >= 2000 && is_ours)
    watchdog_ = std::chrono::milliseconds(*microseconds / 2000);
}

void ServiceManager::tell(std::string_view state) const {
  sockaddr_un address{};
  // A path, or a name without a file, which starts with a NUL byte where the variable has `@`.
  if (socket_.size() < 2 || socket_.size() >= sizeof address.sun_path) return;
  if (socket_.front() != '/' && socket_.front() != '@') return;
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, socket_.data(), socket_.size());
  if (socket_.front() == '@') address.sun_path[0] = '\0';
  const FileDescriptor sender(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!sender.valid()) return;
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket_.size());
  (void)::sendto(sender.number(), state.data(), state.size(), MSG_NOSIGNAL,
                 reinterpret_cast<const sockaddr*>(&address), size);  // NOLINT: the interface of sockets
}

void ServiceManager::tell_ready(std::string_view status) const {
  tell("READY=1\nSTATUS=" + std::string(status));
}

void ServiceManager::tell_reloading() const {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  constexpr std::int64_t million = 1'000'000;
  const std::int64_t microseconds = now.tv_sec * million + now.tv_nsec / 1000;
  tell("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(microseconds));
}

}  // namespace honua::watching
