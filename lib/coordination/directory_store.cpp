// SPDX-License-Identifier: MIT
#include "coordination/directory_store.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <set>
#include <system_error>
#include <tuple>
#include <utility>

#include "base/file_system.h"
#include "coordination/instance_record.h"
#include "coordination/lease_keeper.h"
#include "coordination/log_verifier.h"
#include "coordination/publishing.h"
#include "snapshot/hash.h"
#include "text/digest.h"
#include "text/sanitize.h"
#include "text/words.h"

namespace honua::coordination {

namespace {

constexpr const char* versions_folder = "versions";
constexpr const char* instances_folder = "instances";
constexpr const char* epoch_name = "EPOCH";
constexpr const char* head_name = "HEAD";
constexpr const char* collected_name = "COLLECTED";
constexpr const char* promoted_name = "PROMOTED";
constexpr const char* proposal_name = "PROPOSAL";
constexpr std::size_t max_small_file = 256;
// Publishers that are always too late give up: somebody else publishes thousands of versions meanwhile.
constexpr int most_publish_tries = 1000;
// A repeated request is looked for in so many versions.
constexpr std::uint64_t most_searched_versions = 1000;
constexpr std::size_t folder_digits = 2;

// "000000000042": names sort as numbers do.
std::string version_name(std::uint64_t version) {
  std::array<char, 32> text{};
  (void)std::snprintf(text.data(), text.size(), "%012llu", static_cast<unsigned long long>(version));
  return text.data();
}

std::optional<std::uint64_t> read_number(std::string_view text) {
  while (text.ends_with('\n')) text.remove_suffix(1);
  return text::read_whole_number<std::uint64_t>(text);
}

std::string version_place(std::uint64_t version) {
  return std::string(versions_folder) + "/" + version_name(version);
}

constexpr std::chrono::milliseconds directory_heartbeat{2'000};

// Where a snapshot lies.
struct ObjectPlace {
  std::string folder;
  std::string name;
};
ObjectPlace place_of(const std::string& hash) {
  const std::string digits = hash.substr(hash.find(':') + 1);
  return {"objects/" + digits.substr(0, folder_digits), digits.substr(folder_digits)};
}

std::string shown_place(const ObjectPlace& place) { return text::quoted(place.folder + "/" + place.name); }

tl::unexpected<StoreError> corrupt(const std::string& what, const std::string& message) {
  return trouble(StoreTrouble::corrupt, what + ": " + message);
}

}  // namespace

StoreResult<std::unique_ptr<DirectoryStore>> DirectoryStore::open(const std::string& path,
                                                                  const StoreOptions& options) {
  if (options.creates && ::mkdir(path.c_str(), folder_mode) == 0) {
    // Whatever the user's mask is: the group works with it, too.
    std::ignore = ::chmod(path.c_str(), folder_mode);
  } else if (options.creates && errno != EEXIST) {
    return trouble(StoreTrouble::unavailable, text::quoted(path) + ": " + describe_errno(errno));
  }
  // Relative to where the program was started, whatever becomes of that.
  std::error_code error;
  const auto absolute = std::filesystem::absolute(path, error);
  auto files = StoreDirectory::open(error ? path : absolute.string(), options.is_insecure);
  if (!files) return tl::unexpected(files.error());
  std::unique_ptr<DirectoryStore> store(new DirectoryStore(*std::move(files)));
  if (options.creates) {
    const auto made = store->initialize();
    if (!made) return tl::unexpected(made.error());
  }
  const auto epoch = store->epoch();
  if (!epoch) return tl::unexpected(epoch.error());
  return store;
}

StoreResult<void> DirectoryStore::initialize() {
  const auto is_there = files_.has("", epoch_name);
  if (!is_there) return tl::unexpected(is_there.error());
  if (*is_there) return {};
  auto probed = files_.probe();
  if (!probed) return probed;
  // Those who may not make folders may write into them.
  for (const char* folder : {versions_folder, instances_folder, "objects", "leases"}) {
    auto folder_made = files_.make_folder(folder);
    if (!folder_made) return folder_made;
  }
  const auto made = files_.create("", epoch_name, random_name() + "\n");
  if (!made) return tl::unexpected(made.error());
  return {};
}

std::string DirectoryStore::name() const { return "dir:" + text::printable(masked_path(files_.path())); }

StoreResult<std::string> DirectoryStore::epoch() {
  const auto there = files_.refresh();
  if (!there) return tl::unexpected(there.error());
  const auto text = files_.read("", epoch_name, max_small_file);
  if (!text) return tl::unexpected(text.error());
  if (!*text) return trouble(StoreTrouble::missing, "there is no store in " + text::quoted(name()));
  constexpr std::size_t epoch_digits = 32;
  const std::string epoch = (*text)->substr(0, epoch_digits);
  const bool is_sound = *text == epoch + "\n" && epoch.size() == epoch_digits &&
                        epoch.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!is_sound) return corrupt(text::quoted(epoch_name), "it is no store's epoch");
  return epoch;
}

StoreResult<StoreState> DirectoryStore::state() {
  auto made = epoch();
  if (!made) return tl::unexpected(made.error());
  auto newest = head();
  if (!newest) return tl::unexpected(newest.error());
  const auto promoted = number_in(promoted_name);
  if (!promoted) return tl::unexpected(promoted.error());
  const auto proposed = files_.read("", proposal_name, max_record_size);
  if (!proposed) return tl::unexpected(proposed.error());
  return StoreState{*std::move(made), *std::move(newest), promoted->value_or(0),
                    *proposed ? read_proposal(**proposed) : std::nullopt};
}

StoreResult<std::optional<std::uint64_t>> DirectoryStore::number_in(const char* name) const {
  const auto text = files_.read("", name, max_small_file);
  if (!text) return tl::unexpected(text.error());
  return *text ? read_number(**text) : std::nullopt;
}

// The newest version's; 0 for none.
StoreResult<std::uint64_t> DirectoryStore::head_number() const {
  const auto hint = files_.read("", head_name, max_small_file);
  std::uint64_t number = hint && *hint ? read_number(**hint).value_or(0) : 0;
  const auto has = [this](std::uint64_t version) {
    return files_.has(versions_folder, version_name(version));
  };
  if (number > 0) {
    const auto is_there = has(number);
    if (!is_there) return tl::unexpected(is_there.error());
    if (!*is_there) number = 0;
  }
  if (number == 0) {
    const auto names = files_.list(versions_folder);
    if (!names) return tl::unexpected(names.error());
    for (const std::string& one : *names) {
      const std::uint64_t found = read_number(one).value_or(0);
      if (version_name(found) == one) number = std::max(number, found);
    }
  }
  while (true) {
    const auto next = has(number + 1);
    if (!next) return tl::unexpected(next.error());
    if (!*next) return number;
    ++number;
  }
}

StoreResult<VersionRecord> DirectoryStore::version(std::uint64_t number) {
  const std::string name = version_name(number);
  const auto text = files_.read(versions_folder, name, max_record_size);
  if (!text) return tl::unexpected(text.error());
  if (!*text) return trouble(StoreTrouble::missing, "there is no version " + std::to_string(number));
  const auto record = read_record(**text);
  const std::string shown = text::quoted(std::string(versions_folder) + "/" + name);
  if (!record) return corrupt(shown, record.error().message);
  if (record->version != number) return corrupt(shown, "it is the record of another version");
  return *record;
}

StoreResult<std::optional<VersionRecord>> DirectoryStore::head() {
  const auto number = head_number();
  if (!number) return tl::unexpected(number.error());
  if (*number == 0) return std::optional<VersionRecord>();
  auto record = version(*number);
  if (!record) return tl::unexpected(record.error());
  if (*number > 1) {
    const auto before = version(*number - 1);
    if (!before && before.error().trouble == StoreTrouble::unavailable) return tl::unexpected(before.error());
    if (!before) return corrupt(text::quoted(version_place(*number - 1)), before.error().message);
    if (before->chain != record->previous_chain)
      return corrupt(text::quoted(version_place(*number)), "it does not follow the version before");
  } else if (!record->previous_chain.empty()) {
    return corrupt(text::quoted(version_place(*number)), "it does not follow the version before");
  }
  return std::optional(*std::move(record));
}

StoreResult<std::vector<VersionRecord>> DirectoryStore::history(std::size_t most) {
  const auto newest = head();
  if (!newest) return tl::unexpected(newest.error());
  std::vector<VersionRecord> all;
  if (!*newest) return all;
  for (std::uint64_t number = (*newest)->version; number > 0 && all.size() < most; --number) {
    auto record = version(number);
    if (!record) return tl::unexpected(record.error());
    all.push_back(*std::move(record));
  }
  return all;
}

StoreResult<std::string> DirectoryStore::object(const std::string& hash) {
  const ObjectPlace place = place_of(hash);
  auto text = files_.read(place.folder, place.name, max_object_size);
  if (!text) return tl::unexpected(text.error());
  if (!*text)
    return trouble(StoreTrouble::missing, "the snapshot " + shown_place(place) + " is no longer kept");
  if (snapshot::hash_of(**text) != hash)
    return corrupt(shown_place(place), "it does not have the hash that it is called by");
  return **std::move(text);
}

StoreResult<void> DirectoryStore::put_object(const std::string& hash, const std::string& text) const {
  const ObjectPlace place = place_of(hash);
  const auto there = files_.read(place.folder, place.name, max_object_size);
  // As young as a new one, for those who take old ones away; and durable, whoever wrote it and was
  // interrupted.
  if (there && *there == text && files_.renew(place.folder, place.name)) return {};
  // One that was damaged gives way.
  return files_.replace(place.folder, place.name, text, true);
}

// The version that a request has made already, among the newest.
StoreResult<std::optional<VersionRecord>> DirectoryStore::find_request(const std::string& request,
                                                                       std::uint64_t head,
                                                                       std::uint64_t most) {
  const std::uint64_t first = head - std::min(head, most);
  for (std::uint64_t number = head; number > first; --number) {
    auto record = version(number);
    if (!record) return tl::unexpected(record.error());
    if (record->request == request) return std::optional(*std::move(record));
  }
  return std::optional<VersionRecord>();
}

StoreResult<std::optional<VersionRecord>> DirectoryStore::made_by(const std::string& request) {
  const auto head = head_number();
  if (!head) return tl::unexpected(head.error());
  return find_request(request, *head, most_searched_versions);
}

StoreResult<PublishOutcome> DirectoryStore::publish(const PublishRequest& request) {
  if (request.replicas > 0)
    return trouble(StoreTrouble::refused, "only a store in Redis has replicas to wait for");
  const auto there = files_.refresh();
  if (!there) return tl::unexpected(there.error());
  const std::string hash = snapshot::hash_of(request.text);
  const auto put = put_object(hash, request.text);
  if (!put) return tl::unexpected(put.error());
  for (int tries = 0; tries < most_publish_tries; ++tries) {
    auto outcome = try_publish(request, hash);
    if (!outcome) return tl::unexpected(outcome.error());
    if (*outcome) return **std::move(outcome);
  }
  return trouble(StoreTrouble::unavailable, "others publish too fast");
}

// Nothing if somebody else was faster.
StoreResult<std::optional<PublishOutcome>> DirectoryStore::try_publish(const PublishRequest& request,
                                                                       const std::string& hash) {
  const auto told = [](PublishResult result, VersionRecord record) {
    return std::optional(PublishOutcome{result, std::move(record)});
  };
  auto newest = head();
  if (!newest) return tl::unexpected(newest.error());
  const std::optional<VersionRecord>& before = *newest;
  // Who gave it no name does not repeat it later than at once.
  auto repeated = find_request(request.request, before ? before->version : 0,
                               request.is_named ? most_searched_versions : 1);
  if (!repeated) return tl::unexpected(repeated.error());
  if (*repeated) return std::optional(repeated_outcome(**std::move(repeated), hash));
  if (request.lease) {
    const auto current = leases_.is_current(*request.lease);
    if (!current) return tl::unexpected(current.error());
    if (!*current || (before && before->fence > request.lease->fence))
      return told(PublishResult::stale_fence, before.value_or(VersionRecord{}));
  }
  const auto is_expected = fulfils(*this, request, before);
  if (!is_expected) return tl::unexpected(is_expected.error());
  if (!*is_expected) return told(PublishResult::conflict, before.value_or(VersionRecord{}));
  if (before && before->hash == hash && !request.even_if_same && request.kind != VersionKind::barrier)
    return told(PublishResult::same, *before);
  auto next = version_after(request, hash, before);
  if (!next) return tl::unexpected(next.error());
  VersionRecord record = *std::move(next);
  const auto made = files_.create(versions_folder, version_name(record.version), write_record(record));
  if (!made) return tl::unexpected(made.error());
  if (*made == StoreDirectory::Created::is_there_already) return std::optional<PublishOutcome>();
  // A hint: whoever reads it looks further. The version stands without it.
  (void)files_.replace("", head_name, std::to_string(record.version) + "\n", false);
  return told(PublishResult::published, std::move(record));
}

StoreResult<void> DirectoryStore::propose(const Proposal& proposal, const std::string& text,
                                          const Lease& lease) {
  const auto held = renew(lease);
  if (!held) return tl::unexpected(held.error());
  if (!*held) return trouble(StoreTrouble::unavailable, lost_lease);
  auto put = put_object(proposal.hash, text);
  if (!put) return put;
  return files_.replace("", proposal_name, write_proposal(proposal), false);
}

StoreResult<void> DirectoryStore::withdraw(const Lease& lease) {
  const auto held = renew(lease);
  if (!held) return tl::unexpected(held.error());
  // Whoever has the lease now has a proposal of its own.
  if (!*held) return {};
  const auto removed = files_.remove("", proposal_name);
  if (!removed) return tl::unexpected(removed.error());
  return {};
}

StoreResult<bool> DirectoryStore::promote(const VersionRecord& head, const Lease& lease) {
  auto held = renew(lease);
  if (!held || !*held) return held;
  const auto newest = this->head();
  if (!newest) return tl::unexpected(newest.error());
  if (!*newest || (*newest)->chain != head.chain) return false;
  // Who stood still since may know less than what is there.
  const auto before = number_in(promoted_name);
  if (!before) return tl::unexpected(before.error());
  if (*before && **before >= head.version) return **before == head.version;
  const auto said = files_.replace("", promoted_name, std::to_string(head.version) + "\n", true);
  if (!said) return tl::unexpected(said.error());
  return true;
}

StoreResult<tl::expected<Lease, LeaseHolder>> DirectoryStore::acquire(const LeaseRequest& request) {
  if (!is_lease_name(request.name))
    return trouble(StoreTrouble::refused, text::quoted(request.name) + " cannot be a lease's name");
  const auto there = files_.refresh();
  if (!there) return tl::unexpected(there.error());
  // Grants that somebody took away must not begin anew: records have seen higher numbers.
  std::uint64_t least = 0;
  if (request.name == publisher_lease) {
    const auto newest = head();
    if (newest && *newest) least = (*newest)->fence;
  }
  auto granted = leases_.acquire(request, least);
  if (!granted || !*granted) return granted;
  const auto barred = bar_old_holder(*this, request, **granted);
  if (!barred) return tl::unexpected(barred.error());
  return granted;
}

// Who was given a lease in a directory that was moved away has none in the one that others see.
StoreResult<bool> DirectoryStore::renew(const Lease& lease) {
  const auto there = files_.refresh();
  if (!there) return tl::unexpected(there.error());
  return leases_.renew(lease);
}

StoreResult<void> DirectoryStore::release(const Lease& lease) {
  auto there = files_.refresh();
  if (!there) return there;
  return leases_.release(lease);
}

StoreResult<void> DirectoryStore::beat(const Instance& instance) {
  return files_.replace(instances_folder, instance.id, write_instance(instance), false);
}

StoreResult<std::vector<Instance>> DirectoryStore::instances() {
  const auto names = files_.list(instances_folder);
  if (!names) return tl::unexpected(names.error());
  std::vector<Instance> all;
  for (const std::string& name : *names) {
    const auto text = files_.read(instances_folder, name, max_instance_size);
    if (!text && text.error().trouble == StoreTrouble::unavailable) return tl::unexpected(text.error());
    if (!text || !*text) continue;
    // One that cannot be read is nobody's heartbeat.
    auto instance = read_instance(**text);
    if (instance && instance->id == name) all.push_back(*std::move(instance));
  }
  return all;
}

StoreResult<void> DirectoryStore::leave(const std::string& id) {
  const auto removed = files_.remove(instances_folder, id);
  if (!removed) return tl::unexpected(removed.error());
  return {};
}

StoreResult<std::uint64_t> DirectoryStore::oldest_kept() const {
  const auto number = number_in(collected_name);
  if (!number) return tl::unexpected(number.error());
  return number->value_or(1);
}

StoreResult<Collected> DirectoryStore::collect(std::size_t kept_versions, std::chrono::seconds age,
                                               const Lease& lease) {
  LeaseKeeper keeper(*this, lease);
  const auto newest = head();
  if (!newest) return tl::unexpected(newest.error());
  const auto now = files_.time();
  if (!now) return tl::unexpected(now.error());
  const std::uint64_t last = *newest ? (*newest)->version : 0;
  const auto oldest_before = oldest_kept();
  if (!oldest_before) return tl::unexpected(oldest_before.error());
  if (is_beyond(*oldest_before, last)) return corrupt(text::quoted(collected_name), collected_fault);
  const std::uint64_t oldest = oldest_to_keep(*oldest_before, last, kept_versions);
  // Said before anything is taken away: what is missing then is not lost.
  if (oldest > *oldest_before) {
    const auto said = files_.replace("", collected_name, std::to_string(oldest) + "\n", true);
    if (!said) return tl::unexpected(said.error());
  }
  const auto objects = collect_objects(oldest, *now - age, keeper);
  if (!objects) return tl::unexpected(objects.error());
  // Nobody asks under another's lease.
  const auto withdrawn = withdraw(lease);
  if (!withdrawn) return tl::unexpected(withdrawn.error());
  const auto temporary = collect_files(temporary_folder, *now - age);
  if (!temporary) return tl::unexpected(temporary.error());
  const auto leases = leases_.collect(kept_grants);
  if (!leases) return tl::unexpected(leases.error());
  const auto instances =
      collect_files(instances_folder, *now - std::max<std::chrono::seconds>(age, forgotten_instance));
  if (!instances) return tl::unexpected(instances.error());
  return Collected{*objects, *temporary, *leases, *instances};
}

// What the versions from one on and all instances name.
StoreResult<std::set<std::string>> DirectoryStore::needed_objects(std::uint64_t oldest) {
  std::set<std::string> needed;
  const auto last = head_number();
  if (!last) return tl::unexpected(last.error());
  for (std::uint64_t number = oldest; number <= *last; ++number) {
    const auto record = version(number);
    // Nothing is taken away as long as somebody does not know what is needed.
    if (!record) return tl::unexpected(record.error());
    needed.insert(record->hash);
  }
  const auto all = instances();
  if (!all) return tl::unexpected(all.error());
  for (const Instance& one : *all) needed.insert(one.hash);
  return needed;
}

StoreResult<std::size_t> DirectoryStore::collect_objects(std::uint64_t oldest, std::chrono::seconds before,
                                                         LeaseKeeper& keeper) {
  const auto needed = needed_objects(oldest);
  if (!needed) return tl::unexpected(needed.error());
  const auto folders = files_.list("objects");
  if (!folders) return tl::unexpected(folders.error());
  std::size_t count = 0;
  for (const std::string& folder : *folders) {
    const auto held = keeper.keep();
    if (!held) return tl::unexpected(held.error());
    const auto is_needed = [&](const std::string& name) {
      std::string hash = "sha256:";
      hash.append(folder).append(name);
      return needed->contains(hash);
    };
    const auto removed = collect_files("objects/" + folder, before, is_needed);
    if (!removed) return tl::unexpected(removed.error());
    count += *removed;
  }
  return count;
}

// Files that were written before a time, but for those that are needed.
StoreResult<std::size_t> DirectoryStore::collect_files(
    const std::string& folder, std::chrono::seconds before,
    const std::function<bool(const std::string&)>& is_needed) const {
  const auto names = files_.list(folder);
  if (!names) return tl::unexpected(names.error());
  std::size_t count = 0;
  for (const std::string& name : *names) {
    if (is_needed && is_needed(name)) continue;
    const auto written = files_.time_of(folder, name);
    if (!written) return tl::unexpected(written.error());
    if (!*written || **written > before) continue;
    const auto removed = files_.remove(folder, name);
    if (!removed) return tl::unexpected(removed.error());
    count += *removed ? 1U : 0U;
  }
  return count;
}

StoreResult<std::vector<StoreFault>> DirectoryStore::verify() {
  const auto names = files_.list(versions_folder);
  if (!names) return tl::unexpected(names.error());
  const auto oldest = oldest_kept();
  if (!oldest) return tl::unexpected(oldest.error());
  LogVerifier log(*oldest, version_place);
  log.expected = 1;
  std::vector<std::uint64_t> numbers;
  for (const std::string& one : *names) {
    const auto number = read_number(one);
    if (number && *number > 0 && version_name(*number) == one)
      numbers.push_back(*number);
    else
      log.faults.push_back({std::string(versions_folder) + "/" + one, "it is no version's record"});
  }
  std::ranges::sort(numbers);
  for (const std::uint64_t number : numbers) {
    const auto record = version(number);
    log.take(number, record ? std::optional(*record) : std::nullopt, record ? "" : record.error().message);
  }
  if (is_beyond(*oldest, log.expected - 1)) log.faults.push_back({collected_name, collected_fault});
  for (const auto& [hash, version] : log.objects) {
    const auto text = object(hash);
    if (text) continue;
    const ObjectPlace place = place_of(hash);
    log.faults.push_back({place.folder + "/" + place.name, object_fault(text.error(), version)});
  }
  return std::move(log.faults);
}

std::chrono::milliseconds DirectoryStore::heartbeat_interval() const { return directory_heartbeat; }

watching::WatchList DirectoryStore::watch_list() const {
  watching::WatchList list;
  (void)list.add_directory(files_.path() + "/" + versions_folder);
  for (const char* name : {epoch_name, promoted_name, proposal_name})
    (void)list.add_path(files_.path() + "/" + name);
  return list;
}

}  // namespace honua::coordination
