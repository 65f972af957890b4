// SPDX-License-Identifier: MIT
#include "commands/command_table.h"

#include <array>

#include "commands/explain_command.h"
#include "commands/export_command.h"
#include "commands/fmt_command.h"
#include "commands/history_command.h"
#include "commands/init_command.h"
#include "commands/introspect_command.h"
#include "commands/lock_command.h"
#include "commands/merge_command.h"
#include "commands/migrate_command.h"
#include "commands/plan_command.h"
#include "commands/publish_command.h"
#include "commands/pull_command.h"
#include "commands/render_command.h"
#include "commands/rollback_command.h"
#include "commands/schema_command.h"
#include "commands/show_command.h"
#include "commands/snapshot_command.h"
#include "commands/status_command.h"
#include "commands/store_command.h"
#include "commands/validate_command.h"
#include "commands/watch_command.h"

namespace honua::commands {

namespace {

template <class T>
std::unique_ptr<Command> make() {
  return std::make_unique<T>();
}

constexpr std::array table = {
    CommandEntry{"init", "write a configuration to begin with", "init:v2", init_examples, &make<InitCommand>},
    CommandEntry{"validate", "check configuration files", "validate", validate_examples,
                 &make<ValidateCommand>},
    CommandEntry{"fmt", "put files into canonical style", "", fmt_examples, &make<FmtCommand>},
    CommandEntry{"plan", "tell what a change of the configuration means", "plan", plan_examples,
                 &make<PlanCommand>},
    CommandEntry{"snapshot", "write the effective configuration in canonical form", "", snapshot_examples,
                 &make<SnapshotCommand>},
    CommandEntry{"merge", "merge three versions of a file by address", "", merge_examples,
                 &make<MergeCommand>},
    CommandEntry{"introspect", "write the configuration that serves a database", "introspect",
                 introspect_examples, &make<IntrospectCommand>},
    CommandEntry{"migrate", "write the configuration for the metadata of older servers", "migrate",
                 migrate_examples, &make<MigrateCommand>},
    CommandEntry{"watch", "tell of changes once they are sound, and keep to the last good configuration", "",
                 watch_examples, &make<WatchCommand>},
    CommandEntry{"publish", "make the configuration the next version of a store", "", publish_examples,
                 &make<PublishCommand>},
    CommandEntry{"history", "list the versions of a store", "", history_examples, &make<HistoryCommand>},
    CommandEntry{"pull", "write the configuration of a version", "", pull_examples, &make<PullCommand>},
    CommandEntry{"rollback", "publish an older version once more", "", rollback_examples,
                 &make<RollbackCommand>},
    CommandEntry{"status", "tell whether all instances run the same", "", status_examples,
                 &make<StatusCommand>},
    CommandEntry{"lock", "run a program while nobody else does", "", lock_examples, &make<LockCommand>},
    CommandEntry{"store", "look after a store", "", store_examples, &make<StoreCommand>},
    CommandEntry{"render", "write the configuration for the server at hand", "", render_examples,
                 &make<RenderCommand>},
    CommandEntry{"export", "write the server's own settings that the configuration comes to", "",
                 export_examples, &make<ExportCommand>},
    CommandEntry{"explain", "tell what a rule means", "", explain_examples, &make<ExplainCommand>},
    CommandEntry{"show", "print what a configuration comes to", "", show_examples, &make<ShowCommand>},
    CommandEntry{"schema", "print what a configuration may contain", "", schema_examples,
                 &make<SchemaCommand>},
};

}  // namespace

std::span<const CommandEntry> all_commands() { return table; }

}  // namespace honua::commands
