// SPDX-License-Identifier: MIT
#include "commands/history_command.h"

#include <ostream>
#include <utility>

#include <CLI/CLI.hpp>

#include "commands/messages.h"
#include "commands/read_count.h"
#include "text/json_writer.h"
#include "text/sanitize.h"
#include "watching/event.h"

namespace honua::commands {

namespace {

using coordination::VersionKind;
using coordination::VersionRecord;

constexpr std::uint32_t usual_limit = 20;

// "rollback to version 3 by ops at alpha: message"
std::string line_of(const VersionRecord& record) {
  std::string line = std::to_string(record.version) + "  " + watching::time_text(record.time) + "  " +
                     record.hash.substr(0, sizeof "sha256:" - 1 + 12) + "  " +
                     std::string(to_string(record.kind));
  if (record.of) line += " to version " + std::to_string(*record.of);
  line += " by " + text::printable(record.author);
  if (!record.host.empty()) line += " at " + text::printable(record.host);
  if (!record.message.empty()) line += ": " + text::printable(record.message);
  line += "\n";
  if (!record.summary.empty()) line += "    " + text::printable(record.summary) + "\n";
  return line;
}

void write_record(const VersionRecord& record, text::JsonWriter& json) {
  json.begin_object();
  json.key("version").integer(record.version);
  json.key("hash").string(record.hash);
  json.key("kind").string(to_string(record.kind));
  json.key("of");
  if (record.of)
    json.integer(*record.of);
  else
    json.null();
  json.key("fence").integer(record.fence);
  json.key("time").string(watching::time_text(record.time));
  json.key("author").string(record.author);
  json.key("host").string(record.host);
  json.key("message").string(record.message);
  json.key("summary").string(record.summary);
  json.key("chain").string(record.chain);
  json.end_object();
}

}  // namespace

void HistoryCommand::add_options(CLI::App& app) {
  add_store_options(app, access_);
  add_text_option(app, "--limit", "N", "how many versions (default: 20)", limit_);
  add_flag(app, "--all", "also those that say that a lease was taken over", all_);
  add_result_format_option(app, format_);
}

void HistoryCommand::write(const std::vector<VersionRecord>& records, CommandEnv& env) const {
  if (format_ == ResultFormat::human) {
    for (const VersionRecord& one : records) env.out << line_of(one);
    return;
  }
  text::JsonWriter json(2);
  json.begin_object();
  json.key("format_version").string("1.0");
  json.key("versions");
  json.begin_array();
  for (const VersionRecord& one : records) write_record(one, json);
  json.end_array();
  json.end_object();
  env.out << std::move(json).take() << "\n";
}

ExitCode HistoryCommand::run(CommandEnv& env) {
  std::optional<std::uint32_t> limit;
  if (!read_count_option(limit_, "--limit", limit, env)) return ExitCode::usage;
  const auto store = open_named_store(access_, env);
  if (!store) return ExitCode::failure;
  const std::size_t wanted = limit.value_or(usual_limit);
  // Those that are left out make room for others.
  std::vector<VersionRecord> records;
  auto head = store->head();
  if (!head) {
    print_trouble(head.error(), *store, env);
    return ExitCode::failure;
  }
  std::uint64_t number = *head ? (*head)->version : 0;
  for (; number > 0 && records.size() < wanted; --number) {
    auto record = store->version(number);
    if (!record) {
      print_trouble(record.error(), *store, env);
      return ExitCode::failure;
    }
    if (all_ || record->kind != VersionKind::barrier) records.push_back(*std::move(record));
  }
  write(records, env);
  if (number > 0 && format_ == ResultFormat::human)
    print_note(env, "there are older versions: see `--limit`");
  return ExitCode::done;
}

}  // namespace honua::commands
