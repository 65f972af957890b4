// SPDX-License-Identifier: MIT
#pragma once

// Internal to the module: what Redis does at once, in Lua. Each script takes a time that does not depend on
// how much the store holds. Nothing else writes the head or a lease.
namespace honua::coordination {

// Makes a store where there is none. KEYS: head, log. ARGV: an epoch.
// Gives the epoch, or "versions" where there are versions without a head.
inline constexpr const char* initialize_script = R"lua(
local epoch = redis.call('HGET', KEYS[1], 'epoch')
if epoch then return epoch end
if redis.call('EXISTS', KEYS[2]) == 1 then return 'versions' end
redis.call('HSET', KEYS[1], 'epoch', ARGV[1], 'version', '0')
return ARGV[1]
)lua";

// Makes a version. KEYS: head, log, lease, request, the snapshot as it was put, the snapshot's place.
// ARGV: epoch, the head's chain ("" for none), version, record, chain, hash, fence, the lease's token ("" for
// none), the snapshot's size, the channel, how many records are kept, for how long requests are known (ms).
// Gives "published", "changed", "epoch", "stale_fence", "no_object" or the version that the request made.
// XADD comes first: whatever makes it fail, nothing has changed then.
inline constexpr const char* publish_script = R"lua(
local head = redis.call('HMGET', KEYS[1], 'epoch', 'chain', 'fence')
if head[1] ~= ARGV[1] then return 'epoch' end
local made = redis.call('GET', KEYS[4])
if made then return made end
if (head[2] or '') ~= ARGV[2] then return 'changed' end
if ARGV[8] ~= '' and redis.call('HGET', KEYS[3], 'token') ~= ARGV[8] then return 'stale_fence' end
if tonumber(ARGV[7]) < tonumber(head[3] or '0') then return 'stale_fence' end
if redis.call('STRLEN', KEYS[5]) ~= tonumber(ARGV[9]) then return 'no_object' end
redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[11], ARGV[3] .. '-0', 'record', ARGV[4])
redis.call('RENAME', KEYS[5], KEYS[6])
redis.call('PERSIST', KEYS[6])
redis.call('HSET', KEYS[1], 'version', ARGV[3], 'chain', ARGV[5], 'fence', ARGV[7], 'record', ARGV[4])
redis.call('HDEL', KEYS[1], 'proposal')
redis.call('SET', KEYS[4], ARGV[3], 'PX', ARGV[12])
redis.call('PUBLISH', ARGV[10], ARGV[1] .. ' ' .. ARGV[3] .. ' ' .. ARGV[6])
return 'published'
)lua";

// Grants a lease. KEYS: lease, grants and, if its fence counts, head. ARGV: token, owner, duration (ms), "1"
// if the head's fence counts, "1" to take it away from whoever has it. Gives {"granted", fence, whether it
// was taken over} or
// {"held", fence, owner}. The same token again is the same request, whose answer was lost.
inline constexpr const char* acquire_script = R"lua(
local held = redis.call('HMGET', KEYS[1], 'token', 'fence', 'owner', 'taken')
if held[1] == ARGV[1] then
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
  return {'granted', held[2], held[4]}
end
if held[1] and ARGV[5] ~= '1' then return {'held', held[2], held[3]} end
local last = redis.call('HMGET', KEYS[2], 'fence', 'released')
local fence = tonumber(last[1] or '0')
local taken = '0'
if last[1] and last[2] ~= '1' then taken = '1' end
if ARGV[4] == '1' then
  fence = math.max(fence, tonumber(redis.call('HGET', KEYS[3], 'fence') or '0'))
end
fence = string.format('%.0f', fence + 1)
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'token', ARGV[1], 'fence', fence, 'owner', ARGV[2], 'taken', taken)
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('HSET', KEYS[2], 'fence', fence, 'released', '0')
return {'granted', fence, taken}
)lua";

// KEYS: lease. ARGV: token, duration (ms). Gives 1 if it is the holder's still.
inline constexpr const char* renew_script = R"lua(
if redis.call('HGET', KEYS[1], 'token') ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
)lua";

// KEYS: lease, grants. ARGV: token. What makes room comes first: a script that has written something is not
// refused what follows when memory is full.
inline constexpr const char* release_script = R"lua(
if redis.call('HGET', KEYS[1], 'token') ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[2], 'released', '1')
return 1
)lua";

// Gives a lease back that its holder can do nothing with. KEYS: lease. ARGV: token.
inline constexpr const char* abandon_script = R"lua(
if redis.call('HGET', KEYS[1], 'token') ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
)lua";

// Has instances check a snapshot. KEYS: head, lease, the snapshot as it was put, the snapshot's place. ARGV:
// the lease's token, the proposal, for how long a snapshot is kept that becomes no version (ms), its size,
// the channel, what is told there. Gives "proposed", "stale_fence" or "no_object". The same again is the same
// proposal, the answer to which was lost.
inline constexpr const char* propose_script = R"lua(
if redis.call('HGET', KEYS[2], 'token') ~= ARGV[1] then return 'stale_fence' end
if redis.call('HGET', KEYS[1], 'proposal') == ARGV[2] then return 'proposed' end
if redis.call('STRLEN', KEYS[3]) ~= tonumber(ARGV[4]) then return 'no_object' end
if redis.call('PTTL', KEYS[4]) ~= -1 then
  redis.call('RENAME', KEYS[3], KEYS[4])
  redis.call('PEXPIRE', KEYS[4], ARGV[3])
end
redis.call('HSET', KEYS[1], 'proposal', ARGV[2])
redis.call('PUBLISH', ARGV[5], ARGV[6])
return 'proposed'
)lua";

// Takes it back. KEYS: head, lease. ARGV: the lease's token.
inline constexpr const char* withdraw_script = R"lua(
if redis.call('HGET', KEYS[2], 'token') ~= ARGV[1] then return 0 end
return redis.call('HDEL', KEYS[1], 'proposal')
)lua";

// Has all instances run the head. KEYS: head, lease. ARGV: the lease's token, the head's chain, its version,
// the channel, what is told there. Gives 1 if they do.
inline constexpr const char* promote_script = R"lua(
if redis.call('HGET', KEYS[2], 'token') ~= ARGV[1] then return 0 end
if redis.call('HGET', KEYS[1], 'chain') ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], 'promoted', ARGV[3])
redis.call('PUBLISH', ARGV[4], ARGV[5])
return 1
)lua";

// Says from where on snapshots are kept. KEYS: collected. ARGV: a version. Who makes room is not refused for
// want of it: a script that has written something may go on.
inline constexpr const char* collected_script = R"lua(
redis.call('DEL', KEYS[1])
redis.call('SET', KEYS[1], ARGV[1])
return 1
)lua";

// Takes snapshots away, unless a version was made since somebody found out that nobody needs them. KEYS:
// head, snapshots. ARGV: the head's chain then. Gives how many, or -1 if there is a new version.
inline constexpr const char* collect_script = R"lua(
if (redis.call('HGET', KEYS[1], 'chain') or '') ~= ARGV[1] then return -1 end
local count = 0
for i = 2, #KEYS do count = count + redis.call('UNLINK', KEYS[i]) end
return count
)lua";

}  // namespace honua::coordination
