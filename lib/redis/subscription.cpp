// SPDX-License-Identifier: MIT
#include "redis/subscription.h"

#include <poll.h>
#include <sys/eventfd.h>

#include <array>
#include <cerrno>
#include <utility>

#include "base/file_system.h"
#include "base/signals_blocked.h"
#include "redis/client.h"

namespace honua::redis {

namespace {

void ring(const FileDescriptor& bell) {
  const std::uint64_t one = 1;
  // It is full only if it rings already.
  [[maybe_unused]] const ssize_t written = ::write(bell.number(), &one, sizeof one);
}

}  // namespace

Result<std::unique_ptr<Subscription>> Subscription::start(Target target, std::string channel,
                                                          std::chrono::milliseconds ping) {
  FileDescriptor wake(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
  FileDescriptor stop(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
  if (!wake.valid() || !stop.valid())
    return fail("cannot wait for messages of the store: " + describe_errno(errno));
  return std::unique_ptr<Subscription>(
      new Subscription(std::move(target), std::move(channel), ping, std::move(wake), std::move(stop)));
}

Subscription::Subscription(Target target, std::string channel, std::chrono::milliseconds ping,
                           FileDescriptor wake, FileDescriptor stop)
    : target_(std::move(target)),
      channel_(std::move(channel)),
      ping_(ping),
      wake_(std::move(wake)),
      stop_(std::move(stop)) {
  const SignalsBlocked blocked;
  thread_ = std::thread([this] { run(); });
}

Subscription::~Subscription() {
  ring(stop_);
  thread_.join();
}

void Subscription::take() const {
  std::uint64_t rung = 0;
  [[maybe_unused]] const ssize_t size = ::read(wake_.number(), &rung, sizeof rung);
}

void Subscription::wake() const { ring(wake_); }

bool Subscription::is_stopped_within(std::chrono::milliseconds time) const {
  return wait_for(stop_.number(), Wanted::readable, deadline_in(time));
}

void Subscription::run() {
  std::chrono::milliseconds backoff{0};
  while (!is_stopped_within(jittered(backoff, random_))) {
    auto session = open_master(target_);
    if (!session) {
      backoff = next_backoff(backoff);
      continue;
    }
    const std::uint64_t before = connections_;
    listen(*session);
    // Who lets us in and not listen may do so for long.
    if (connections_ > before) backoff = std::chrono::milliseconds(0);
    backoff = next_backoff(backoff);
  }
}

bool Subscription::take_messages(Session& session) {
  while (true) {
    const auto reply = session.take();
    if (!reply) return false;
    if (!*reply) return true;
    // A right that is missing does not come by itself.
    if ((*reply)->is_error()) return false;
    const auto& elements = (*reply)->elements;
    const bool is_first = !elements.empty() && elements.front().text == "subscribe";
    const bool is_message = elements.size() == 3 && elements.front().text == "message";
    if (is_first) ++connections_;
    if (is_message) ++messages_;
    // Whatever was said before it was heard is found by asking.
    if (is_first || is_message) wake();
  }
}

void Subscription::listen(Session& session) {
  if (!session.send({"SUBSCRIBE", channel_}, answer_timeout)) return;
  bool is_asked = true;
  auto heard = std::chrono::steady_clock::now();
  while (true) {
    const auto patience = is_asked ? pong_timeout : ping_;
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(heard + patience - std::chrono::steady_clock::now());
    std::array<pollfd, 2> waiting{pollfd{session.descriptor(), POLLIN, 0}, pollfd{stop_.number(), POLLIN, 0}};
    const int ready =
        left.count() <= 0 ? 0 : ::poll(waiting.data(), waiting.size(), static_cast<int>(left.count()));
    if (waiting[1].revents != 0) return;
    if (ready < 0 && errno == EINTR) continue;
    if (ready < 0) return;
    if (ready > 0) {
      if (!take_messages(session)) return;
      is_asked = false;
    } else {
      // It was asked, and says nothing.
      if (is_asked || !session.send({"PING"}, answer_timeout)) return;
      is_asked = true;
    }
    heard = std::chrono::steady_clock::now();
  }
}

}  // namespace honua::redis
