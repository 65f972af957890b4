// SPDX-License-Identifier: MIT
#include <array>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "connection/connection_text.h"
#include "validation/areas.h"

// Read-only data sources.
namespace honua::validation {

namespace {

using connection::find_provider;
using connection::Provider;

constexpr Rule no_primary{"H2101", "replica-without-primary", Severity::error, "data-source",
                          "a replica has a writable data source of the same provider"};
constexpr Rule lag_unfit{"H2102", "replication-lag-unfit", Severity::warning, "data-source",
                         "`max_replication_lag` belongs to a replica and is a sensible time"};
constexpr Rule many_primaries{"H2104", "replica-of-many", Severity::warning, "data-source",
                              "where there are replicas, their provider has one writable data source"};
constexpr Rule old_spelling{"H2106", "read-only-in-settings", Severity::warning, "data-source",
                            "`read_only` stands directly in the data source"};
constexpr Rule flags_dropped{"H2107", "replica-needs-environment", Severity::info, "data-source",
                             "replicas are also made known through `ReadReplica__*`"};

constexpr double longest_lag = 300;

void check_lag(const Block& source, Check& check) {
  const Setting* lag = source.find("max_replication_lag");
  if (is_absent(lag)) return;
  const Setting* read_only = source.find("read_only");
  const auto seconds = number_of(lag);
  if (seconds && *seconds < 1) {
    check.report_as(Severity::error, lag_unfit, lag->range, "`max_replication_lag` is less than 1 second")
        .suggest("30 to 60 seconds are usual");
  } else if (is_absent(read_only) || read_only->boolean() == false) {
    check
        .report(lag_unfit, lag->name_range(),
                "`max_replication_lag` means nothing here: " + address(source) + " is no replica")
        .suggest("add `read_only = true` or remove the line");
  } else if (seconds && *seconds > longest_lag) {
    check.report(lag_unfit, lag->range, "a replica may be more than five minutes behind and is still read")
        .suggest("30 to 60 seconds are usual");
  }
}

void check_spelling(const Block& source, Check& check) {
  const Setting* read_only = source.find("read_only");
  if (read_only == nullptr || read_only->schema() == source.schema->body.find("read_only")) return;
  check.report(old_spelling, read_only->name_range(), "`read_only` inside of `settings` is an old spelling")
      .suggest("write `read_only = true` directly in the data source");
}

struct Group {
  std::vector<const Block*> primaries;
  std::vector<const Block*> replicas;
};

struct Groups {
  std::unordered_map<std::string_view, Group> of_provider;
  bool are_all_known = true;  // else any data source may be the primary that is missing
};

Groups groups_of(const Configuration& configuration) {
  Groups groups;
  for (const Block& source : configuration.of(BlockType::data_source)) {
    const auto name = text_of(source.find("provider"));
    const Provider* provider = name ? find_provider(*name) : nullptr;
    const Setting* read_only = source.find("read_only");
    if (provider == nullptr || (!is_absent(read_only) && !read_only->boolean())) {
      groups.are_all_known = false;
      continue;
    }
    Group& group = groups.of_provider[provider->canonical];
    (is_read_only(source) ? group.replicas : group.primaries).push_back(&source);
  }
  return groups;
}

void report_many(const Group& group, Check& check) {
  auto& made = check.report(many_primaries, group.replicas.front()->find("read_only")->range,
                            address(*group.replicas.front()) + " becomes a replica of " +
                                std::to_string(group.primaries.size()) + " data sources, not of one");
  constexpr std::size_t most_labels = 3;
  for (std::size_t i = 0; i < group.primaries.size() && i < most_labels; ++i) {
    made.label(group.primaries[i]->label_range, "a writable data source of the same provider");
  }
  made.suggest(
      "the server gives every replica to every writable data source of its provider: serve them apart");
}

void check_groups(Check& check) {
  const Groups groups = groups_of(check.configuration());
  bool is_told = !check.is_production();
  for (const Block& source : check.configuration().of(BlockType::data_source)) {
    if (!is_read_only(source)) continue;
    const auto name = text_of(source.find("provider"));
    const Provider* provider = name ? find_provider(*name) : nullptr;
    if (provider == nullptr) continue;
    const Group& group = groups.of_provider.at(provider->canonical);
    const SourceRange range = source.find("read_only")->range;
    if (group.primaries.empty()) {
      if (!groups.are_all_known || !check.has_all_blocks()) continue;
      check
          .report(no_primary, range,
                  address(source) + " is a replica, but no data source of its provider is writable")
          .suggest("add the data source that it is a replica of, or remove `read_only`");
    } else if (group.primaries.size() > 1 && group.replicas.front() == &source) {
      report_many(group, check);
    }
    if (is_told) continue;
    is_told = true;
    check.report(flags_dropped, range, "servers up to now do not read `read_only` from the file")
        .suggest("set the variables `ReadReplica__*` for the server as well");
  }
}

constexpr std::array units = {
    each(BlockType::data_source, &check_lag),
    each(BlockType::data_source, &check_spelling),
    once(&check_groups),
};

constexpr std::array rules = {
    RuleInfo{
        &no_primary,
        "Replicas only take over reading. Without the database that they follow nothing can be written.",
        "data_source \"db\" {\n  provider   = \"postgresql\"\n  connection = env(\"REPLICA_URL\")\n  "
        "read_only  = true\n}\n",
        "data_source \"db\" {\n  provider   = \"postgresql\"\n  connection = env(\"DATABASE_URL\")\n}\n"
        "data_source \"replica\" {\n  provider   = \"postgresql\"\n  connection = env(\"REPLICA_URL\")\n  "
        "read_only  = true\n}\n"},
    RuleInfo{&lag_unfit,
             "The lag decides whether a replica may still be read. Data that is too old surprises users.",
             "data_source \"db\" {\n  provider            = \"postgresql\"\n  connection          = "
             "env(\"DATABASE_URL\")\n"
             "  max_replication_lag = 60\n}\n",
             "data_source \"db\" {\n  provider   = \"postgresql\"\n  connection = env(\"DATABASE_URL\")\n}\n"
             "data_source \"replica\" {\n  provider            = \"postgresql\"\n  connection          = "
             "env(\"REPLICA_URL\")\n  read_only           = true\n  max_replication_lag = 60\n}\n"},
    RuleInfo{&many_primaries,
             "The server cannot tell which database a replica follows. It reads other tables than it should.",
             "data_source \"db\" {\n  provider   = \"postgresql\"\n  connection = "
             "env(\"DATABASE_URL\")\n}\ndata_source \"archive\" {\n  provider   = \"postgresql\"\n  "
             "connection = env(\"ARCHIVE_URL\")\n}\ndata_source \"replica\" {\n  provider   = "
             "\"postgresql\"\n  connection = env(\"REPLICA_URL\")\n  read_only  = true\n}\nservice "
             "\"ogc_api\" {\n  enabled = true\n}\nservice \"odata\" {\n  enabled = true\n}\nlayer \"roads\" "
             "{\n  title       = \"Roads\"\n  data_source = data_source.db\n  table       = "
             "\"public.roads\"\n  id_field    = \"id\"\n  services    = [service.ogc_api]\n}\nlayer "
             "\"parks\" {\n  title       = \"Parks\"\n  data_source = data_source.archive\n  table       = "
             "\"public.parks\"\n  id_field    = \"id\"\n  services    = [service.odata]\n}\n",
             "data_source \"db\" {\n  provider   = \"postgresql\"\n  connection = "
             "env(\"DATABASE_URL\")\n}\ndata_source \"replica\" {\n  provider   = \"postgresql\"\n  "
             "connection = env(\"REPLICA_URL\")\n  read_only  = true\n}\n"},
    RuleInfo{&old_spelling,
             "The old spelling may go away, and readers look for `read_only` beside the connection.",
             "data_source \"db\" {\n  provider   = \"postgresql\"\n  connection = env(\"DATABASE_URL\")\n  "
             "settings = {\n"
             "    read_only = false\n  }\n}\n",
             "data_source \"db\" {\n  provider   = \"postgresql\"\n  connection = env(\"DATABASE_URL\")\n  "
             "read_only  = false\n}\n"},
    RuleInfo{&flags_dropped,
             "The server drops the flag while it reads the file, so that replicas get no requests.",
             "honua {\n  version       = \"1.0\"\n  environment   = \"production\"\n  allowed_hosts = "
             "[\"maps.example.org\"]\n  security {\n    require_https = true\n    hsts_enabled  = true\n  "
             "}\n}\ndata_source \"db\" {\n  provider     = \"postgresql\"\n  connection   = "
             "env(\"DATABASE_URL\")\n  health_check = \"SELECT 1\"\n  pool {\n    max_size = 20\n  "
             "}\n}\ndata_source \"replica\" {\n  provider     = \"postgresql\"\n  connection   = "
             "env(\"REPLICA_URL\")\n  read_only    = true\n  health_check = \"SELECT 1\"\n  pool {\n    "
             "max_size = 20\n  }\n}\n",
             "honua {\n  version       = \"1.0\"\n  environment   = \"production\"\n  allowed_hosts = "
             "[\"maps.example.org\"]\n  security {\n    require_https = true\n    hsts_enabled  = true\n  "
             "}\n}\ndata_source \"db\" {\n  provider     = \"postgresql\"\n  connection   = "
             "env(\"DATABASE_URL\")\n  health_check = \"SELECT 1\"\n  pool {\n    max_size = 20\n  }\n}\n"},
};

}  // namespace

const Area replica_area{units, rules};

}  // namespace honua::validation
