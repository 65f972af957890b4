// SPDX-License-Identifier: MIT
#pragma once

#include <csignal>

namespace honua {

// Keeps all signals from the calling thread as long as it lives, and from the threads that are begun
// meanwhile for ever: whoever handles signals is the one who began them.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all{};
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_{};
};

}  // namespace honua
