// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

// Change tokens with the semantics of .NET's IChangeToken and ChangeToken.OnChange: a token fires once, and
// whoever wants to know of the next change takes the next token.
namespace honua::watching {

class ChangeToken;

// That somebody is to be called back. Ends with the object, or by end(): afterwards the callback does not run
// any more, and is not running, unless end() is called by the callback itself.
class ChangeRegistration {
 public:
  ChangeRegistration() = default;
  ChangeRegistration(ChangeRegistration&& other) noexcept : callback_(std::move(other.callback_)) {}
  ChangeRegistration& operator=(ChangeRegistration&& other) noexcept;
  ChangeRegistration(const ChangeRegistration&) = delete;
  ChangeRegistration& operator=(const ChangeRegistration&) = delete;
  ~ChangeRegistration() { end(); }

  void end();

 private:
  friend class ChangeToken;
  struct Callback {
    std::function<void()> function;
    std::mutex running;                  // held while it runs
    std::atomic<bool> is_ended = false;  // or has run
    std::atomic<std::thread::id> runner;
  };
  explicit ChangeRegistration(std::shared_ptr<Callback> callback) : callback_(std::move(callback)) {}

  std::shared_ptr<Callback> callback_;
};

// One change that is to come. Safe to use by several threads.
class ChangeToken {
 public:
  explicit ChangeToken(std::uint64_t id) : id_(id) {}
  ChangeToken(const ChangeToken&) = delete;
  ChangeToken& operator=(const ChangeToken&) = delete;
  ~ChangeToken() = default;

  // Grows from token to token of a source.
  [[nodiscard]] std::uint64_t id() const { return id_; }
  // Never goes back to false.
  [[nodiscard]] bool has_changed() const { return has_changed_; }

  // Calls back when the change comes, on the thread that tells it; at once if it has come. What a callback
  // throws is kept from others.
  [[nodiscard]] ChangeRegistration call_back(std::function<void()> function);

  // Tells the change, in the order of the registrations. The first call counts. How many callbacks threw.
  std::size_t fire();

 private:
  using Callback = ChangeRegistration::Callback;
  // Whether it did not throw.
  static bool run(Callback& callback);

  std::uint64_t id_;
  std::atomic<bool> has_changed_ = false;
  std::mutex mutex_;
  std::list<std::shared_ptr<Callback>> callbacks_;
};

// A value that changes, and the token of its next change. One thread publishes; any may read and register.
template <class Value>
class ChangeSource {
 public:
  struct State {
    std::shared_ptr<const Value> value;
    std::shared_ptr<ChangeToken> token;  // fires when the value is no longer the newest
  };

  explicit ChangeSource(Value first)
      : state_{std::make_shared<const Value>(std::move(first)), std::make_shared<ChangeToken>(1)} {}

  [[nodiscard]] State current() const {
    const std::scoped_lock lock(mutex_);
    return state_;
  }

  // Both the value and its token can be seen before anybody is told that the old ones are over, so that no
  // change falls between two tokens. How many callbacks threw.
  std::size_t publish(Value next) {
    std::shared_ptr<ChangeToken> old;
    {
      const std::scoped_lock lock(mutex_);
      old = state_.token;
      state_ = {std::make_shared<const Value>(std::move(next)), std::make_shared<ChangeToken>(old->id() + 1)};
    }
    return old->fire();
  }

 private:
  mutable std::mutex mutex_;
  State state_;
};

// Calls a consumer for changes of a source until it ends or is destroyed, as ChangeToken.OnChange does. Never
// two calls at once: what changes meanwhile comes in one more call, with the newest value. Must not outlive
// the source. After end() the consumer is not running, unless it called end() itself.
template <class Value>
class ChangeSubscription {
 public:
  using State = typename ChangeSource<Value>::State;
  using Consumer = std::function<void(const State&)>;

  ChangeSubscription(const ChangeSource<Value>& source, Consumer consumer)
      : source_(source), consumer_(std::move(consumer)) {
    listen(source_.current().token);
  }
  ChangeSubscription(const ChangeSubscription&) = delete;
  ChangeSubscription& operator=(const ChangeSubscription&) = delete;
  ~ChangeSubscription() { end(); }

  // How many calls threw.
  [[nodiscard]] std::size_t failures() const { return failures_; }

  void end() {
    std::unique_lock lock(mutex_);
    is_ended_ = true;
    ChangeRegistration registration = std::move(registration_);
    lock.unlock();
    registration.end();
    lock.lock();
    if (runner_ != std::this_thread::get_id()) idle_.wait(lock, [this] { return !is_running_; });
  }

 private:
  void listen(const std::shared_ptr<ChangeToken>& token) {
    ChangeRegistration registration = token->call_back([this] { changed(); });
    const std::scoped_lock lock(mutex_);
    if (!is_ended_ && !token->has_changed()) std::swap(registration_, registration);
  }

  void changed() {
    {
      const std::scoped_lock lock(mutex_);
      if (is_ended_) return;
      is_awaited_ = true;
      // Whoever runs the consumer runs it once more.
      if (std::exchange(is_running_, true)) return;
      runner_ = std::this_thread::get_id();
    }
    while (is_wanted()) {
      // The next token is taken before the consumer runs, and listened to afterwards: no change is lost.
      const State state = source_.current();
      try {
        consumer_(state);
      } catch (...) {
        ++failures_;
      }
      listen(state.token);
    }
  }

  // Whether there is something that the consumer has not been told.
  bool is_wanted() {
    const std::scoped_lock lock(mutex_);
    if (!is_ended_ && std::exchange(is_awaited_, false)) return true;
    is_running_ = false;
    runner_ = {};
    idle_.notify_all();
    return false;
  }

  const ChangeSource<Value>& source_;
  Consumer consumer_;
  std::atomic<std::size_t> failures_ = 0;
  std::mutex mutex_;  // of what follows
  std::condition_variable idle_;
  bool is_ended_ = false;
  bool is_running_ = false;
  bool is_awaited_ = false;
  std::thread::id runner_;
  ChangeRegistration registration_;
};

}  // namespace honua::watching
