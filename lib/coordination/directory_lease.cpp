// SPDX-License-Identifier: MIT
#include "coordination/directory_lease.h"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <thread>
#include <utility>

#include "base/boot_clock.h"
#include "base/file_system.h"
#include "coordination/json_fields.h"
#include "text/sanitize.h"
#include "text/words.h"

namespace honua::coordination {

namespace {

using std::chrono::milliseconds;

constexpr std::size_t max_claim_size = 4096;
// How often a lease that somebody has is looked at.
constexpr milliseconds longest_look_interval{100};
constexpr milliseconds shortest_look_interval{5};

std::string read_small(const std::string& path) {
  const auto content = RealFileSystem(milliseconds(0)).read_file(path, max_claim_size);
  return content ? content->to_string() : "";
}

// Where processes have their numbers: of one boot of a machine, in one namespace.
std::string process_space() {
  std::array<char, 64> name{};
  const ssize_t size = ::readlink("/proc/self/ns/pid", name.data(), name.size());
  return read_small("/proc/sys/kernel/random/boot_id") +
         std::string(name.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
}

// When a process began, in ticks since the boot: another one of its number began later. "" if there is none.
std::string start_of(std::uint64_t process) {
  const std::string status = read_small("/proc/" + std::to_string(process) + "/stat");
  // The name before may have blanks; it ends with the last parenthesis.
  std::size_t at = status.rfind(')');
  constexpr int fields_between = 20;
  for (int field = 0; field < fields_between && at != std::string::npos; ++field)
    at = status.find(' ', at + 1);
  if (at == std::string::npos) return "";
  // One that nobody has asked for its end yet has ended all the same.
  const std::size_t state = status.rfind(')') + 2;
  if (status[state] == 'Z' || status[state] == 'X') return "ended";
  return status.substr(at + 1, status.find(' ', at + 1) - at - 1);
}

// Whether a process that began then is no more. One that is hidden from us may live.
bool has_ended(std::uint64_t process, const std::string& start) {
  const std::string found = start_of(process);
  if (!found.empty()) return found != start;
  return ::kill(static_cast<pid_t>(process), 0) != 0 && errno == ESRCH;
}

std::string claim_text(const LeaseRequest& request, const std::string& token) {
  text::JsonWriter json;
  json.begin_object();
  json.key("owner").string(request.owner);
  json.key("token").string(token);
  json.key("duration").integer(request.duration.count());
  if (request.ends_with_process) {
    json.key("pid").integer(::getpid());
    json.key("start").string(start_of(static_cast<std::uint64_t>(::getpid())));
    json.key("space").string(process_space());
  }
  json.end_object();
  return std::move(json).take() + "\n";
}

// What a claim says.
struct Claim {
  std::string owner;
  milliseconds duration{};
  bool has_ended = false;  // its process, as far as that can be seen from here
};

Claim read_claim(const std::string& text, milliseconds usual) {
  const auto fields = JsonFields::read(text, max_claim_size);
  Claim claim{"somebody", usual, false};
  if (!fields) return claim;
  claim.owner = text::printable(fields->text("owner"));
  // Nobody asks for more.
  if (const std::uint64_t duration = fields->number("duration"); duration > 0)
    claim.duration =
        std::min(milliseconds(std::min<std::uint64_t>(duration, longest_lease.count())), longest_lease);
  const std::string space = fields->text("space");
  claim.has_ended =
      !space.empty() && space == process_space() && has_ended(fields->number("pid"), fields->text("start"));
  return claim;
}

std::optional<std::uint64_t> number_of(std::string_view name) {
  return text::read_whole_number<std::uint64_t>(name);
}

std::string folder_of(const std::string& name) { return "leases/" + name; }
std::string beat_name(std::uint64_t fence) { return std::to_string(fence) + ".beat"; }
std::string released_name(std::uint64_t fence) { return std::to_string(fence) + ".released"; }

}  // namespace

StoreResult<std::uint64_t> DirectoryLeases::newest(const std::string& folder) const {
  const auto names = files_.list(folder);
  if (!names) return tl::unexpected(names.error());
  std::uint64_t newest = 0;
  for (const std::string& one : *names) {
    const std::uint64_t found = number_of(one).value_or(0);
    if (found <= greatest_number) newest = std::max(newest, found);
  }
  return newest;
}

StoreResult<std::optional<Lease>> DirectoryLeases::claim(const LeaseRequest& request,
                                                         std::uint64_t fence) const {
  Lease lease{request.name, fence, random_name(), request.duration, false};
  const std::string folder = folder_of(request.name);
  const auto made = files_.create(folder, std::to_string(fence), claim_text(request, lease.token));
  if (!made) return tl::unexpected(made.error());
  if (*made == StoreDirectory::Created::is_there_already) return std::optional<Lease>();
  // What nobody looks at any more: one grant goes for each that comes.
  if (fence > kept_grants) {
    const std::uint64_t old = fence - kept_grants;
    for (const std::string& name : {std::to_string(old), beat_name(old), released_name(old)})
      (void)files_.remove(folder, name);
  }
  return std::optional(std::move(lease));
}

StoreResult<DirectoryLeases::Grant> DirectoryLeases::look(const LeaseRequest& request) {
  const std::string folder = folder_of(request.name);
  const auto fence = newest(folder);
  if (!fence) return tl::unexpected(fence.error());
  if (*fence == 0) return Grant{};
  const auto released = files_.has(folder, released_name(*fence));
  if (!released) return tl::unexpected(released.error());
  const auto text = files_.read(folder, std::to_string(*fence), max_claim_size);
  if (!text) return tl::unexpected(text.error());
  const auto beat = files_.read(folder, beat_name(*fence), max_claim_size);
  if (!beat) return tl::unexpected(beat.error());
  const Claim holder = read_claim(text->value_or(""), request.duration);
  const BootClock::time_point now = BootClock::now();
  Observed& observed = observed_[request.name];
  if (observed.fence != *fence || observed.beat != beat->value_or(""))
    observed = {*fence, beat->value_or(""), now};
  const bool is_dead = !*released && (holder.has_ended || now - observed.since >= holder.duration);
  if (!is_dead) return Grant{*fence, holder.owner, *released, false};
  // Who ended may have given it back just before.
  const auto given_back = files_.has(folder, released_name(*fence));
  if (!given_back) return tl::unexpected(given_back.error());
  return Grant{*fence, holder.owner, *given_back, !*given_back};
}

StoreResult<tl::expected<Lease, LeaseHolder>> DirectoryLeases::acquire(const LeaseRequest& request,
                                                                       std::uint64_t least) {
  using Granted = tl::expected<Lease, LeaseHolder>;
  const BootClock::time_point begin = BootClock::now();
  const milliseconds interval =
      std::clamp(request.duration / 10, shortest_look_interval, longest_look_interval);
  while (true) {
    const auto grant = look(request);
    if (!grant) return tl::unexpected(grant.error());
    if (grant->is_free || grant->is_dead || request.takes_over) {
      auto lease = claim(request, std::max(grant->fence, least) + 1);
      if (!lease) return tl::unexpected(lease.error());
      if (*lease) {
        (*lease)->is_taken_over = !grant->is_free;
        return Granted(**std::move(lease));
      }
    }
    // Somebody was faster, or holds it.
    if (BootClock::now() - begin >= request.patience)
      return Granted(tl::unexpect, LeaseHolder{grant->owner, grant->fence});
    std::this_thread::sleep_for(interval);
  }
}

StoreResult<bool> DirectoryLeases::is_current(const Lease& lease) const {
  const std::string folder = folder_of(lease.name);
  const auto next = files_.has(folder, std::to_string(lease.fence + 1));
  if (!next) return tl::unexpected(next.error());
  const auto released = files_.has(folder, released_name(lease.fence));
  if (!released) return tl::unexpected(released.error());
  // Where somebody took files away, the number may be another's by now.
  const auto text = files_.read(folder, std::to_string(lease.fence), max_claim_size);
  if (!text) return tl::unexpected(text.error());
  const auto claim = JsonFields::read(text->value_or(""), max_claim_size);
  return !*next && !*released && claim && claim->text("token") == lease.token;
}

StoreResult<bool> DirectoryLeases::renew(const Lease& lease) const {
  auto current = is_current(lease);
  if (!current || !*current) return current;
  const auto written =
      files_.replace(folder_of(lease.name), beat_name(lease.fence), random_name() + "\n", false);
  if (!written) return tl::unexpected(written.error());
  return true;
}

StoreResult<void> DirectoryLeases::release(const Lease& lease) const {
  const auto current = is_current(lease);
  if (!current) return tl::unexpected(current.error());
  if (!*current) return {};
  const auto made = files_.create(folder_of(lease.name), released_name(lease.fence), lease.token + "\n");
  if (!made) return tl::unexpected(made.error());
  return {};
}

StoreResult<std::size_t> DirectoryLeases::collect(std::uint64_t kept) const {
  const auto names = files_.list("leases");
  if (!names) return tl::unexpected(names.error());
  std::size_t count = 0;
  for (const std::string& name : *names) {
    const std::string folder = folder_of(name);
    const auto last = newest(folder);
    const auto files = files_.list(folder);
    if (!last || !files) return tl::unexpected(!last ? last.error() : files.error());
    for (const std::string& file : *files) {
      const auto fence = number_of(file.substr(0, file.find('.')));
      if (!fence || *fence + kept > *last) continue;
      const auto removed = files_.remove(folder, file);
      if (!removed) return tl::unexpected(removed.error());
      count += *removed ? 1U : 0U;
    }
  }
  return count;
}

}  // namespace honua::coordination
