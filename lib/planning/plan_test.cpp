// SPDX-License-Identifier: MIT
#include "planning/plan.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "planning/edits.h"
#include "planning/plan_for_test.h"
#include "planning/plan_report.h"
#include "planning/plan_rules.h"
#include "syntax/formatter.h"

namespace honua::planning {

namespace {

// A change as its mirror image should be: family, way and address.
std::string mirrored(const Change& change, bool swap) {
  Direction direction = change.rule->direction;
  if (swap && direction != Direction::other)
    direction = direction == Direction::less ? Direction::more : Direction::less;
  return std::string(change.rule->family) + " " + std::to_string(static_cast<int>(direction)) + " " +
         change.address;
}

std::multiset<std::string> images(const ChangeSet& plan, bool swap) {
  std::multiset<std::string> all;
  for (const Change& one : plan.changes) all.insert(mirrored(one, swap));
  return all;
}

void check_mirror(const Side& one, const Side& other, const std::vector<Move>& moves = {}) {
  std::vector<Move> moves_back = moves;
  for (Move& move : moves_back) {
    std::swap(move.old_layer, move.new_layer);
    std::swap(move.old_field, move.new_field);
  }
  const ChangeSet there = make_plan(one, other, *Moves::find(moves, *one.document, *other.document));
  const ChangeSet back = make_plan(other, one, *Moves::find(moves_back, *other.document, *one.document));
  CAPTURE(listing_of(there));
  CAPTURE(listing_of(back));
  if (moves.empty()) {
    CHECK(images(there, true) == images(back, false));
    return;
  }
  // What moves has another address on the other side.
  CHECK(listing_of(there).substr(0, 5) == listing_of(back).substr(0, 5));
}

// --- Random configurations: each setting is one of a few, or missing.

class RandomConfiguration {
 public:
  explicit RandomConfiguration(std::mt19937& random) : random_(random) {}

  // The blocks; in any order they are the same configuration.
  std::vector<std::string> blocks() {
    std::vector<std::string> made = {honua(), source("db"), source("archive"), limits()};
    for (const char* label : {"ogc_api", "wfs", "wms", "wmts"}) {
      if (chance(5, 6)) made.push_back(service(label));
    }
    for (const char* label : {"roads", "lakes", "roads_wfs", "trees"}) {
      if (chance(4, 5)) made.push_back(layer(label));
    }
    if (chance(1, 2))
      made.push_back("cache \"near\" {\n" + pick({"", "type = \"memory\"", "type = \"redis\""}) + "\n" +
                     pick({"", "enabled = false", "prefix = \"a:\""}) + "\n}\n");
    return made;
  }

 private:
  bool chance(unsigned hits, unsigned of) { return random_() % of < hits; }
  std::string pick(const std::vector<std::string>& choices) { return choices[random_() % choices.size()]; }

  std::string honua() {
    return "honua {\n" + pick({"", "environment = \"production\"", "environment = \"development\""}) + "\n" +
           pick({"", "log_level = \"debug\"", "log_level = \"Warning\""}) + "\n" +
           pick(
               {"", "allowed_hosts = [\"a\"]", "allowed_hosts = [\"b\", \"a\"]", "allowed_hosts = [\"*\"]"}) +
           "\n" +
           pick({"", "cors {\nallow_any_origin = true\n}",
                 "cors {\nallowed_origins = [\"https://a\"]\nallow_credentials = true\n}",
                 "cors = { allowed_origins = [\"https://a\", \"https://b\"] }"}) +
           "\n" + pick({"", "security {\nrequire_https = true\n}", "security {\nhsts_enabled = true\n}"}) +
           "\n}\n";
  }

  std::string source(const std::string& label) {
    return "data_source \"" + label +
           "\" {\nprovider = " + pick({"\"sqlite\"", "\"postgresql\"", "\"postgres\""}) + "\nconnection = " +
           pick({"\"Host=a;Password=one\"", "\"Host=a;Password=two\"", "\"Host=b;Password=one\"",
                 "env(\"URL\")", "\"Host=${env(\"H\")};SslMode=Require\"", "\"Host=a;SslMode=Prefer\""}) +
           "\n" + pick({"", "read_only = true", "pool {\nmax_size = 5\n}", "pool = { max_size = 50 }"}) +
           "\n}\n";
  }

  std::string limits() {
    return "rate_limit {\n" + pick({"", "enabled = false", "store = \"redis\""}) + "\n" +
           pick({"", "rules {\napi {\nrequests = 100\nwindow = \"1m\"\n}\n}",
                 "rules = { api = { requests = 6000, window = \"1h\" } }",
                 "rules = { api = { requests = 10 }, tiles = { requests = 5, window = \"1s\" } }"}) +
           "\n}\n";
  }

  std::string service(const std::string& label) {
    return "service \"" + label + "\" {\n" + pick({"", "", "enabled = false", "enabled = env(\"ON\")"}) +
           "\n" +
           pick({"", "enable_transactions = true", "max_page_size = 10", "max_page_size = 100",
                 "base_path = \"/x\""}) +
           "\n" +
           pick({"", "turbo = 1", "title = \"a\"", "csv_enabled = true",
                 "rate_limit {\nrequests = 5\nwindow = \"1m\"\n}"}) +
           "\n}\n";
  }

  std::string layer(const std::string& label) {
    return "layer \"" + label + "\" {\ntitle = " + pick({"\"a\"", "\"b\"", "env(\"T\")"}) +
           "\ndata_source = " + pick({"data_source.db", "data_source.archive", "\"db\""}) +
           "\ntable = " + pick({"\"t\"", "\"u\""}) + "\nid_field = " + pick({"\"id\"", "\"gid\""}) +
           "\nservices = " +
           pick({"[]", "[service.ogc_api]", "[service.wfs]", "[service.ogc_api, service.wfs]",
                 "[\"wfs\", \"ogc_api\"]", "[service.wms, service.wfs, service.ogc_api]"}) +
           "\n" +
           pick({"", "geometry {\ncolumn = \"g\"\ntype = \"Point\"\n}",
                 "geometry {\ncolumn = \"g\"\ntype = \"MultiPoint\"\nsrid = 3857\n}",
                 "geometry = { column = \"h\", type = \"Polygon\" }"}) +
           "\n" +
           pick({"", "fields {\na { type = \"int\" }\n}",
                 "fields = { a = { type = \"long\", nullable = false }, b = { type = \"string\" } }",
                 "fields = { b = { type = \"text\" } }"}) +
           "\n" +
           pick({"", "permissions {\nallow_anonymous_read = true\n}", "introspect_fields = false",
                 "cache { ttl = 5 }"}) +
           "\n}\n";
  }

  std::mt19937& random_;
};

std::string joined(const std::vector<std::string>& blocks) {
  std::string text;
  for (const std::string& one : blocks) text += one;
  return text;
}

const unsigned seed = std::random_device{}();

// --- Patches, applied as their standards say (RFC 6902 and RFC 7386).

using Json = nlohmann::json;

std::string patched(const std::string& text, const std::string& patch, bool is_merge) {
  Json document = Json::parse(text);
  if (is_merge) {
    document.merge_patch(Json::parse(patch));
  } else {
    document = document.patch(Json::parse(patch));
  }
  const auto read = snapshot::Document::read("patched", document.dump());
  REQUIRE(read.has_value());
  return std::string(read->text());
}

}  // namespace

TEST_CASE("each rule's example is a change of that rule, and only of its kind when swapped") {
  const snapshot::SecretDigest digest;
  for (const ChangeRule* rule : change_rules()) {
    const TestSide before({std::string(example_base), std::string(rule->before)}, digest);
    const TestSide after({std::string(example_base), std::string(rule->after)}, digest);
    if (rule->before.empty() && rule->after.empty()) continue;  // the next test has them
    std::vector<Move> moves;
    if (!rule->moved.empty()) moves.push_back(*read_move(rule->moved));
    const ChangeSet plan =
        make_plan(before.side(), after.side(), *Moves::find(moves, before.document(), after.document()));
    CAPTURE(rule->rule.code);
    CAPTURE(listing_of(plan));
    CHECK(std::ranges::any_of(plan.changes, [&](const Change& one) { return one.rule == rule; }));
    check_mirror(before.side(), after.side(), moves);
  }
}

TEST_CASE("settings that only a later version knows are changes of their block's own rule") {
  const auto side = [](const std::string& more) {
    return snapshot::Document::read(
        "s", R"({"format": "honua-snapshot", "format_version": "1.0", "environment": [],
      "configuration": {"honua": {)" +
                 more + R"(}, "layer": {"a": {)" + more + R"(, "services": ["wfs"], "fields": {"f": {)" +
                 more + R"(}}}}, "data_source": {"a": {)" + more + R"(}}, "cache": {"a": {)" + more +
                 R"(}}, "rate_limit": {)" + more + R"(, "rules": {"a": {)" + more +
                 R"(}}}, "service": {"wfs": {)" + more + "}}}}");
  };
  const auto before = side(R"("novelty": 1)");
  const auto after = side(R"("novelty": 2)");
  REQUIRE(before.has_value());
  REQUIRE(after.has_value());
  const ChangeSet plan = make_plan({&*before}, {&*after});
  CHECK(listing_of(plan) ==
        "P5090 cache.a.novelty risky\nP4090 data_source.a.novelty risky\nP8090 honua.novelty risky\n"
        "P2090 layer.a.fields.f.novelty risky\nP1090 layer.a.novelty risky\nP6090 rate_limit.novelty risky\n"
        "P6090 rate_limit.rules.a risky\nP3022 service.wfs.novelty risky\n");
}

TEST_CASE("a plan turned into a patch makes the one snapshot of the other") {
  std::mt19937 random(seed);
  CAPTURE(seed);
  const snapshot::SecretDigest digest;
  for (int round = 0; round < 100; ++round) {
    const TestSide before({joined(RandomConfiguration(random).blocks())}, digest);
    const TestSide after({joined(RandomConfiguration(random).blocks())}, digest);
    const auto from = snapshot::Document::from_canonical("a", before.text());
    const auto to = snapshot::Document::from_canonical("b", after.text());
    REQUIRE(from.has_value());
    REQUIRE(to.has_value());
    const std::vector<Edit> edits = find_edits(*from, *to);
    CAPTURE(before.text());
    CAPTURE(after.text());
    CHECK(patched(before.text(), render_json_patch(edits), false) == after.text());
    CHECK(patched(before.text(), render_merge_patch(edits), true) == after.text());
  }
}

TEST_CASE("rules have a code, a name and a family of their own, and mirrors where they have a direction") {
  std::set<std::string_view> names;
  std::map<std::string_view, std::set<Direction>> directions;
  for (const ChangeRule* rule : change_rules()) {
    CAPTURE(rule->rule.code);
    CHECK(names.insert(rule->rule.code).second);
    CHECK(names.insert(rule->rule.slug).second);
    CHECK(rule->rule.code.starts_with("P"));
    CHECK(rule->rule.severity == severity_of(rule->level));
    CHECK(find_change_rule(rule->family) != nullptr);
    CHECK_FALSE(rule->why.empty());
    CHECK(rule->why.ends_with('.'));
    directions[rule->family].insert(rule->direction);
    const std::string_view summary = rule->rule.summary;
    CHECK(summary.front() >= 'a');
    CHECK_FALSE(summary.ends_with('.'));
  }
  for (const auto& [family, found] : directions) {
    CAPTURE(family);
    const bool is_alone = found == std::set{Direction::other};
    const bool is_paired = found == std::set{Direction::less, Direction::more};
    CHECK((is_alone || is_paired));
  }
}

TEST_CASE("a configuration compared with itself has no changes, in whatever order it is written") {
  std::mt19937 random(seed);
  CAPTURE(seed);
  const snapshot::SecretDigest digest;
  for (int round = 0; round < 200; ++round) {
    std::vector<std::string> blocks = RandomConfiguration(random).blocks();
    const TestSide one({joined(blocks)}, digest);
    std::ranges::shuffle(blocks, random);
    const TestSide other(blocks, digest, true);
    CHECK(one.text() == other.text());
    CAPTURE(joined(blocks));
    CHECK(listing_of(make_plan(one.side(), one.side())).empty());
    const std::string listing = listing_of(make_plan(one.side(), other.side()));
    CHECK((listing.empty() || listing == "P9002  neutral\n"));
  }
}

TEST_CASE("a formatted configuration is written otherwise and says the same") {
  std::mt19937 random(seed);
  CAPTURE(seed);
  const snapshot::SecretDigest digest;
  for (int round = 0; round < 100; ++round) {
    const std::string text = joined(RandomConfiguration(random).blocks());
    const std::string formatted = syntax::format(text).value();
    CAPTURE(text);
    REQUIRE(formatted != text);
    const TestSide one({text}, digest);
    const TestSide other({formatted}, digest);
    CHECK(one.text() == other.text());
    CHECK(listing_of(make_plan(one.side(), other.side())) == "P9002  neutral\n");
  }
}

TEST_CASE("swapping the sides of a plan gives exactly the mirror image") {
  std::mt19937 random(seed);
  CAPTURE(seed);
  const snapshot::SecretDigest digest;
  for (int round = 0; round < 300; ++round) {
    const std::vector<std::string> before = RandomConfiguration(random).blocks();
    const std::vector<std::string> after = RandomConfiguration(random).blocks();
    const TestSide one({joined(before)}, digest);
    const TestSide other({joined(after)}, digest);
    CAPTURE(joined(before));
    CAPTURE(joined(after));
    check_mirror(one.side(), other.side());
    std::set<std::string> fingerprints;
    for (const Change& change : make_plan(one.side(), other.side()).changes) {
      CAPTURE(change.address);
      CHECK(fingerprints.insert(change.fingerprint).second);
    }
    // Whatever is not the same is in the plan.
    CHECK((one.text() == other.text() || !make_plan(one.side(), other.side()).changes.empty()));
  }
}

TEST_CASE("a second service renames a layer's collection") {
  const ChangeSet plan = plan_of("", "layer \"roads\" {\n  services = [service.ogc_api, service.wfs]\n}\n");
  CHECK(listing_of(plan) ==
        "P1005 layer.roads.services breaking\n"
        "P1011 layer.roads.services[\"wfs\"] additive\n");
  CHECK(plan.changes.front().message.find("`roads_ogc_api`") != std::string::npos);
}

TEST_CASE("rates are compared by requests per second, whatever their units") {
  const auto limit = [](const std::string& requests, const std::string& window) {
    return "rate_limit {\n  rules {\n    api {\n      requests = " + requests + "\n      window = \"" +
           window + "\"\n    }\n  }\n}\n";
  };
  CHECK(listing_of(plan_of(limit("100", "1m"), limit("5000", "1h"))) ==
        "P6001 rate_limit.rules.api risky stronger\n");
  CHECK(listing_of(plan_of(limit("5000", "1h"), limit("100", "1m"))) ==
        "P6002 rate_limit.rules.api risky weaker\n");
  CHECK(listing_of(plan_of(limit("100", "1m"), limit("9000", "1h"))) ==
        "P6002 rate_limit.rules.api additive weaker\n");
  CHECK(listing_of(plan_of(limit("100", "1m"), limit("6000", "1h"))) == "P6003 rate_limit.rules.api risky\n");
  CHECK(listing_of(plan_of(limit("100", "1m"), limit("100", "60s"))) ==
        "P9002 rate_limit.rules.api neutral\n");
  CHECK(listing_of(plan_of(limit("100", "1d"), limit("100", "24h"))) ==
        "P9002 rate_limit.rules.api neutral\n");
}

TEST_CASE("a star among the origins stands for all of them") {
  const auto cors = [](const std::string& settings) {
    return "honua {\n  cors {\n" + settings + "\n  }\n}\n";
  };
  const std::string listed = cors(R"(allowed_origins = ["https://a.example"])");
  const std::string any = cors(R"(allowed_origins = ["*"])");
  CHECK(listing_of(plan_of(listed, any)) == "P7003 honua.cors.allowed_origins additive weaker\n");
  CHECK(listing_of(plan_of(any, listed)) == "P7503 honua.cors.allowed_origins breaking stronger\n");
  CHECK(listing_of(plan_of(any, cors(R"(allowed_origins = ["*", "https://a.example"])"))) ==
        "P9002 honua.cors.allowed_origins neutral\n");
  const std::string open = "allow_any_origin = true\n";
  CHECK(listing_of(plan_of(cors(open + R"(allowed_origins = ["https://a.example"])"),
                           cors(open + R"(allowed_origins = ["https://b.example"])"))) ==
        "P7001 honua.cors.allowed_origins neutral\nP7002 honua.cors.allowed_origins neutral\n");
  CHECK(plan_of(cors(open + R"(allowed_origins = ["https://a.example"])"), cors(open))
            .changes.front()
            .message == "pages of `https://a.example` may call the server as any may");
  // One word for another.
  CHECK(listing_of(plan_of(listed, cors(open))) ==
        "P7003 honua.cors.allow_any_origin additive weaker\nP7001 honua.cors.allowed_origins neutral\n");
}

TEST_CASE("a changed password is told apart from a changed host, and neither is shown") {
  const auto source = [](const std::string& connection) {
    return "data_source \"db\" {\n  connection = \"" + connection + "\"\n}\n";
  };
  const std::string old = source("Host=a;Username=gis;Password=first-secret");
  const ChangeSet credential = plan_of(old, source("Host=a;Username=gis;Password=second-secret"));
  CHECK(listing_of(credential) == "P4005 data_source.db.connection neutral\n");
  const ChangeSet host = plan_of(old, source("Host=b;Username=gis;Password=first-secret"));
  CHECK(listing_of(host) == "P4004 data_source.db.connection risky\n");
  const ChangeSet both = plan_of(old, source("Host=b;Username=gis;Password=second-secret"));
  CHECK(listing_of(both) == "P4004 data_source.db.connection risky\n");
  for (const ChangeSet* plan : {&credential, &host, &both}) {
    for (const Change& one : plan->changes) {
      const std::string all = one.message + one.before + one.after + one.advice;
      CHECK(all.find("-secret") == std::string::npos);
    }
  }
}

TEST_CASE("a secret that goes with its connection is the mirror image of one that comes with it") {
  const std::string without = "data_source \"more\" {\n  provider = \"sqlite\"\n}\n";
  const std::string with = "data_source \"more\" {\n  connection = \"Host=a;Password=first-secret\"\n}\n";
  CHECK(
      listing_of(plan_of(without, without + with)).find("P4007 data_source.more.connection neutral weaker") !=
      std::string::npos);
  CHECK(listing_of(plan_of(without + with, without))
            .find("P4507 data_source.more.connection neutral stronger") != std::string::npos);
}

TEST_CASE("connections are told apart by what they say, not by how they are written") {
  const auto plan = [](const std::string& before, const std::string& after) {
    const auto source = [](const std::string& connection) {
      return "data_source \"more\" {\n  provider = \"postgresql\"\n  connection = \"" + connection +
             "\"\n}\n";
    };
    return listing_of(plan_of(source(before), source(after)));
  };
  const std::string otherwise = "P9002 data_source.more.connection neutral\n";
  CHECK(plan("Host=a;Port=1", "Port=1;Host=a") == otherwise);
  CHECK(plan("Host=a;Database=b", "Server=a; Database=b;") == otherwise);
  CHECK(plan("Host=a;Encrypt=yes", "Host=a;Encrypt=true") == otherwise);
  CHECK(plan("a.db", "b.db") == "P4004 data_source.more.connection risky\n");
  CHECK(plan(R"(Host=${env("H", "a")};Password=${env("P")})",
             R"(Host=${env("H", "b")};Password=${env("P")})") == "P9003 data_source.more.connection risky\n");
  CHECK(plan("rediss://a:1", "redis://a:1") ==
        "P4004 data_source.more.connection risky\nP4006 data_source.more.connection risky weaker\n");
  CHECK(plan("host=a password=one dbname=b", "host=a password=one dbname=c") ==
        "P4004 data_source.more.connection risky\n");
  CHECK(plan("host=a password=one sslmode=require", "host=a password=two sslmode=prefer") ==
        "P4006 data_source.more.connection risky weaker\n");
  CHECK(plan("host=a password=one sslmode=require", "host=a password=two sslmode=require") ==
        "P4005 data_source.more.connection neutral\n");
  // What gets better does not make up for what gets worse.
  CHECK(plan("Server=a;Encrypt=True;TrustServerCertificate=True",
             "Server=a;Encrypt=False;TrustServerCertificate=False") ==
        "P4006 data_source.more.connection risky weaker\nP4506 data_source.more.connection risky "
        "stronger\n");
}

TEST_CASE("what stands behind a cache's password is compared") {
  const auto cache = [](const std::string& connection) {
    return "cache \"near\" {\n  type = \"redis\"\n  connection = \"" + connection + "\"\n}\n";
  };
  CHECK(listing_of(plan_of(cache("c:6379,password=one,ssl=true"), cache("c:6379,password=one,ssl=false")))
            .find("P4006 cache.near.connection risky weaker") != std::string::npos);
  CHECK(listing_of(plan_of(cache("c:6379,password=one,ssl=true"), cache("d:6379,password=one,ssl=true")))
            .find("P4004 cache.near.connection") != std::string::npos);
  CHECK(listing_of(plan_of(cache("c:6379,password=one,ssl=true"), cache("c:6379,password=two,ssl=true")))
            .find("P4005 cache.near.connection") != std::string::npos);
}

TEST_CASE("less protection is told wherever the server connects") {
  const auto cache = [](const std::string& ssl) {
    return "cache \"near\" {\n  type = \"redis\"\n  settings = {\n    ssl = " + ssl + "\n  }\n}\n";
  };
  CHECK(listing_of(plan_of(cache("true"), cache("false"))) == "P4006 cache.near.settings.ssl risky weaker\n");
  CHECK(listing_of(plan_of(cache("false"), cache("true"))) ==
        "P4506 cache.near.settings.ssl risky stronger\n");
  const auto storage = [](const std::string& url) {
    return "attachment_storage \"files\" {\n  provider = \"s3\"\n  s3 {\n    service_url = \"" + url +
           "\"\n  }\n}\n";
  };
  CHECK(listing_of(plan_of(storage("https://a.example"), storage("http://a.example"))) ==
        "P4006 attachment_storage.files.s3.service_url risky weaker\n"
        "P8017 attachment_storage.files.s3.service_url neutral\n");
  CHECK(listing_of(plan_of(storage("https://a.example"), storage("https://b.example"))) ==
        "P8006 attachment_storage.files.s3.service_url breaking\n");
  const auto tracing = [](const std::string& url) {
    return "observability {\n  tracing {\n    endpoint = \"" + url + "\"\n  }\n}\n";
  };
  CHECK(listing_of(plan_of(tracing("http://a.example"), tracing("https://a.example"))) ==
        "P4506 observability.tracing.endpoint risky stronger\n"
        "P8007 observability.tracing.endpoint neutral\n");
}

TEST_CASE("a secret comes and goes with the block that it is written in") {
  const std::string with = "cache \"near\" {\n  type = \"redis\"\n  connection = \"a,password=planted\"\n}\n";
  const std::string without = "service \"wfs\" {\n}\n";
  CHECK(listing_of(plan_of(without, without + with)) ==
        "P5501 cache.near neutral\nP4007 cache.near.connection neutral weaker\n");
  CHECK(listing_of(plan_of(without + with, without)).find("P4507 cache.near.connection neutral stronger\n") !=
        std::string::npos);
}

TEST_CASE("a part of the server that logs details may log secrets") {
  const auto logging = [](const std::string& overrides) {
    return "logging {\n  overrides = {\n" + overrides + "  }\n}\n";
  };
  const std::string quiet = "    \"a\" = \"Warning\"\n";
  CHECK(listing_of(plan_of(logging(quiet), logging("    \"a\" = \"Debug\"\n"))) ==
        "P8010 logging.overrides.a neutral weaker\n");
  CHECK(listing_of(plan_of(logging(quiet + "    \"b\" = \"Trace\"\n"), logging(quiet))) ==
        "P8010 logging.overrides.b neutral stronger\n");
  CHECK(listing_of(plan_of(logging(quiet), logging("    \"a\" = \"Error\"\n"))) ==
        "P8010 logging.overrides.a neutral\n");
}

TEST_CASE("another user is another target") {
  const ChangeSet plan = plan_of("data_source \"db\" {\n  connection = \"Host=a;Username=b\"\n}\n",
                                 "data_source \"db\" {\n  connection = \"Host=a;Username=c\"\n}\n");
  CHECK(plan.changes.front().message == "`data_source.db.connection` goes elsewhere: `user`");
}

TEST_CASE("a source under another label is the same source") {
  const auto source = [](const std::string& label, const std::string& file) {
    return "data_source \"" + label + "\" {\n  provider = \"sqlite\"\n  connection = \"Data Source=" + file +
           "\"\n}\nlayer \"roads\" {\n  data_source = data_source." + label + "\n}\n";
  };
  CHECK(listing_of(plan_of(source("one", "x.db"), source("two", "x.db"))) ==
        "P4002 data_source.two additive\nP4001 data_source.one neutral\nP1024 layer.roads.data_source "
        "neutral\n");
  CHECK(listing_of(plan_of(source("one", "x.db"), source("two", "y.db")))
            .find("P1024 layer.roads.data_source risky") != std::string::npos);
}

TEST_CASE("a layer whose services come from the environment counts as published") {
  const auto layer = [](const std::string& services, const std::string& field) {
    return "layer \"roads\" {\n  services = " + services + "\n  id_field = \"" + field + "\"\n}\n";
  };
  const std::string undecided = "P9003 layer.roads.services risky\n";
  CHECK(listing_of(plan_of(layer("[service.wfs]", "id"), layer("[env(\"S\")]", "id"))) == undecided);
  CHECK(listing_of(plan_of(layer("[env(\"S\")]", "id"), layer("[env(\"T\")]", "id"))) == undecided);
  CHECK(listing_of(plan_of(layer("[env(\"S\")]", "id"), layer("[env(\"S\")]", "gid"))) ==
        "P1020 layer.roads.id_field breaking\n");
}

TEST_CASE("versions are put in order, those before a release, too") {
  const auto stac = [](const std::string& version) {
    return "service \"stac\" {\n  version = \"" + version + "\"\n}\n";
  };
  CHECK(listing_of(plan_of(stac("1.0.0-rc.1"), stac("1.0.0"))) == "P3005 service.stac.version risky\n");
  CHECK(listing_of(plan_of(stac("1.0.0-rc.2"), stac("1.0.0-rc.1"))) ==
        "P3505 service.stac.version breaking\n");
  const auto rest = [](const std::string& version) {
    return "service \"geoservices_rest\" {\n  version = " + version + "\n}\n";
  };
  CHECK(listing_of(plan_of(rest("10.81"), rest("10.9"))) == "P3005 service.geoservices_rest.version risky\n");
}

TEST_CASE("more in the long run and fewer at once is risky") {
  const auto limit = [](const std::string& requests, const std::string& window,
                        const std::string& more = "") {
    return "rate_limit {\n  rules {\n    api {\n      requests = " + requests + "\n      window = \"" +
           window + "\"\n" + more + "    }\n  }\n}\n";
  };
  CHECK(listing_of(plan_of(limit("600", "1m"), limit("11", "1s"))) ==
        "P6002 rate_limit.rules.api risky weaker\n");
  CHECK(plan_of(limit("600", "1m"), limit("5000", "1h")).changes.front().message ==
        "`rate_limit.rules.api` changes from `600 in 1m` to `5000 in 1h`: 10 a second to 1.39 a second");
}

TEST_CASE("no two changes of a plan have one fingerprint") {
  const ChangeSet plan =
      plan_of("layer \"roads\" {\n  services = [service.wfs, service.wms, service.wmts]\n}\n",
              "layer \"roads\" {\n  services = [service.ogc_api]\n}\n");
  std::set<std::string> fingerprints;
  for (const Change& one : plan.changes) CHECK(fingerprints.insert(one.fingerprint).second);
}

TEST_CASE("what nobody can reach changes nothing for clients") {
  const std::string hidden = "layer \"roads\" {\n  services = []\n  id_field = \"id\"\n}\n";
  const std::string other = "layer \"roads\" {\n  services = []\n  id_field = \"gid\"\n}\n";
  CHECK(listing_of(plan_of(hidden, other)) == "P1020 layer.roads.id_field neutral\n");
  const std::string off = "service \"csw\" {\n  enabled = false\n  max_records = 5\n}\n";
  const std::string off_too = "service \"csw\" {\n  enabled = false\n  max_records = 9\n}\n";
  CHECK(listing_of(plan_of(off, off_too)) == "P3510 service.csw.max_records neutral\n");
}

TEST_CASE("a value from the environment is undecidable, the same one is no change") {
  const auto table = [](const std::string& value) {
    return "layer \"roads\" {\n  table = " + value + "\n}\n";
  };
  CHECK(listing_of(plan_of(table("\"a\""), table("env(\"T\")"))) == "P9003 layer.roads.table risky\n");
  CHECK(listing_of(plan_of(table("env(\"T\")"), table("\"${env:T}\""))) == "P9002  neutral\n");
  CHECK(listing_of(plan_of(table("env(\"T\")"), table("env(\"U\")"))) == "P9003 layer.roads.table risky\n");
}

TEST_CASE("a snapshot that somebody wrote otherwise has no places, and later versions can be read") {
  const auto text = [](const std::string& version, const std::string& title) {
    return R"({"format": "honua-snapshot", "format_version": ")" + version +
           R"(", "environment": [], "configuration": {"layer": {"a": {"title": ")" + title + R"("}}}})";
  };
  const auto before = snapshot::Document::read("before", text("1.0", "x"));
  const auto after = snapshot::Document::read("after", text("1.7", "y"));
  REQUIRE(before.has_value());
  REQUIRE(after.has_value());
  CHECK(before->is_rewritten());
  const ChangeSet plan = make_plan({&*before}, {&*after});
  REQUIRE(plan.changes.size() == 1);
  CHECK_FALSE(plan.changes.front().before_place.has_value());
  CHECK_FALSE(snapshot::Document::read("later", text("2.0", "y")).has_value());
}

TEST_CASE("changes know where they stand on both sides") {
  const snapshot::SecretDigest digest;
  const TestSide before({"layer \"a\" {\n  title = \"x\"\n}\n"}, digest);
  const TestSide after({"# moved\nlayer \"a\" {\n\n  title = \"y\"\n}\n"}, digest);
  const ChangeSet plan = make_plan(before.side(), after.side());
  REQUIRE(plan.changes.size() == 1);
  REQUIRE(plan.changes.front().before_place.has_value());
  REQUIRE(plan.changes.front().after_place.has_value());
  CHECK(before.sources().file(0).line_of(plan.changes.front().before_place->begin) == 2);
  CHECK(after.sources().file(0).line_of(plan.changes.front().after_place->begin) == 4);
}

TEST_CASE("a plan of five thousand changes fits into a comment, its summary kept and the cut stated") {
  std::string before;
  std::string after;
  for (int i = 0; i < 5000; ++i) {
    const std::string label =
        "layer \"l" + std::to_string(i) + "\" {\n  services = [\"ogc_api\"]\n  id_field = ";
    before += label + "\"id\"\n}\n";
    after += label + "\"gid é|<b>\"\n}\n";
  }
  const snapshot::SecretDigest digest;
  const TestSide old_side({std::string(example_base), before}, digest);
  const TestSide new_side({std::string(example_base), after}, digest);
  const ChangeSet plan = make_plan(old_side.side(), new_side.side());
  CHECK(plan.changes.size() == 5000);
  PlanReport report{&plan,
                    {"old", &old_side.document(), &old_side.sources(), ""},
                    {"new", &new_side.document(), &new_side.sources(), ""},
                    {},
                    0};
  for (const Change& one : plan.changes) report.shown.push_back(&one);
  const std::string text = render_plan_markdown(report);
  CHECK(text.size() < max_markdown_size);
  CHECK(text.size() > max_markdown_size / 2);
  CHECK(text.find("**5000 breaking**") != std::string::npos);
  CHECK(text.find(" more changes are not shown") != std::string::npos);
  CHECK(text.find("`gid é\\|<b>`") != std::string::npos);
}

TEST_CASE("backticks in values let nothing out of Markdown's code") {
  for (const std::string title : {"``<img src=x>", "`<img src=x>", "a`<img src=x>`b", "```\n<img src=x>"}) {
    const auto layer = [](const std::string& value) {
      return "layer \"roads\" {\n  id_field = \"" + value + "\"\n}\n";
    };
    const snapshot::SecretDigest digest;
    const TestSide before({std::string(example_base), layer("id")}, digest);
    const TestSide after(
        {std::string(example_base), layer(title == "```\n<img src=x>" ? "```<img src=x>" : title)}, digest);
    const ChangeSet plan = make_plan(before.side(), after.side());
    PlanReport report{
        &plan, {"a", &before.document(), nullptr, ""}, {"b", &after.document(), nullptr, ""}, {}, 0};
    for (const Change& one : plan.changes) report.shown.push_back(&one);
    const std::string text = render_plan_markdown(report);
    CAPTURE(text);
    CHECK(text.find("\\<img") != std::string::npos);
  }
}

}  // namespace honua::planning
