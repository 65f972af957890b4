// SPDX-License-Identifier: MIT
#include "rendering/render_upstream.h"

#include <doctest/doctest.h>

#include <deque>
#include <filesystem>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "base/file_system.h"
#include "config/upstream.h"
#include "rendering/hcl_text.h"
#include "syntax/parser.h"

namespace honua::rendering {

namespace {

using config::Block;
using config::BlockType;
using config::Setting;
using config::SettingKind;

// Every variable is set, to something that tells which one it is.
class EveryVariable final : public Environment {
 public:
  [[nodiscard]] std::optional<std::string> get(const std::string& name) const override {
    return "value of " + name;
  }
};

struct Text {
  std::string name;
  std::string content;
  bool is_overlay = false;
};

// Files with what they come to.
class LoadedTexts {
 public:
  explicit LoadedTexts(const std::vector<Text>& texts) {
    for (const Text& text : texts) {
      const source::SourceFile& file = sources_.add(text.name, text.content);
      const bool json = text.name.ends_with(".json");
      trees_.push_back(json ? syntax::parse_json(file, syntax::Dialect::honua, sink)
                            : syntax::parse(file, syntax::Dialect::honua, sink));
      inputs.push_back({&trees_.back(), json, text.is_overlay});
    }
    loaded = config::load(inputs, EveryVariable(), syntax::Dialect::honua, sink);
  }
  explicit LoadedTexts(const std::string& text) : LoadedTexts(std::vector<Text>{{"a.hcl", text}}) {}

  diagnostics::Diagnostics sink;
  std::vector<config::LoadInput> inputs;
  config::Loaded loaded;

 private:
  source::SourceSet sources_;
  std::deque<syntax::Tree> trees_;
};

// Whether a rendered configuration says what its source says, apart from what
// was said to be left out. Collects the differences.
class Comparison {
 public:
  Comparison(const config::Configuration& source, const config::Configuration& rendered,
             const diagnostics::Diagnostics& lost) {
    for (const diagnostics::Diagnostic* one : lost.sorted()) lost_.insert(key(one->range));
    for (const config::BlockSchema& schema : config::block_schemas()) {
      if (schema.type == BlockType::variable) continue;
      for (const Block& block : source.of(schema.type)) {
        if (!is_lost(block.header_range)) compare(block, rendered.find(schema.type, block.label));
      }
      for (const Block& block : rendered.of(schema.type)) {
        if (source.find(schema.type, block.label) == nullptr)
          differences += "added " + std::string(block.label) + "\n";
      }
    }
  }
  std::string differences;

 private:
  using Key = std::tuple<source::FileId, std::uint32_t, std::uint32_t>;
  static Key key(source::SourceRange range) { return {range.file, range.begin, range.end}; }
  [[nodiscard]] bool is_lost(source::SourceRange range) const { return lost_.contains(key(range)); }

  void differ(std::string_view name) { differences += std::string(name) + " differs\n"; }

  void compare(const Block& source, const Block* rendered) {
    if (rendered == nullptr) return differ(source.label);
    compare(source.settings, rendered->settings);
  }

  void compare(std::span<const Setting> source, std::span<const Setting> rendered) {
    for (const Setting& one : source) {
      if (one.is(SettingKind::null) || is_lost(one.name_range())) continue;
      const Setting* other = find(rendered, one.name());
      if (other == nullptr) {
        differ(one.name());
      } else {
        compare(one, *other);
      }
    }
    for (const Setting& one : rendered) {
      // The type that a cache's label says is written out.
      if (find(source, one.name()) == nullptr && one.name() != "type") differ(one.name());
    }
  }

  void compare(const Setting& source, const Setting& rendered) {
    if (source.kind != rendered.kind) return differ(source.name());
    if (source.is(SettingKind::object)) return compare(source.items(), rendered.items());
    const auto items = source.items();
    const auto other = rendered.items();
    if (source.text() != rendered.text() || source.number() != rendered.number() ||
        source.boolean() != rendered.boolean() || items.size() != other.size())
      return differ(source.name());
    for (std::size_t i = 0; i < items.size(); ++i) compare(items[i], other[i]);
  }

  std::set<Key> lost_;
};

struct Rendering {
  std::string text;
  std::string differences;
  std::size_t left_out = 0;
  bool is_refused = false;
};

Rendering render(const LoadedTexts& source) {
  diagnostics::Diagnostics lost;
  Rendering made;
  made.text = render_upstream(source.inputs, lost);
  made.left_out = lost.size();
  made.is_refused = lost.has_errors();
  const LoadedTexts again(made.text);
  CHECK_FALSE(again.sink.has_errors());
  made.differences = Comparison(source.loaded.configuration, again.loaded.configuration, lost).differences;
  CHECK(render_upstream(again.inputs, lost) == made.text);
  return made;
}

std::string render(const std::string& text) { return render(LoadedTexts(text)).text; }

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace

TEST_CASE("every configuration without errors is rendered to one that means the same") {
  std::size_t count = 0;
  for (const std::string folder : {"validate", "examples", "render"}) {
    for (const auto& entry : std::filesystem::directory_iterator(HONUA_SOURCE_DIR "/testdata/" + folder)) {
      const std::string name = entry.path().filename();
      if (!name.ends_with(".hcl") && !name.ends_with(".honua") && !name.ends_with(".hcl.json")) continue;
      CAPTURE(name);
      const auto content = RealFileSystem().read_file(entry.path(), std::size_t{1} << 24);
      REQUIRE(content.has_value());
      const LoadedTexts source(std::vector<Text>{{name, content->to_string()}});
      if (source.sink.has_errors()) continue;
      ++count;
      CHECK(render(source).differences.empty());
    }
  }
  CHECK(count >= 12);
}

TEST_CASE("overlays are merged and their files come to one") {
  const LoadedTexts source(std::vector<Text>{
      {"a.hcl", "honua {\n  environment = \"development\"\n  log_level = \"debug\"\n}\n"},
      {"b.hcl", "cache \"redis\" {\n  connection = env(\"REDIS_URL\")\n}\n"},
      {"a.production.hcl", "honua {\n  environment = \"production\"\n  log_level = null\n}\n", true}});
  const Rendering made = render(source);
  CHECK(made.left_out == 0);
  CHECK(made.differences.empty());
  CHECK(contains(made.text, "honua {\n  environment = \"production\"\n}\n"));
  CHECK(contains(made.text,
                 "cache \"redis\" {\n  type       = \"redis\"\n  connection = \"${env:REDIS_URL}\"\n}\n"));
}

TEST_CASE("references to the environment keep their form wherever they come from") {
  const auto connection = [](const std::string& value, const std::string& rest = "") {
    const std::string text = render("data_source \"a\" {\n  connection = " + value + "\n}\n" + rest);
    const std::size_t at = text.find("connection = ");
    return at == std::string::npos ? "" : text.substr(at + 13, text.find('\n', at) - at - 13);
  };
  CHECK(connection("env(\"A\")") == "\"${env:A}\"");
  CHECK(connection("\"${env:A}\"") == "\"${env:A}\"");
  CHECK(connection("env.A") == "\"${env:A}\"");
  CHECK(connection("(env(\"A\"))") == "\"${env:A}\"");
  CHECK(connection("\"x=${env(\"A\")};y=${env.B}\"") == "\"x=${env:A};y=${env:B}\"");
  CHECK(connection("var.c",
                   "variable \"c\" {\n  default = \"${var.d}/${var.n}\"\n}\nvariable \"d\" {\n  default = "
                   "env(\"D\")\n}\nvariable \"n\" {\n  default = 8\n}\n") == "\"${env:D}/8\"");
  CHECK(connection("<<EOT\nx=${env(\"A\")}\nEOT\n") == "\"x=${env:A}\\n\"");
}

TEST_CASE("what is computed from the environment is not written") {
  for (const std::string value :
       {"upper(env(\"A\"))", "env(\"A\") == \"x\" ? \"y\" : \"z\"", "split(\",\", env(\"A\"))[0]",
        "nonsensitive(env(\"A\"))", "nonsensitive(env(\"A\")) == \"unused\" ? \"y\" : \"z\"",
        "\"%{if env(\"A\") == \"x\"}y%{endif}\"", "env(\"A B\")", "\"$${env:A}${env(\"A\")}\"",
        "\"cost: $${env(\"B\")}\"", "\"var.x ${env(\"A\")}\"", "[for x in [env(\"A\")] : x][0]",
        "var.missing"}) {
    CAPTURE(value);
    const LoadedTexts source("service \"odata\" {\n  title = " + value + "\n}\n");
    diagnostics::Diagnostics lost;
    const std::string text = render_upstream(source.inputs, lost);
    CHECK(lost.size() == 1);
    CHECK_FALSE(contains(text, "title"));
  }
}

TEST_CASE("variables that refer to each other in a circle end") {
  const LoadedTexts source(
      "service \"odata\" {\n  title = \"${var.a}\"\n}\nvariable \"a\" {\n  default = \"${var.b}\"\n}\n"
      "variable \"b\" {\n  default = \"${var.a}${env(\"X\")}\"\n}\n");
  diagnostics::Diagnostics lost;
  CHECK_FALSE(contains(render_upstream(source.inputs, lost), "title"));
  CHECK(lost.size() == 1);
}

TEST_CASE("the server's own form comes out as it went in, whatever the order of settings") {
  const std::string text = render(
      "service \"wfs\" {\n  zeta = 1\n  version = \"2.0.0\"\n  alpha = true\n  enabled = true\n}\n"
      "honua {\n  environment = \"test\"\n  version = \"1.0\"\n}\n");
  CHECK(contains(
      text,
      "honua {\n  version     = \"1.0\"\n  environment = \"test\"\n}\n\n"
      "service \"wfs\" {\n  enabled = true\n  version = \"2.0.0\"\n  alpha   = true\n  zeta    = 1\n}\n"));
}

TEST_CASE("a setting that the server needs and that has no form is an error") {
  const LoadedTexts source("layer \"a\" {\n  table = env(\"TABLE\")\n  title = env(\"TITLE\")\n}\n");
  CHECK(render(source).is_refused);
  const LoadedTexts harmless("layer \"a\" {\n  description = env(\"TEXT\")\n}\n");
  CHECK_FALSE(render(harmless).is_refused);
}

TEST_CASE("a switch that would come back by itself is an error, another setting is not") {
  CHECK(render(LoadedTexts("service \"wfs\" {\n  enabled = env(\"ON\")\n}\n")).is_refused);
  const Rendering made = render(LoadedTexts("service \"wfs\" {\n  enable_caching = env(\"ON\")\n}\n"));
  CHECK_FALSE(made.is_refused);
  CHECK(made.left_out == 1);
  CHECK(contains(made.text, "service \"wfs\" {}\n"));
}

TEST_CASE("long lists have an element a line") {
  CHECK(to_list({}, 1) == "[]");
  CHECK(to_list({"\"a\"", "b"}, 1) == "[\"a\", b]");
  const std::string long_one(50, 'x');
  CHECK(to_list({long_one, long_one}, 1) == "[\n    " + long_one + ",\n    " + long_one + ",\n  ]");
}

}  // namespace honua::rendering
