// SPDX-License-Identifier: MIT
#pragma once

#include <sys/types.h>

#include <set>
#include <vector>

namespace honua {

// What this process starts from now on, and what that starts. Processes whose parents have ended count, too,
// if this process adopts them (PR_SET_CHILD_SUBREAPER).
class Descendants {
 public:
  Descendants();

  // Sends a signal to each.
  void send(int signal) const;
  // Whether one runs that has not ended.
  [[nodiscard]] bool any() const { return !find().empty(); }
  // Ends them all, whatever they start meanwhile.
  void end() const;

 private:
  [[nodiscard]] std::vector<pid_t> find() const;

  std::set<pid_t> others_;  // that were there before
};

}  // namespace honua
