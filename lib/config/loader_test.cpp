// SPDX-License-Identifier: MIT
#include "config/loader.h"

#include <deque>
#include <map>
#include <memory>
#include <string>

#include <doctest/doctest.h>

#include "config/rules.h"
#include "syntax/parser.h"

namespace honua::config {

namespace {

struct Text {
  std::string name;
  std::string content;
  bool overlay = false;
};

// Files and what they come to.
class Case {
 public:
  explicit Case(const std::vector<Text>& texts, const MapEnvironment& environment = MapEnvironment()) {
    std::vector<LoadInput> inputs;
    for (const Text& text : texts) {
      const source::SourceFile& file = sources_.add(text.name, text.content);
      const bool json = text.name.ends_with(".json");
      trees_.push_back(json ? syntax::parse_json(file, syntax::Dialect::honua, sink)
                            : syntax::parse(file, syntax::Dialect::honua, sink));
      const bool model = json && !text.name.ends_with(".hcl.json");
      inputs.push_back({&trees_.back(), json, text.overlay, model});
    }
    loaded = load(inputs, environment, syntax::Dialect::honua, sink);
  }
  explicit Case(const std::string& text) : Case(std::vector<Text>{{"a.hcl", text}}) {}

  [[nodiscard]] std::string findings() const {
    std::string out;
    for (const diagnostics::Diagnostic* one : sink.sorted()) {
      const auto position = sources_.file(one->range.file).position(one->range.begin);
      out += std::to_string(position.line) + ":" + std::to_string(position.column) + " " +
             std::string(one->rule->code) + "\n";
    }
    return out;
  }
  [[nodiscard]] const Block* block(BlockType type, std::string_view label = "") const {
    return loaded.configuration.find(type, label);
  }
  // The text of `label.attribute` in a layer.
  [[nodiscard]] std::string text(BlockType type, std::string_view label, std::string_view name) const {
    const Block* found = block(type, label);
    const Setting* setting = found == nullptr ? nullptr : found->find(name);
    if (setting == nullptr) return "(none)";
    const auto value = setting->text();
    return value ? std::string(*value) : "(" + std::string(describe(setting->kind)) + ")";
  }

  diagnostics::Diagnostics sink;
  Loaded loaded;

 private:
  source::SourceSet sources_;
  std::deque<syntax::Tree> trees_;
};

}  // namespace

TEST_CASE("blocks and attributes are the same setting") {
  for (const std::string geometry :
       {"geometry {\n column = \"g\"\n srid = 3857\n}", "geometry = {\n column = \"g\"\n srid = 3857\n}"}) {
    const Case loaded("layer \"a\" {\n" + geometry + "\n}\n");
    CHECK(loaded.findings().empty());
    const Setting* found = loaded.block(BlockType::layer, "a")->find("geometry");
    REQUIRE(found != nullptr);
    CHECK(found->find("column")->text() == "g");
    CHECK(found->find("srid")->number() == 3857);
  }
}

TEST_CASE("references are read in all their spellings") {
  for (const std::string written :
       {"data_source.db", "\"db\"", "\"data_source.db\"", "data_source[\"db\"]", "db"}) {
    const Case loaded("layer \"a\" {\n data_source = " + written + "\n}\n");
    CAPTURE(written);
    CHECK(loaded.findings().empty());
    const Setting* found = loaded.block(BlockType::layer, "a")->find("data_source");
    REQUIRE(found != nullptr);
    CHECK(found->is(SettingKind::reference));
    CHECK(found->text() == "db");
  }
}

TEST_CASE("a reference to a block of another type is a finding") {
  CHECK(Case("layer \"a\" {\n data_source = service.x\n services = [layer.y, \"z\"]\n}\n").findings() ==
        "2:16 H0119\n3:14 H0119\n");
}

TEST_CASE("variables have values in both forms, and references to attributes are followed") {
  const Case loaded(
      "variable \"a\" = \"x\"\nvariable \"b\" {\n default = \"${var.a}y\"\n}\n"
      "layer \"l\" {\n title = var.b\n table = layer.l.title\n}\n");
  CHECK(loaded.text(BlockType::layer, "l", "title") == "xy");
  CHECK(loaded.text(BlockType::layer, "l", "table") == "xy");
}

TEST_CASE("defaults of the schema are values") {
  const Case loaded(
      "cache \"redis\" {\n}\nrate_limit {\n store = cache.redis.enabled ? \"redis\" : \"memory\"\n}\n");
  CHECK(loaded.findings().empty());
  CHECK(loaded.text(BlockType::rate_limit, "", "store") == "redis");
}

TEST_CASE("what does not exist is reported where it is named") {
  CHECK(Case("layer \"a\" {\n title = var.nosuch\n table = layer.b.title\n id_field = layer.a.nosuch\n}\n")
            .findings() == "2:10 H0021\n3:10 H0110\n4:20 H0110\n");
}

TEST_CASE("a value that refers to itself is reported once and unknown") {
  const Case loaded(
      "variable \"a\" {\n default = var.b\n}\nvariable \"b\" {\n default = var.a\n}\nlayer \"l\" {\n title = "
      "var.a\n}\n");
  CHECK(loaded.sink.size() == 1);
  CHECK(loaded.sink.sorted().front()->rule == &rules::reference_cycle);
}

TEST_CASE("chains of references end at a limit and not with the stack") {
  const auto chain = [](int links, const std::string& before, const std::string& behind) {
    std::string text;
    for (int i = 0; i < links; ++i) {
      const std::string number = std::to_string(i);
      text.append("variable \"v").append(number).append("\" {\n  default = ").append(before);
      text.append("var.v").append(std::to_string(i + 1)).append(behind).append("\n}\n");
    }
    return text + "variable \"v" + std::to_string(links) +
           "\" {\n  default = 1\n}\nhonua {\n  instances = var.v0\n}\n";
  };
  CHECK(Case(chain(200, "", "")).findings().empty());
  CHECK(Case(chain(3000, "", "")).findings().find("H0146") != std::string::npos);
  for (const char* open : {"-", "[", "("}) {
    const std::string close = *open == '[' ? "]" : *open == '(' ? ")" : "";
    std::string before;
    std::string behind;
    for (int level = 0; level < 900; ++level) {
      before += open;
      behind += close;
    }
    CHECK(Case(chain(10, before, behind)).findings().find("H0146") != std::string::npos);
  }
}

TEST_CASE("an overlay replaces values, merges objects and takes away with null") {
  const Case loaded({{"honua.hcl",
                      "data_source \"db\" {\n provider = \"sqlite\"\n health_check = \"SELECT 1\"\n pool {\n "
                      " min_size = 1\n  max_size = 5\n }\n}\n"},
                     {"honua.production.hcl",
                      "data_source \"db\" {\n provider = \"postgresql\"\n health_check = null\n pool {\n  "
                      "max_size = 50\n }\n}\ncache \"redis\" {}\n",
                      true}});
  CHECK(loaded.findings().empty());
  CHECK(loaded.text(BlockType::data_source, "db", "provider") == "postgresql");
  CHECK(loaded.text(BlockType::data_source, "db", "health_check") == "(none)");
  const Setting* pool = loaded.block(BlockType::data_source, "db")->find("pool");
  CHECK(pool->find("min_size")->number() == 1);
  CHECK(pool->find("max_size")->number() == 50);
  CHECK(pool->find("max_size")->range.file == 1);
  CHECK(loaded.block(BlockType::cache, "redis") != nullptr);
}

TEST_CASE("blocks that are given twice are reported, also when they differ by case only") {
  CHECK(Case("layer \"a\" {}\nlayer \"a\" {}\nlayer \"A\" {}\nhonua {}\nhonua {}\n").findings() ==
        "2:7 H0101\n3:7 H0101\n5:1 H0103\n");
}

TEST_CASE("unknown names are reported, a service's own settings are left to its rules") {
  CHECK(Case("layers \"a\" {}\nlayer \"a\" {\n titel = 1\n}\nservice \"odata\" {\n foo = 1\n}\nx = 1\n")
            .findings() == "1:1 H0010\n3:2 H0011\n8:1 H0010\n");
}

TEST_CASE("types are checked") {
  CHECK(Case("layer \"a\" {\n title = 1\n introspect_fields = \"yes\"\n services = \"odata\"\n geometry {\n  "
             "srid = 1.5\n }\n}\n")
            .findings() == "2:10 H1105\n3:22 H1105\n4:13 H1105\n6:10 H0116\n");
}

TEST_CASE("values from the environment fit numbers and lists, and are marked") {
  const MapEnvironment environment({{"SIZE", "7"}, {"ORIGINS", "https://a,https://b"}});
  const Case loaded(
      {{"a.hcl",
        "honua {\n cors {\n  allowed_origins = env(\"ORIGINS\")\n }\n}\n"
        "data_source \"db\" {\n connection = env(\"NOSUCH\")\n pool {\n  max_size = env(\"SIZE\")\n }\n}\n"}},
      environment);
  CHECK(loaded.findings().empty());
  const Setting* size = loaded.block(BlockType::data_source, "db")->find("pool")->find("max_size");
  CHECK(size->number() == 7);
  CHECK(size->sensitive);
  CHECK(loaded.text(BlockType::data_source, "db", "connection") == "(an unknown value)");
}

TEST_CASE("fields may be a map or a list, and rules several blocks") {
  const Case loaded(
      "layer \"a\" {\n fields = [{ name = \"id\", type = \"int\" }]\n}\nlayer \"b\" {\n fields {\n  id { "
      "type = \"int\" }\n }\n}\n"
      "rate_limit {\n rules \"default\" {\n  requests = 5\n }\n rules \"api\" {\n  requests = 6\n }\n}\n");
  CHECK(loaded.findings().empty());
  for (const std::string_view label : {"a", "b"}) {
    const Setting* fields = loaded.block(BlockType::layer, label)->find("fields");
    REQUIRE(fields != nullptr);
    CHECK(fields->find("id")->find("type")->text() == "int");
  }
  CHECK(loaded.block(BlockType::rate_limit)->find("rules")->items().size() == 2);
}

TEST_CASE("settings may be flat or nested, but not both") {
  const Case loaded(
      "service \"wfs\" {\n max_features = 5\n settings = {\n  max_features = 6\n  default_count = 7\n "
      "}\n}\n");
  CHECK(loaded.findings() == "4:3 H0126\n");
  CHECK(loaded.block(BlockType::service, "wfs")->find("default_count")->number() == 7);
}

TEST_CASE("HCL's JSON form declares the same blocks") {
  const Case loaded(std::vector<Text>{
      {"a.hcl.json",
       R"({"honua": {"version": "1.0"}, "layer": {"a": {"title": "T", "data_source": "db", "geometry": {"srid": 5}},
                          "b": {"title": "U"}}, "//": "a comment"})",
       false}});
  CHECK(loaded.findings().empty());
  CHECK(loaded.text(BlockType::layer, "a", "title") == "T");
  CHECK(loaded.block(BlockType::layer, "a")->find("geometry")->find("srid")->number() == 5);
  CHECK(loaded.block(BlockType::layer, "b") != nullptr);
}

TEST_CASE("in HCL's JSON form a nested block may be an array of one object") {
  const Case loaded(std::vector<Text>{
      {"a.hcl.json", R"({"data_source": {"a": {"pool": [{"max_size": 5}]}, "b": {"pool": [{}, {}]}}})",
       false}});
  CHECK(loaded.findings() == "1:66 H1105\n");
  CHECK(loaded.block(BlockType::data_source, "a")->find("pool")->find("max_size")->number() == 5);
  CHECK(Case("honua {\n cors = [{ max_age = 5 }]\n}\n").findings() == "2:9 H1105\n");
}

TEST_CASE("a broken block hides nothing in the next one") {
  CHECK(Case("layer \"a\" {\n title = \n}\nlayer \"b\" {\n title = 1\n}\n").findings() ==
        "2:10 H0036\n5:10 H1105\n");
}

TEST_CASE("beside a syntax error missing attributes are unknown, not absent") {
  const Case loaded("layer \"a\" {\n title = \"x\n table = \"t\"\n}\nlayer \"b\" {\n}\n");
  CHECK(loaded.text(BlockType::layer, "a", "id_field") == "(an unknown value)");
  CHECK(loaded.text(BlockType::layer, "b", "id_field") == "(none)");
}

TEST_CASE("very many references to what is not there get suggestions up to a limit") {
  std::string text = "variable \"abcdef\" {\n default = [";
  for (int i = 0; i < 2000; ++i) text += "var.abcdeg, ";
  text += "]\n}\n";
  for (int i = 0; i < 400; ++i) text += "variable \"other" + std::to_string(i) + "\" {\n default = 1\n}\n";
  text += "layer \"a\" {\n title = var.abcdef[0]\n}\n";
  const Case loaded(text);
  std::size_t suggested = 0;
  for (const diagnostics::Diagnostic* one : loaded.sink.sorted())
    suggested += !one->help.empty() && one->help[0].find("`abcdef`") != std::string::npos ? 1U : 0U;
  CHECK(suggested == evaluation::max_compared_names / 402);
}

TEST_CASE("variables that nothing asks for are listed") {
  const Case loaded(
      "variable \"a\" {\n default = 1\n}\nvariable \"b\" {\n default = 1\n}\nlayer \"l\" {\n title = "
      "\"${var.b}\"\n}\n");
  CHECK(loaded.loaded.unused_variables == std::vector<std::string>{"a"});
}

TEST_CASE("an object whose names come from the environment is unknown, and none of them is told") {
  const Case one({{"a.hcl", "layer \"a\" {\n  geometry = { (env(\"NAME\")) = 1 }\n}\n"}},
                 MapEnvironment(std::map<std::string, std::string>{{"NAME", "token"}}));
  CHECK(one.findings().empty());
  const Setting* geometry = one.block(BlockType::layer, "a")->find("geometry");
  REQUIRE(geometry != nullptr);
  CHECK_FALSE(geometry->is_known());
}

TEST_CASE("a list of fields with a name from the environment is unknown") {
  const std::vector<Text> texts{
      {"a.hcl", "layer \"a\" {\n fields = [{ name = \"x${env(\"TOKEN\")}\" }]\n}\n"}};
  for (const std::map<std::string, std::string>& variables :
       {std::map<std::string, std::string>(), std::map<std::string, std::string>{{"TOKEN", "y"}}}) {
    const Case loaded(texts, MapEnvironment(variables));
    CHECK(loaded.findings().empty());
    CHECK_FALSE(loaded.block(BlockType::layer, "a")->find("fields")->is_known());
  }
}

TEST_CASE("an overlay's value that the base has already is remarked, at its place") {
  const Case one(
      {{"honua.hcl",
        "honua {\n  version = \"1.0\"\n  environment = \"a\"\n  cors {\n    max_age = 5\n  }\n}\n"},
       {"honua.x.hcl",
        "honua {\n  version = \"1.0\"\n  environment = \"b\"\n  cors {\n    max_age = 5\n"
        "    allow_credentials = true\n  }\n}\n",
        true}});
  CHECK(one.findings() == "2:13 H0120\n5:15 H0120\n");
}

TEST_CASE("an overlay's block that changes nothing is remarked once") {
  const Case one({{"honua.hcl", "honua {\n  version = \"1.0\"\n  allowed_hosts = [\"a\", \"b\"]\n}\n"},
                  {"honua.x.hcl", "honua {\n  allowed_hosts = [\"a\", \"b\"]\n}\n", true}});
  CHECK(one.findings() == "1:1 H9108\n");
}

TEST_CASE("equal values of the environment are not remarked") {
  const Case one({{"honua.hcl", "honua {\n  environment = env(\"A\")\n}\n"},
                  {"honua.x.hcl", "honua {\n  environment = env(\"B\")\n}\n", true}},
                 MapEnvironment(std::map<std::string, std::string>{{"A", "same"}, {"B", "same"}}));
  CHECK(one.findings().empty());
}

TEST_CASE("an overlay's block is remarked if it was probably meant for one of the base") {
  const std::string base =
      "variable \"replica_1\" {\n  default = 1\n}\ncache \"memory\" {\n}\n"
      "layer \"roads\" {\n}\n";
  const auto added = [&](const std::string& overlay) {
    return Case({{"honua.hcl", base}, {"honua.x.hcl", overlay, true}}).findings();
  };
  CHECK(added("layer \"road\" {\n  title = \"x\"\n}\n") == "1:7 H0120\n");
  CHECK(added("layer \"rivers\" {\n}\n") == "1:7 H0120\n");
  CHECK(added("cache \"redis\" {\n  type = \"redis\"\n}\n").empty());
  CHECK(added("variable \"replica_2\" {\n  default = 2\n}\n").empty());
  CHECK(added("data_source \"db\" {\n}\n").empty());
}

TEST_CASE("of very many blocks that an overlay adds the first ones are compared with the base") {
  std::string base;
  std::string overlay;
  for (int i = 0; i < 3000; ++i) {
    base += "variable \"base" + std::to_string(i) + "\" {\n  default = 1\n}\n";
    overlay += "variable \"bas" + std::string(1, static_cast<char>('a' + i % 4)) + std::to_string(i) +
               "\" {\n  default = 1\n}\n";
  }
  const Case one({{"honua.hcl", base}, {"honua.x.hcl", overlay, true}});
  CHECK(one.sink.size() > 100);
  CHECK(one.sink.size() <= 200);
}

TEST_CASE("beside a base with syntax errors added blocks of an overlay are not remarked") {
  const Case one({{"honua.hcl", "layer \"roads\" {\n}\nlayer \"river {\n}\n"},
                  {"honua.x.hcl", "layer \"rivers\" {\n}\n", true}});
  CHECK(one.findings().find("H0120") == std::string::npos);
}

TEST_CASE("the server's model in JSON comes to the same as HCL") {
  const Case one(std::vector<Text>{{"m.json",
                                    R"({"honua": {"version": "1.0", "ENVIRONMENT": "test"},
"DataSources": {"db": {"Id": "db", "Provider": "sqlite", "Pool": {"MinSize": 2}}},
"Services": {"features": {"Id": "features", "Type": "ogc_api", "Settings": {"max_page_size": 7}}},
"Variables": {"stage": "test"}, "Layers": null})"}});
  CHECK(one.findings().empty());
  CHECK(one.text(BlockType::honua, "", "environment") == "test");
  CHECK(one.text(BlockType::data_source, "db", "provider") == "sqlite");
  const Setting* pool = one.block(BlockType::data_source, "db")->find("pool");
  REQUIRE(pool != nullptr);
  CHECK(pool->find("min_size")->number() == 2);
  const Block* service = one.block(BlockType::service, "features");
  REQUIRE(service->service_type != nullptr);
  CHECK(service->service_type->id == "ogc_api");
  CHECK(service->find("max_page_size")->number() == 7);
  CHECK(one.text(BlockType::variable, "stage", "default") == "test");
}

TEST_CASE("names that the server's model has not are found, HCL's spelling among them") {
  const Case one(std::vector<Text>{{"m.json",
                                    R"({"Honua": {"log_level": "debug"},
"Services": {"wfs": {"Id": "wfs", "DefaultCount": 5}},
"Layer": {},
"Caches": {"redis": {"Id": "main"}}})"}});
  CHECK(one.findings() == "1:12 H0011\n2:35 H0011\n3:1 H0010\n4:28 H0151\n");
}

TEST_CASE("values that are referred to again and again are not copied without end") {
  std::string text = "variable \"list\" {\n  default = [for i in range(1000): [for j in range(200): j]]\n}\n";
  text += "variable \"text\" {\n  default = join(\"\", [for i in range(1000): format(\"%04000d\", i)])\n}\n";
  for (int i = 0; i < 100; ++i) {
    const std::string number = std::to_string(i);
    text += "variable \"l" + number + "\" {\n  default = var.list\n}\n";
    text += "variable \"t" + number + "\" {\n  default = var.text\n}\n";
  }
  const Case loaded(text);
  CHECK(loaded.findings().find("H0146") != std::string::npos);
  std::size_t known = 0;
  for (int i = 0; i < 100; ++i) {
    for (const char* kind : {"l", "t"}) {
      const Block* block = loaded.block(BlockType::variable, kind + std::to_string(i));
      REQUIRE(block != nullptr);
      if (block->find("default")->is_known()) ++known;
    }
  }
  CHECK(known > 10);
  CHECK(known < 100);
}

TEST_CASE("values from the environment that do not fit are found, and not told") {
  const MapEnvironment environment({{"SIZE", "geheim"}, {"FLAG", "geheim"}, {"NONE", ""}});
  const Case one(
      {{"a.hcl",
        "layer \"a\" {\n geometry {\n  srid = env(\"SIZE\")\n }\n}\n"
        "data_source \"db\" {\n read_only = env(\"FLAG\")\n pool {\n  max_size = env(\"NONE\")\n }\n}\n"}},
      environment);
  CHECK(one.findings() == "3:10 H1105\n7:14 H1105\n");
  for (const diagnostics::Diagnostic* found : one.sink.sorted())
    CHECK(found->message.find("geheim") == std::string::npos);
}

TEST_CASE("a number with its register's name is told how to be written") {
  const Case one("layer \"a\" {\n geometry {\n  srid = \"EPSG:4326\"\n }\n}\n");
  CHECK(one.findings() == "3:10 H1105\n");
  REQUIRE_FALSE(one.sink.sorted().empty());
  CHECK(one.sink.sorted().front()->help == std::vector<std::string>{"write the number alone: `4326`"});
}

TEST_CASE("of a list of names the form that is wanted is told") {
  const Case one("layer \"a\" {\n fields = [\"a\", \"b\"]\n}\n");
  REQUIRE_FALSE(one.sink.sorted().empty());
  CHECK(one.sink.sorted().front()->message == "an element of `fields` must be an object, found a string");
  CHECK(one.sink.sorted().front()->help == std::vector<std::string>{"write `fields = { NAME = { ... } }`"});
}

}  // namespace honua::config
