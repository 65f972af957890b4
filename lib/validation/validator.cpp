// SPDX-License-Identifier: MIT
#include "validation/validator.h"

#include <algorithm>
#include <array>

#include "syntax/rules.h"
#include "validation/areas.h"

namespace honua::validation {

std::span<const Area* const> areas() {
  static const std::array<const Area*, 22> listed = {
      &server_area,     &variable_area,         &environment_area,  &data_source_area,  &replica_area,
      &service_area,    &service_range_area,    &service_pair_area, &layer_area,        &field_area,
      &geometry_area,   &reference_system_area, &publication_area,  &reference_area,    &cache_area,
      &rate_limit_area, &storage_area,          &operations_area,   &availability_area, &security_area,
      &advice_area,     &upstream_area,
  };
  return listed;
}

std::vector<const RuleInfo*> all_rules() {
  std::vector<const RuleInfo*> rules;
  for (const Area* area : areas()) {
    for (const RuleInfo& info : area->rules) rules.push_back(&info);
  }
  std::sort(rules.begin(), rules.end(),
            [](const RuleInfo* a, const RuleInfo* b) { return a->rule->code < b->rule->code; });
  return rules;
}

namespace {

// Block by block, so that what is looked at stays in the processor's cache.
void check_blocks(BlockType type, Check& check) {
  std::vector<void (*)(const Block&, Check&)> checks;
  for (const Area* area : areas()) {
    for (const Unit& unit : area->units) {
      if (unit.check_block != nullptr && unit.type == type) checks.push_back(unit.check_block);
    }
  }
  for (const Block& block : check.configuration().of(type)) {
    if (block.is_header_broken) continue;
    for (const auto run : checks) run(block, check);
  }
}

}  // namespace

void validate(const Configuration& configuration, const Options& options, diagnostics::Diagnostics& sink) {
  if (options.target == Target::upstream) {
    // These forms are no HCL, but that server's only ones.
    sink.discard(syntax::rules::env_colon);
    sink.discard(syntax::rules::variable_assignment);
  }
  Check check(configuration, options, sink);
  for (const Area* area : areas()) {
    for (const Unit& unit : area->units) {
      if (unit.check_all != nullptr) unit.check_all(check);
    }
  }
  for (const config::BlockSchema& schema : config::block_schemas()) check_blocks(schema.type, check);
}

}  // namespace honua::validation
