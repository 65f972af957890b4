// SPDX-License-Identifier: MIT
#include "coordination/publishing.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <utility>

namespace honua::coordination {

namespace {

// Of authors, hosts, summaries and requests.
constexpr std::size_t max_name_size = 256;

// The beginning of a text; characters stay whole.
std::string clipped(const std::string& text, std::size_t most) {
  std::size_t size = std::min(text.size(), most);
  while (size > 0 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) --size;
  return text.substr(0, size);
}

}  // namespace

VersionRecord version_after(const PublishRequest& request, const std::string& hash,
                            const std::optional<VersionRecord>& head) {
  VersionRecord record;
  record.version = head ? head->version + 1 : 1;
  record.hash = hash;
  record.kind = request.kind;
  record.of = request.of;
  record.fence = request.lease ? request.lease->fence : head ? head->fence : 0;
  record.time = request.time;
  record.author = clipped(request.author, max_name_size);
  record.host = clipped(request.host, max_name_size);
  record.message = clipped(request.message, max_message_size);
  record.summary = clipped(request.summary, max_name_size);
  record.request = clipped(request.request, max_name_size);
  record.previous_chain = head ? head->chain : "";
  record.chain = chain_of(record);
  return record;
}

StoreResult<bool> fulfils(Store& store, const PublishRequest& request,
                          const std::optional<VersionRecord>& head) {
  if (!request.expected) return true;
  if (!head) return *request.expected == 0;
  if (*request.expected > head->version) return false;
  VersionRecord at = *head;
  while (at.version > *request.expected) {
    if (at.kind != VersionKind::barrier) return false;
    auto before = store.version(at.version - 1);
    if (!before) return tl::unexpected(before.error());
    at = *std::move(before);
  }
  return true;
}

StoreResult<void> bar_old_holder(Store& store, const LeaseRequest& request, const Lease& lease) {
  if (!lease.is_taken_over || request.name != publisher_lease) return {};
  const auto newest = store.head();
  if (!newest) return tl::unexpected(newest.error());
  if (!*newest) return {};
  const auto text = store.object((*newest)->hash);
  // A snapshot that cannot be read needs a publisher all the same.
  if (!text) return {};
  PublishRequest barrier;
  barrier.text = *text;
  barrier.kind = VersionKind::barrier;
  barrier.author = request.owner;
  barrier.message = "the lease was taken over";
  barrier.lease = lease;
  barrier.time = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const auto published = store.publish(barrier);
  if (!published) return tl::unexpected(published.error());
  return {};
}

}  // namespace honua::coordination
