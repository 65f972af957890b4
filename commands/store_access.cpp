// SPDX-License-Identifier: MIT
#include "commands/store_access.h"

#include <pwd.h>
#include <unistd.h>

#include <array>
#include <climits>
#include <utility>

#include "commands/messages.h"
#include "commands/shared_options.h"
#include "text/sanitize.h"
#include "text/words.h"

namespace honua::commands {

namespace {

using coordination::StoreError;
using coordination::StoreTrouble;

std::string help_for(const StoreError& error) {
  switch (error.trouble) {
    case StoreTrouble::missing:
      return "`honua publish --init` makes one; if there was one, look for a backup of it first";
    case StoreTrouble::corrupt: return "`honua store verify` lists all that is wrong with it";
    case StoreTrouble::refused:
      return error.message.ends_with("written by everybody")
                 ? "take the right to write it from others, or use it all the same with `--insecure-store`"
                 : "";
    case StoreTrouble::unavailable: break;
  }
  return "";
}

}  // namespace

void add_store_options(CLI::App& app, StoreAccess& access) {
  add_text_option(app, "--store", "URL",
                  "the store, such as dir:/var/lib/honua or redis://host (default: HONUA_STORE)", access.url);
  add_flag(app, "--insecure-store", "use a directory that everybody may write", access.is_insecure);
}

std::unique_ptr<coordination::Store> open_named_store(const StoreAccess& access, CommandEnv& env,
                                                      bool creates) {
  const std::string url = access.url.empty() ? env.environment.get("HONUA_STORE").value_or("") : access.url;
  if (url.empty()) {
    print_error(env, "there is no store named",
                {"name it with `--store dir:PATH` or `--store redis://HOST`, or in HONUA_STORE"});
    return nullptr;
  }
  auto opened = coordination::open_store(url, store_options(access, env, creates));
  if (opened) return *std::move(opened);
  print_error(env, opened.error().message, {help_for(opened.error())});
  return nullptr;
}

coordination::StoreOptions store_options(const StoreAccess& access, const CommandEnv& env, bool creates) {
  coordination::StoreOptions options;
  options.creates = creates;
  options.is_insecure = access.is_insecure;
  options.redis_password = env.environment.get("HONUA_REDIS_PASSWORD").value_or("");
  options.sentinel_password = env.environment.get("HONUA_REDIS_SENTINEL_PASSWORD").value_or("");
  return options;
}

void print_trouble(const StoreError& error, const coordination::Store& store, CommandEnv& env) {
  // What a store that is there lacks, no `--init` makes.
  const std::string help = error.trouble == StoreTrouble::missing ? "" : help_for(error);
  print_error(env, store.name() + ": " + error.message, {help});
}

std::optional<StoreVersionSpec> read_store_version(std::string_view text) {
  if (!coordination::is_store_url(text)) return std::nullopt;
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos) return StoreVersionSpec{std::string(text), std::nullopt};
  const std::string_view number = text.substr(at + 1);
  StoreVersionSpec spec{std::string(text.substr(0, at)), std::nullopt};
  if (number == "head") return spec;
  spec.version = text::read_whole_number<std::uint64_t>(number);
  // A directory may have the sign in its name.
  if (spec.version.value_or(0) == 0) return StoreVersionSpec{std::string(text), std::nullopt};
  return spec;
}

std::optional<StoredVersion> fetch_version(coordination::Store& store, std::optional<std::uint64_t> version,
                                           CommandEnv& env) {
  const auto refuse = [&](const StoreError& error) {
    print_trouble(error, store, env);
    return std::nullopt;
  };
  std::optional<coordination::VersionRecord> record;
  if (version) {
    auto found = store.version(*version);
    if (!found) return refuse(found.error());
    record = *std::move(found);
  } else {
    auto head = store.head();
    if (!head) return refuse(head.error());
    if (!*head) return refuse({StoreTrouble::missing, "the store is empty"});
    record = *std::move(head);
  }
  auto document = read_snapshot(store, record->hash, store.name() + "@" + std::to_string(record->version));
  if (!document) return refuse(document.error());
  return StoredVersion{*std::move(record), *std::move(document)};
}

coordination::StoreResult<snapshot::Document> read_snapshot(coordination::Store& store,
                                                            const std::string& hash, std::string name) {
  auto text = store.object(hash);
  if (!text) return tl::unexpected(text.error());
  auto document = snapshot::Document::from_canonical(std::move(name), *std::move(text));
  if (!document) return coordination::trouble(StoreTrouble::corrupt, "what the version names is no snapshot");
  return *std::move(document);
}

std::string default_author(const CommandEnv& env) {
  if (const auto author = env.environment.get("HONUA_AUTHOR"); author && !author->empty()) return *author;
  if (const auto user = env.environment.get("USER"); user && !user->empty()) return *user;
  std::array<char, 1024> buffer{};
  passwd entry{};
  passwd* found = nullptr;
  if (::getpwuid_r(::getuid(), &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr)
    return found->pw_name;
  return std::to_string(::getuid());
}

std::string host_name() {
  std::array<char, HOST_NAME_MAX + 1> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

std::string lease_owner() { return host_name() + ":" + std::to_string(::getpid()); }

}  // namespace honua::commands
