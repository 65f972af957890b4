// SPDX-License-Identifier: MIT
#include "coordination/store.h"

#include <algorithm>
#include <utility>

#include "coordination/directory_store.h"
#include "coordination/redis_store.h"
#include "redis/target.h"
#include "text/digest.h"
#include "text/mask.h"
#include "text/sanitize.h"

namespace honua::coordination {

namespace {

constexpr std::string_view directory_scheme = "dir:";

// Whoever sees a fingerprint could try values until one fits; of so few digits many fit. That two
// environments differ shows all the same, but for one time in 65,536.
constexpr std::size_t fingerprint_digits = 4;

constexpr std::size_t max_lease_name = 64;

}  // namespace

bool is_lease_name(std::string_view name) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  };
  return !name.empty() && name.size() <= max_lease_name && name.front() != '.' &&
         std::ranges::all_of(name, fits);
}

std::string fingerprint_of(std::string_view epoch, std::string_view environment_hash) {
  return text::sha256(std::string(epoch) + "\n" + std::string(environment_hash))
      .substr(0, fingerprint_digits);
}

StoreResult<void> Store::announce(const std::string& /*path*/) {
  return trouble(StoreTrouble::refused, "only a store in Redis has a channel that servers listen to");
}

StoreResult<std::optional<VersionRecord>> version_for(Store& store, const StoreState& state,
                                                      const std::string& instance, std::uint64_t runs) {
  std::optional<VersionRecord> found = state.head;
  while (found && found->version > state.promoted && found->version > runs && !found->canaries.empty() &&
         std::ranges::find(found->canaries, instance) == found->canaries.end()) {
    if (found->version == 1) return std::optional<VersionRecord>();
    auto before = store.version(found->version - 1);
    if (!before) return tl::unexpected(before.error());
    found = *std::move(before);
  }
  return found;
}

bool is_store_url(std::string_view text) {
  return text.starts_with(directory_scheme) || redis::is_redis_url(text);
}

StoreResult<std::unique_ptr<Store>> open_store(std::string_view url, const StoreOptions& options) {
  if (redis::is_redis_url(url)) {
    auto opened = RedisStore::open(url, options);
    if (!opened) return tl::unexpected(opened.error());
    return std::unique_ptr<Store>(*std::move(opened));
  }
  if (!is_store_url(url) || url.size() == directory_scheme.size())
    return trouble(StoreTrouble::refused,
                   text::quoted(text::mask_secrets(std::string(url))) +
                       " names no store, as `dir:/var/lib/honua` and `redis://host` do");
  auto opened = DirectoryStore::open(std::string(url.substr(directory_scheme.size())), options);
  if (!opened) return tl::unexpected(opened.error());
  return std::unique_ptr<Store>(*std::move(opened));
}

}  // namespace honua::coordination
