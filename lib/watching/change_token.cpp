// SPDX-License-Identifier: MIT
#include "watching/change_token.h"

namespace honua::watching {

ChangeRegistration& ChangeRegistration::operator=(ChangeRegistration&& other) noexcept {
  if (this != &other) {
    end();
    callback_ = std::move(other.callback_);
  }
  return *this;
}

void ChangeRegistration::end() {
  const std::shared_ptr<Callback> callback = std::move(callback_);
  if (callback == nullptr) return;
  callback->is_ended = true;
  // Waits for one that is running, which would wait for itself.
  if (callback->runner != std::this_thread::get_id()) const std::scoped_lock lock(callback->running);
}

ChangeRegistration ChangeToken::call_back(std::function<void()> function) {
  auto callback = std::make_shared<Callback>();
  callback->function = std::move(function);
  {
    const std::scoped_lock lock(mutex_);
    if (!has_changed_) {
      std::erase_if(callbacks_, [](const auto& one) { return one->is_ended.load(); });
      callbacks_.push_back(callback);
      return ChangeRegistration(std::move(callback));
    }
  }
  run(*callback);
  return {};
}

std::size_t ChangeToken::fire() {
  std::list<std::shared_ptr<Callback>> callbacks;
  {
    const std::scoped_lock lock(mutex_);
    if (has_changed_.exchange(true)) return 0;
    callbacks = std::move(callbacks_);
  }
  std::size_t failures = 0;
  for (const auto& one : callbacks) {
    if (!run(*one)) ++failures;
  }
  return failures;
}

bool ChangeToken::run(Callback& callback) {
  const std::scoped_lock lock(callback.running);
  if (callback.is_ended.exchange(true)) return true;
  callback.runner = std::this_thread::get_id();
  bool has_succeeded = true;
  try {
    callback.function();
  } catch (...) {
    has_succeeded = false;
  }
  callback.runner = std::thread::id();
  return has_succeeded;
}

}  // namespace honua::watching
