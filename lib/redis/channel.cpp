// SPDX-License-Identifier: MIT
#include "redis/channel.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <limits>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

#include "base/file_system.h"
#include "base/signals_blocked.h"

namespace honua::redis {

namespace {

struct FreeAddresses {
  void operator()(addrinfo* addresses) const noexcept { ::freeaddrinfo(addresses); }
};
using Addresses = std::unique_ptr<addrinfo, FreeAddresses>;

tl::unexpected<RedisError> unreachable(std::string message) {
  return trouble(Trouble::unreachable, std::move(message));
}

// So many look-ups that nobody waits for any more may go on; a resolver that hangs does so for half a minute.
constexpr int most_lookups = 16;
std::atomic<int>& lookups() {
  static std::atomic<int> count = 0;
  return count;
}

RedisResult<Addresses> look_up(const ServerAddress& address, int flags) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = flags;
  addrinfo* found = nullptr;
  const int result =
      ::getaddrinfo(address.host.c_str(), std::to_string(address.port).c_str(), &hints, &found);
  if (result == EAI_SYSTEM) return unreachable("its host is not found: " + describe_errno(errno));
  if (result != 0) return unreachable(std::string("its host is not found: ") + ::gai_strerror(result));
  return Addresses(found);
}

// What a thread finds that asks the resolver, which knows no deadline.
struct Lookup {
  std::mutex mutex;
  std::condition_variable is_over;
  std::optional<RedisResult<Addresses>> found;
};

RedisResult<Addresses> resolve(const ServerAddress& address, Deadline deadline) {
  // No name, nobody to ask.
  if (auto numeric = look_up(address, AI_NUMERICHOST)) return numeric;
  if (++lookups() > most_lookups) {
    --lookups();
    return unreachable("its host is not found: the resolver does not answer");
  }
  const auto lookup = std::make_shared<Lookup>();
  {
    const SignalsBlocked blocked;
    std::thread([lookup, address] {
      auto found = look_up(address, 0);
      const std::scoped_lock lock(lookup->mutex);
      lookup->found = std::move(found);
      lookup->is_over.notify_one();
      --lookups();
    }).detach();
  }
  std::unique_lock lock(lookup->mutex);
  if (!lookup->is_over.wait_until(lock, deadline, [&] { return lookup->found.has_value(); }))
    return unreachable("its host is not found in time");
  return *std::move(lookup->found);
}

// A connected socket that does not block.
RedisResult<FileDescriptor> connect_to(const addrinfo& where, Deadline deadline) {
  FileDescriptor made(
      ::socket(where.ai_family, where.ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, where.ai_protocol));
  if (!made.valid()) return unreachable("there is no socket for it: " + describe_errno(errno));
  const int on = 1;
  (void)::setsockopt(made.number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (::connect(made.number(), where.ai_addr, where.ai_addrlen) != 0) {
    if (errno != EINPROGRESS) return unreachable("it does not answer: " + describe_errno(errno));
    if (!wait_for(made.number(), Wanted::writable, deadline))
      return unreachable("it does not answer in time");
    int error = 0;
    socklen_t size = sizeof error;
    (void)::getsockopt(made.number(), SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0) return unreachable("it does not answer: " + describe_errno(error));
  }
  return made;
}

}  // namespace

bool wait_for(int socket, Wanted wanted, Deadline deadline) {
  while (true) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
    if (left <= 0) return false;
    pollfd waiting{socket, static_cast<short>(wanted == Wanted::readable ? POLLIN : POLLOUT), 0};
    const auto patience = std::min<std::int64_t>(left, std::numeric_limits<int>::max());
    const int ready = ::poll(&waiting, 1, static_cast<int>(patience));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
  }
}

RedisResult<Channel> Channel::open(const ServerAddress& address, const std::optional<TlsFiles>& tls,
                                   Deadline deadline) {
  const auto addresses = resolve(address, deadline);
  if (!addresses) return tl::unexpected(addresses.error());
  int left = 0;
  for (const addrinfo* one = addresses->get(); one != nullptr; one = one->ai_next) ++left;
  RedisResult<FileDescriptor> connected = unreachable("its host has no address");
  // One that swallows what it is sent leaves time for those behind it.
  for (const addrinfo* one = addresses->get(); one != nullptr && !connected; one = one->ai_next) {
    const auto now = std::chrono::steady_clock::now();
    connected = connect_to(*one, now + (deadline - now) / left--);
  }
  if (!connected) return tl::unexpected(connected.error());
  Channel made(*std::move(connected));
  if (tls) {
    auto channel = TlsChannel::open(made.descriptor(), address.host, *tls, deadline);
    if (!channel) return tl::unexpected(channel.error());
    made.tls_ = *std::move(channel);
  }
  return made;
}

RedisResult<void> Channel::send(std::string_view bytes, Deadline deadline) {
  if (tls_) return tls_->send(bytes, deadline);
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_.number(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    } else if (errno == EAGAIN) {
      if (!wait_for(socket_.number(), Wanted::writable, deadline))
        return unreachable("it does not take what it is sent in time");
    } else if (errno != EINTR) {
      return unreachable("it ended the connection: " + describe_errno(errno));
    }
  }
  return {};
}

RedisResult<std::optional<std::size_t>> Channel::receive_now(char* bytes, std::size_t size) {
  if (tls_) return tls_->receive(bytes, size);
  while (true) {
    const ssize_t got = ::recv(socket_.number(), bytes, size, 0);
    if (got >= 0) return std::optional(static_cast<std::size_t>(got));
    if (errno == EAGAIN) return std::optional<std::size_t>();
    if (errno != EINTR) return unreachable("it ended the connection: " + describe_errno(errno));
  }
}

RedisResult<std::size_t> Channel::receive(char* bytes, std::size_t size, Deadline deadline) {
  while (true) {
    const auto got = receive_now(bytes, size);
    if (!got) return tl::unexpected(got.error());
    if (*got && **got == 0) return unreachable("it ended the connection");
    if (*got) return **got;
    if (!wait_for(socket_.number(), Wanted::readable, deadline))
      return unreachable("it does not answer in time");
  }
}

}  // namespace honua::redis
