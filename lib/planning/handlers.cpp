// SPDX-License-Identifier: MIT
#include "planning/handlers.h"

#include <array>

#include "base/assert.h"

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
