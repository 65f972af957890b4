// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "commands/command.h"
#include "coordination/store.h"
#include "snapshot/document.h"

namespace CLI {
class App;
}

// What the commands have in common that work on a store.
namespace honua::commands {

struct StoreAccess {
  std::string url;  // "" for HONUA_STORE
  bool is_insecure = false;
};
void add_store_options(CLI::App& app, StoreAccess& access);

// The store, or nothing, with a message. `creates`: where there is none.
[[nodiscard]] std::unique_ptr<coordination::Store> open_named_store(const StoreAccess& access,
                                                                    CommandEnv& env, bool creates = false);

// How it is opened, with the passwords that the environment has for it.
[[nodiscard]] coordination::StoreOptions store_options(const StoreAccess& access, const CommandEnv& env,
                                                       bool creates = false);

// Says what is wrong with a store, and what helps.
void print_trouble(const coordination::StoreError& error, const coordination::Store& store, CommandEnv& env);

// "dir:PATH@12", "redis://host@head": a version of a store.
struct StoreVersionSpec {
  std::string url;
  std::optional<std::uint64_t> version;  // nothing for the head
};
// Nothing if a text is none.
[[nodiscard]] std::optional<StoreVersionSpec> read_store_version(std::string_view text);

// A version of a store, and its snapshot.
struct StoredVersion {
  coordination::VersionRecord record;
  snapshot::Document document;  // called by the store and the version
};
// A snapshot of a store by its hash; `name`: what messages call it.
[[nodiscard]] coordination::StoreResult<snapshot::Document> read_snapshot(coordination::Store& store,
                                                                          const std::string& hash,
                                                                          std::string name);
// Of nothing the head. Nothing, with a message, where that cannot be had.
[[nodiscard]] std::optional<StoredVersion> fetch_version(coordination::Store& store,
                                                         std::optional<std::uint64_t> version,
                                                         CommandEnv& env);

// Who publishes: HONUA_AUTHOR, or the user that runs the program.
[[nodiscard]] std::string default_author(const CommandEnv& env);
[[nodiscard]] std::string host_name();
// "host:1234": who holds a lease.
[[nodiscard]] std::string lease_owner();

// How long a lease lasts that its holder does not renew, and how long it is waited for.
inline constexpr std::chrono::milliseconds usual_lease{10'000};
inline constexpr std::chrono::milliseconds usual_lease_patience{15'000};

}  // namespace honua::commands
