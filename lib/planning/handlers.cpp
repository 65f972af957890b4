// SPDX-License-Identifier: MIT
#include "planning/handlers.h"

#include <array>

#include "base/assert.h"
#include "text/sanitize.h"

namespace honua::planning {

const BlockHandlers& handlers_of(config::BlockType type) {
  static const std::array all = {&layer_handlers,   &service_handlers,       &data_source_handlers,
                                 &cache_handlers,   &rate_limit_handlers,    &honua_handlers,
                                 &logging_handlers, &observability_handlers, &attachment_storage_handlers,
                                 &import_handlers};
  for (const BlockHandlers* one : all) {
    if (one->type == type) return *one;
  }
  HONUA_ASSERT(false);
  return honua_handlers;
}

std::string setting_change(const Difference& difference) {
  return text::quoted(address_of(difference)) + " changes from " + from_to(difference);
}

void grade_switch(const Difference& difference, const ChangeRule& on, const ChangeRule& off, Grader& grader) {
  const auto both = flags(difference);
  if (!both) return grader.report_undecided(difference);
  if (both->before != both->after)
    grader.report(both->after ? on : off, difference, setting_change(difference));
}

void grade(const Difference& difference, const BlockHandlers& handlers, Grader& grader) {
  for (const Handler& one : handlers.handlers) {
    if (!matches(difference.path, one.pattern)) continue;
    const bool is_undecided = difference.before.is_undecided() || difference.after.is_undecided();
    return is_undecided && !one.takes_undecided ? grader.report_undecided(difference)
                                                : one.grade(difference, grader);
  }
  handlers.other(difference, grader);
}

}  // namespace honua::planning
