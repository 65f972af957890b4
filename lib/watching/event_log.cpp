// SPDX-License-Identifier: MIT
#include "watching/event_log.h"

#include <utility>

namespace honua::watching {

void EventLog::add_reader(Reader reader) {
  const std::scoped_lock lock(mutex_);
  readers_.push_back(std::move(reader));
}

LoggedEventPointer EventLog::append(Event event) {
  // Numbering and handing on are one step: nobody reads a later event first.
  const std::scoped_lock lock(mutex_);
  event.sequence = ++last_;
  event.time = now_();
  std::string json = json_line(event);
  auto logged = std::make_shared<const LoggedEvent>(LoggedEvent{std::move(event), std::move(json)});
  kept_.push_back(logged);
  kept_bytes_ += logged->json.size();
  while (kept_.size() > kept_events || kept_bytes_ > kept_event_bytes) {
    kept_bytes_ -= kept_.front()->json.size();
    kept_.pop_front();
  }
  for (const Reader& reader : readers_) reader(logged);
  return logged;
}

std::vector<LoggedEventPointer> EventLog::since(std::uint64_t sequence) const {
  const std::scoped_lock lock(mutex_);
  std::vector<LoggedEventPointer> found;
  for (const LoggedEventPointer& one : kept_) {
    if (one->event.sequence > sequence) found.push_back(one);
  }
  return found;
}

std::uint64_t EventLog::last() const {
  const std::scoped_lock lock(mutex_);
  return last_;
}

}  // namespace honua::watching
