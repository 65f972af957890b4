// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "connection/connection_text.h"
#include "planning/connection_changes.h"
#include "planning/handlers.h"
#include "planning/plan_rules.h"
#include "snapshot/form.h"
#include "text/sanitize.h"
#include "text/unicode.h"
#include "text/words.h"

// `data_source`, and whatever else connects.
namespace honua::planning {

namespace {

using connection::ConnectionText;
using text::quoted;

constexpr ChangeRule removed{
    .rule = plan_rule("P4001", "source-removed", Level::breaking, "a data source that was used is gone"),
    .level = Level::breaking,
    .effect = Effect::reconnect,
    .area = Area::source,
    .family = "P4001",
    .direction = Direction::less,
    .why = "Whatever took its data from there has none.",
    .before =
        "data_source \"archive\" {\n  provider = \"sqlite\"\n}\nlayer \"old\" {\n  data_source = "
        "data_source.archive\n}\n",
    .after = ""};
constexpr ChangeRule added{
    .rule = plan_rule("P4002", "source-added", Level::additive, "a data source is added and used"),
    .level = Level::additive,
    .effect = Effect::reconnect,
    .area = Area::source,
    .family = "P4001",
    .direction = Direction::more,
    .why = "The server connects to a further database.",
    .before = "",
    .after =
        "data_source \"archive\" {\n  provider = \"sqlite\"\n}\nlayer \"old\" {\n  data_source = "
        "data_source.archive\n}\n"};
constexpr ChangeRule unused_removed{.rule = plan_rule("P4501", "source-unused-removed", Level::neutral,
                                                      "a data source that nothing used is gone"),
                                    .effect = Effect::none,
                                    .area = Area::source,
                                    .family = "P4501",
                                    .direction = Direction::less,
                                    .why = "No layer and no service took data from it.",
                                    .before = "data_source \"spare\" {\n  provider = \"sqlite\"\n}\n",
                                    .after = ""};
constexpr ChangeRule unused_added{.rule = plan_rule("P4502", "source-unused-added", Level::neutral,
                                                    "a data source is added that nothing uses"),
                                  .effect = Effect::none,
                                  .area = Area::source,
                                  .family = "P4501",
                                  .direction = Direction::more,
                                  .why = "No layer and no service takes data from it.",
                                  .before = "",
                                  .after = "data_source \"spare\" {\n  provider = \"sqlite\"\n}\n"};
constexpr ChangeRule provider_changed{
    .rule = plan_rule("P4003", "source-provider-changed", Level::breaking,
                      "a data source is another kind of database"),
    .level = Level::breaking,
    .effect = Effect::migrate,
    .area = Area::source,
    .family = "P4003",
    .why = "Types, collation, identifiers and SQL differ between databases; the data have to be moved.",
    .advice = "add the new source beside the old one, and move layer by layer",
    .before = "data_source \"db\" {\n  provider = \"sqlite\"\n}\n",
    .after = "data_source \"db\" {\n  provider = \"mysql\"\n}\n"};
constexpr ChangeRule provider_spelt{.rule = plan_rule("P4503", "source-provider-spelling", Level::neutral,
                                                      "a kind of database is called otherwise"),
                                    .effect = Effect::none,
                                    .area = Area::source,
                                    .family = "P4503",
                                    .why = "Both names are of one kind.",
                                    .before = "data_source \"db\" {\n  provider = \"postgres\"\n}\n",
                                    .after = "data_source \"db\" {\n  provider = \"postgresql\"\n}\n"};
constexpr ChangeRule connection_changed{
    .rule = plan_rule("P4004", "source-connection-changed", Level::risky, "a connection goes elsewhere"),
    .level = Level::risky,
    .effect = Effect::reconnect,
    .area = Area::source,
    .family = "P4004",
    .why =
        "Another host, database or user may have other data, or other rights. The databases are not "
        "compared.",
    .advice = "make sure that the same tables are there, and that the server may reach them",
    .before = "data_source \"db\" {\n  connection = \"Host=a;Database=city\"\n}\n",
    .after = "data_source \"db\" {\n  connection = \"Host=b;Database=city\"\n}\n"};
constexpr ChangeRule credential_changed{
    .rule =
        plan_rule("P4005", "source-credential-changed", Level::neutral, "a password or key is another one"),
    .effect = Effect::reconnect,
    .area = Area::source,
    .family = "P4005",
    .why = "Nothing but the secret differs. Neither of the two is shown.",
    .advice = "keep secrets out of the file: `env(\"NAME\")`",
    .before = "data_source \"db\" {\n  connection = \"Host=a;Password=one\"\n}\n",
    .after = "data_source \"db\" {\n  connection = \"Host=a;Password=two\"\n}\n"};
constexpr ChangeRule tls_weakened{
    .rule = plan_rule("P4006", "source-tls-weakened", Level::risky, "a connection is protected less"),
    .level = Level::risky,
    .security = Security::weaker,
    .effect = Effect::reconnect,
    .area = Area::source,
    .family = "P4006",
    .direction = Direction::less,
    .why = "Somebody between the server and what it connects to can read along, or pose as that.",
    .before = "data_source \"db\" {\n  connection = \"Host=a;SslMode=VerifyFull\"\n}\n",
    .after = "data_source \"db\" {\n  connection = \"Host=a;SslMode=Prefer\"\n}\n"};
constexpr ChangeRule tls_strengthened{
    .rule = plan_rule("P4506", "source-tls-strengthened", Level::risky, "a connection is protected more"),
    .level = Level::risky,
    .security = Security::stronger,
    .effect = Effect::reconnect,
    .area = Area::source,
    .family = "P4006",
    .direction = Direction::more,
    .why = "What has no TLS, or a certificate that does not fit, is no longer reached.",
    .advice = "try the connection from where the server runs",
    .before = "data_source \"db\" {\n  connection = \"Host=a;SslMode=Prefer\"\n}\n",
    .after = "data_source \"db\" {\n  connection = \"Host=a;SslMode=VerifyFull\"\n}\n"};
constexpr ChangeRule secret_introduced{
    .rule = plan_rule("P4007", "source-literal-secret-introduced", Level::neutral,
                      "a secret is written into the file"),
    .security = Security::weaker,
    .effect = Effect::reconnect,
    .area = Area::source,
    .family = "P4007",
    .direction = Direction::less,
    .why = "Whoever may read the file, its backups or its history knows the secret.",
    .advice = "take it from the environment: `env(\"NAME\")`; and change it, since it is known now",
    .before = "data_source \"db\" {\n  connection = \"Host=a;Password=${env(\"PW\")}\"\n}\n",
    .after = "data_source \"db\" {\n  connection = \"Host=a;Password=hunter2\"\n}\n"};
constexpr ChangeRule secret_removed{
    .rule = plan_rule("P4507", "source-literal-secret-removed", Level::neutral,
                      "a secret is no longer written into the file"),
    .security = Security::stronger,
    .effect = Effect::reconnect,
    .area = Area::source,
    .family = "P4007",
    .direction = Direction::more,
    .why = "Readers of the file no longer learn it. Those of its history do.",
    .advice = "change the secret, too: older versions of the file tell it",
    .before = "data_source \"db\" {\n  connection = \"Host=a;Password=hunter2\"\n}\n",
    .after = "data_source \"db\" {\n  connection = \"Host=a;Password=${env(\"PW\")}\"\n}\n"};
constexpr ChangeRule pool_shrunk{
    .rule = plan_rule("P4010", "source-pool-shrunk", Level::risky, "a source has fewer connections"),
    .level = Level::risky,
    .effect = Effect::reconnect,
    .area = Area::source,
    .family = "P4010",
    .direction = Direction::less,
    .why = "Under load requests wait for a connection, and fail when they wait too long.",
    .before = "data_source \"db\" {\n  pool {\n    max_size = 20\n  }\n}\n",
    .after = "data_source \"db\" {\n  pool {\n    max_size = 5\n  }\n}\n"};
constexpr ChangeRule pool_grown{
    .rule = plan_rule("P4510", "source-pool-grown", Level::risky, "a source has more connections"),
    .level = Level::risky,
    .effect = Effect::reconnect,
    .area = Area::source,
    .family = "P4010",
    .direction = Direction::more,
    .why =
        "The database allows a number of connections to all its clients together: each instance of the "
        "server "
        "takes as many as the pool is large.",
    .advice = "multiply by the number of instances, and compare with what the database allows",
    .before = "data_source \"db\" {\n  pool {\n    max_size = 5\n  }\n}\n",
    .after = "data_source \"db\" {\n  pool {\n    max_size = 20\n  }\n}\n"};
constexpr ChangeRule operation_changed{
    .rule = plan_rule("P4011", "source-operation-changed", Level::neutral,
                      "a source's timeouts, tries or health check are other ones"),
    .effect = Effect::reconnect,
    .area = Area::source,
    .family = "P4011",
    .why = "Clients see a difference only where the database is slow or away.",
    .before = "data_source \"db\" {\n  pool {\n    timeout = 30\n  }\n}\n",
    .after = "data_source \"db\" {\n  pool {\n    timeout = 10\n  }\n}\n"};
constexpr ChangeRule read_only_set{
    .rule = plan_rule("P4012", "source-read-only-set", Level::risky, "a source is only read"),
    .level = Level::risky,
    .security = Security::stronger,
    .effect = Effect::reconnect,
    .area = Area::source,
    .family = "P4012",
    .direction = Direction::less,
    .why = "Changes to its layers are refused: breaking where a service that takes changes publishes one.",
    .before = "data_source \"db\" {\n  read_only = false\n}\n",
    .after = "data_source \"db\" {\n  read_only = true\n}\n"};
constexpr ChangeRule read_only_cleared{
    .rule = plan_rule("P4512", "source-read-only-cleared", Level::additive, "a source may be written to"),
    .level = Level::additive,
    .security = Security::weaker,
    .effect = Effect::reconnect,
    .area = Area::source,
    .family = "P4012",
    .direction = Direction::more,
    .why = "Services that take changes can change its data.",
    .before = "data_source \"db\" {\n  read_only = true\n}\n",
    .after = "data_source \"db\" {\n  read_only = false\n}\n"};
constexpr ChangeRule lag_raised{
    .rule =
        plan_rule("P4013", "source-replication-lag-raised", Level::risky, "a replica may be further behind"),
    .level = Level::risky,
    .area = Area::source,
    .family = "P4013",
    .direction = Direction::more,
    .why = "Clients may read older data, and not what they have just written.",
    .before = "data_source \"db\" {\n  read_only = true\n  max_replication_lag = 5\n}\n",
    .after = "data_source \"db\" {\n  read_only = true\n  max_replication_lag = 60\n}\n"};
constexpr ChangeRule lag_lowered{
    .rule = plan_rule("P4513", "source-replication-lag-lowered", Level::neutral,
                      "a replica may be less far behind"),
    .area = Area::source,
    .family = "P4013",
    .direction = Direction::less,
    .why = "More reads go to the primary.",
    .before = "data_source \"db\" {\n  read_only = true\n  max_replication_lag = 60\n}\n",
    .after = "data_source \"db\" {\n  read_only = true\n  max_replication_lag = 5\n}\n"};
constexpr ChangeRule other_changed{
    .rule = plan_rule("P4090", "source-setting-changed", Level::risky,
                      "a setting of a data source changed whose meaning is not known here"),
    .level = Level::risky,
    .effect = Effect::reconnect,
    .area = Area::source,
    .family = "P4090",
    .why = "No schema knows the setting: what the server makes of it cannot be told."};

constexpr std::array all_rules = {&removed,
                                  &added,
                                  &unused_removed,
                                  &unused_added,
                                  &provider_changed,
                                  &provider_spelt,
                                  &connection_changed,
                                  &credential_changed,
                                  &tls_weakened,
                                  &tls_strengthened,
                                  &secret_introduced,
                                  &secret_removed,
                                  &pool_shrunk,
                                  &pool_grown,
                                  &operation_changed,
                                  &read_only_set,
                                  &read_only_cleared,
                                  &lag_raised,
                                  &lag_lowered,
                                  &other_changed};

// --- Connections

// A variable with its default, if it has one: what tells it from the same one with another.
std::string reference_text(const std::string& name, const Node& reference) {
  const Node fallback = reference.member(snapshot::form::fallback);
  return "${env." + name + (fallback.is_given() ? ":" + fallback.json() : "") + "}";
}

// What a connection says, as far as it is written: secrets masked, references as `${env.NAME}`.
std::string written_text(const Node& node) {
  namespace form = snapshot::form;
  if (const auto text = node.text()) return *text;
  if (const auto text = node.masked_text()) return *text;
  std::string joined;
  for (const Node& part : node.member(form::text_template).elements()) {
    const auto name = part.member(form::environment).text();
    joined += name ? reference_text(*name, part) : part.text().value_or("");
  }
  return joined;
}

bool holds_secret(const Node& node) {
  return written_text(node).find(snapshot::form::secret) != std::string::npos;
}

// Whether there is more than a reference: parts to compare.
bool has_parts(const Node& node) { return !written_text(node).empty(); }

ConnectionText parsed(const Difference& difference, const Node& node) {
  const std::string text = written_text(node);
  const bool is_cache = difference.block->type == config::BlockType::cache;
  return is_cache ? connection::parse_redis_connection(text) : connection::parse_connection(text);
}

bool is_secret_key(std::string_view key) {
  return key == "password" || key == "ssl password" || key.find("key") != std::string_view::npos ||
         key.find("signature") != std::string_view::npos || key.find("token") != std::string_view::npos ||
         key.find("secret") != std::string_view::npos;
}

bool is_tls_key(std::string_view key) {
  return key == "ssl mode" || key == "ssl" || key == "tls" || key == "encrypt" ||
         key == "trust server certificate";
}

// How well a setting of TLS protects; higher is better. Names of PostgreSQL's and MySQL's drivers.
int strength_of(std::string_view key, const std::string* value) {
  const std::string word = value == nullptr ? "" : text::to_lower(*value);
  const bool is_yes = word == "true" || word == "yes" || word == "1";
  if (key == "trust server certificate") return is_yes ? 0 : 1;
  if (key == "encrypt") return word == "strict" ? 2 : is_yes || word == "mandatory" ? 1 : 0;
  if (key == "ssl" || key == "tls") return is_yes ? 1 : 0;
  constexpr std::array<std::array<std::string_view, 4>, 6> ranks = {
      {{"disable", "disabled", "none", ""},
       {"allow", "", "", ""},
       {"prefer", "preferred", "", ""},
       {"require", "required", "", ""},
       {"verify-ca", "verifyca", "verify_ca", ""},
       {"verify-full", "verifyfull", "verify_full", ""}}};
  constexpr int usual = 2;  // what drivers do unless told
  if (word.empty()) return usual;
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    if (std::ranges::find(ranks[i], word) != ranks[i].end()) return static_cast<int>(i);
  }
  return usual;
}

std::set<std::string> keys_of(const ConnectionText& connection) {
  std::set<std::string> keys;
  for (const connection::ConnectionSetting& one : connection.settings) keys.insert(one.key);
  return keys;
}

// What differs between two connections, by what it means.
struct ConnectionChanges {
  std::set<std::string> target;  // where it goes, as whom: names, with values where these are no secret
  std::set<std::string> other;   // how it is used: names fit to be shown
  bool secret = false;
  bool is_tls_weaker = false;
  bool is_tls_stronger = false;

  [[nodiscard]] bool is_empty() const {
    return target.empty() && other.empty() && !secret && !is_tls_weaker && !is_tls_stronger;
  }
};

bool is_tls_scheme(std::string_view scheme) { return scheme == "rediss" || scheme == "https"; }

bool is_target_key(std::string_view key) {
  constexpr std::array<std::string_view, 5> names = {"host", "port", "database", "user", "data source"};
  return std::ranges::find(names, key) != names.end();
}

bool is_known_key(const ConnectionText& connection, const std::string& key) {
  return std::ranges::any_of(connection.settings,
                             [&](const auto& one) { return one.key == key && one.is_known; });
}

std::string value_change(const std::string& name, const std::string& from, const std::string& to) {
  if (from.empty() || to.empty()) return quoted(name);
  return quoted(name) + " from " + quoted(from) + " to " + quoted(to);
}

void compare_setting(const std::string& key, const Both<const ConnectionText*>& sides,
                     ConnectionChanges& changes) {
  const std::string* from = sides.before->find(key);
  const std::string* to = sides.after->find(key);
  if (from != nullptr && to != nullptr && *from == *to) return;
  if (is_secret_key(key)) {
    changes.secret = true;
  } else if (is_tls_key(key)) {
    const int difference = strength_of(key, to) - strength_of(key, from);
    changes.is_tls_weaker = changes.is_tls_weaker || difference < 0;
    changes.is_tls_stronger = changes.is_tls_stronger || difference > 0;
  } else if (is_target_key(key)) {
    const bool is_value_shown = key != "user" && from != nullptr && to != nullptr;
    changes.target.insert(is_value_shown ? value_change(key, *from, *to) : quoted(key));
  } else {
    const bool is_known = is_known_key(*sides.before, key) || is_known_key(*sides.after, key);
    changes.other.insert(is_known ? quoted(key) : "another setting");
  }
}

ConnectionChanges compare(const ConnectionText& before, const ConnectionText& after) {
  ConnectionChanges changes;
  const bool is_other_form = before.form != after.form || before.scheme != after.scheme;
  if (is_other_form) changes.target.insert("the form of the text");
  changes.is_tls_weaker = is_tls_scheme(before.scheme) && !is_tls_scheme(after.scheme);
  changes.is_tls_stronger = is_tls_scheme(after.scheme) && !is_tls_scheme(before.scheme);
  std::set<std::string> keys = keys_of(before);
  keys.merge(keys_of(after));
  // A host may stand in a URL, or be called the data source, which is a file elsewhere.
  const bool has_other_word = keys.contains("data source");
  if (before.hosts != after.hosts && !has_other_word)
    changes.target.insert(value_change("host", text::join(before.hosts, ","), text::join(after.hosts, ",")));
  for (const std::string& key : keys) {
    const bool is_in_url = key == "port" && is_other_form;
    if (key != "host" && !is_in_url) compare_setting(key, {&before, &after}, changes);
  }
  return changes;
}

// --- Settings

void grade_provider(const Difference& difference, Grader& grader) {
  const auto names = texts(difference);
  if (!names) return grader.report_undecided(difference);
  const auto kind = [](const std::string& name) {
    const connection::Provider* found = connection::find_provider(name);
    return found == nullptr ? text::to_lower(name) : std::string(found->canonical);
  };
  const bool is_same = kind(names->before) == kind(names->after);
  grader.report(is_same ? provider_spelt : provider_changed, difference,
                quoted(address_of(*difference.block)) +
                    (is_same ? " names its kind of database otherwise: " : " is another kind of database: ") +
                    from_to(difference));
}

void grade_pool_size(const Difference& difference, Grader& grader) {
  const auto both = numbers(difference);
  if (!both) return grader.report_undecided(difference);
  grader.report(both->after > both->before ? pool_grown : pool_shrunk, difference,
                setting_change(difference));
}

// Whether one of the layers of a source is in a service that takes changes.
bool has_editors(const std::string& source, const snapshot::Document& document, const PublishedModel& side) {
  const auto users = side.users_of(config::BlockType::data_source, source);
  return std::ranges::any_of(users, [&](const snapshot::BlockEntry* user) {
    if (user->type != config::BlockType::layer) return false;
    const syntax::Tree tree = document.parse(*user);
    return side.is_editable(Node(tree.expression()));
  });
}

void grade_read_only(const Difference& difference, Grader& grader) {
  const auto both = flags(difference);
  if (!both) return grader.report_undecided(difference);
  const std::string& label = difference.block->label;
  Change& made = grader.report(
      both->after ? read_only_set : read_only_cleared, difference,
      quoted(address_of(*difference.block)) + (both->after ? " is only read" : " may be written to"));
  if (both->after && has_editors(label, grader.document_after(), grader.after()))
    made.level = Level::breaking;
}

void grade_lag(const Difference& difference, Grader& grader) {
  constexpr double unlimited = 1e18;
  const auto both = numbers(difference, unlimited);
  if (!both) return grader.report_undecided(difference);
  grader.report(both->after > both->before ? lag_raised : lag_lowered, difference,
                setting_change(difference));
}

bool is_used(const std::string& label, const PublishedModel& side) {
  return !side.users_of(config::BlockType::data_source, label).empty();
}

void grade_added(const BlockPair& block, Grader& grader) {
  const bool is_in_use = is_used(block.label, grader.after());
  grader.report(is_in_use ? added : unused_added, block,
                quoted(address_of(block)) + (is_in_use ? " is added" : " is added, and nothing uses it"));
}

void grade_removed(const BlockPair& block, Grader& grader) {
  const bool was_in_use = is_used(block.label, grader.before());
  Change& made =
      grader.report(was_in_use ? removed : unused_removed, block,
                    quoted(address_of(block)) + (was_in_use ? " is gone" : ", which nothing used, is gone"));
  // What used it says for itself whether it breaks.
  if (!was_in_use || is_used(block.label, grader.after())) return;
  made.level = Level::neutral;
  made.message += ", and nothing refers to it any more";
  made.advice.clear();
}

constexpr std::array source_table = {
    Handler{"provider", &grade_provider},
    Handler{"connection", &grade_connection, true},
    Handler{"health_check", &grade_as<operation_changed>, true},
    Handler{"pool.min_size", &grade_as<operation_changed>},
    Handler{"pool.max_size", &grade_pool_size},
    Handler{"pool.timeout", &grade_as<operation_changed>, true},
    Handler{"pool.connection_lifetime", &grade_as<operation_changed>, true},
    Handler{"pool.idle_timeout", &grade_as<operation_changed>, true},
    Handler{"retry.max_attempts", &grade_as<operation_changed>, true},
    Handler{"retry.delay_seconds", &grade_as<operation_changed>, true},
    Handler{"read_only", &grade_read_only},
    Handler{"max_replication_lag", &grade_lag},
};

}  // namespace

void grade_connection(const Difference& difference, Grader& grader) {
  report_secret_place(difference, grader);
  const bool is_comparable = has_parts(difference.before) && has_parts(difference.after);
  if (!is_comparable) {
    if (difference.before.is_undecided() || difference.after.is_undecided())
      return grader.report_undecided(difference);
    grader.report(connection_changed, difference, setting_change(difference));
    return;
  }
  const std::string what = quoted(address_of(difference));
  ConnectionChanges changes;
  if (written_text(difference.before) == written_text(difference.after)) {
    changes.secret = true;  // all that is not shown
  } else {
    const ConnectionText before = parsed(difference, difference.before);
    const ConnectionText after = parsed(difference, difference.after);
    // A path, say: nothing to take apart.
    const bool is_opaque =
        (before.settings.empty() && before.hosts.empty()) || (after.settings.empty() && after.hosts.empty());
    if (is_opaque) {
      grader.report(connection_changed, difference, setting_change(difference));
      return;
    }
    changes = compare(before, after);
    // What a variable stands for is a part of no setting that can be compared.
    if (changes.is_empty() && written_text(difference.after).find("${env.") != std::string::npos)
      return grader.report_undecided(difference);
  }
  if (!changes.target.empty()) {
    grader.report(connection_changed, difference,
                  what + " goes elsewhere: " + text::join(changes.target, ", "));
  } else if (!changes.other.empty()) {
    grader.report(connection_changed, difference,
                  what + " is used otherwise: " + text::join(changes.other, ", ") + " differs");
  }
  if (changes.is_tls_weaker) grader.report(tls_weakened, difference, what + " is protected less");
  if (changes.is_tls_stronger) grader.report(tls_strengthened, difference, what + " is protected more");
  if (changes.secret) {
    grader.report(credential_changed, difference,
                  "the secret of " + what + " is another one" +
                      (changes.target.empty() ? "; where it connects stays" : ""));
  }
}

void report_secret_place(const Difference& difference, Grader& grader) {
  const bool had = holds_secret(difference.before);
  const bool has = holds_secret(difference.after);
  if (had == has) return;
  const std::string what = "the secret of " + quoted(address_of(difference));
  if (has) {
    grader.report(secret_introduced, difference, what + " is written into the file");
  } else {
    grader.report(secret_removed, difference, what + " is no longer written into the file");
  }
}

void grade_tls(const Difference& difference, Grader& grader) {
  grade_switch(difference, tls_strengthened, tls_weakened, grader);
}

void report_tls_of_url(const Difference& difference, Grader& grader) {
  const auto urls = texts(difference);
  if (!urls) return;
  const bool was_safe = is_tls_scheme(connection::parse_connection(urls->before).scheme);
  const bool is_safe = is_tls_scheme(connection::parse_connection(urls->after).scheme);
  // Without a URL on both sides there is nothing to compare.
  if (was_safe == is_safe || urls->before.empty() || urls->after.empty()) return;
  grader.report(is_safe ? tls_strengthened : tls_weakened, difference,
                quoted(address_of(difference)) + (is_safe ? " is protected more" : " is protected less"));
}

void grade_credential(const Difference& difference, Grader& grader) {
  const std::size_t reported = grader.size();
  report_secret_place(difference, grader);
  if (grader.size() != reported) return;
  if (!holds_secret(difference.before) && difference.after.is_undecided())
    return grader.report_undecided(difference);
  grader.report(credential_changed, difference, quoted(address_of(difference)) + " is another one");
}

namespace rules {

std::span<const ChangeRule* const> source_rules() { return all_rules; }

}  // namespace rules

const BlockHandlers data_source_handlers{config::BlockType::data_source,
                                         source_table,
                                         {},
                                         &grade_as<other_changed>,
                                         &grade_added,
                                         &grade_removed,
                                         nullptr};

}  // namespace honua::planning
