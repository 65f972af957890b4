// SPDX-License-Identifier: MIT
#include "planning/moves.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "planning/plan_for_test.h"

namespace honua::planning {

namespace {

std::string layer(const std::string& label, const std::string& more = "", const std::string& table = "t") {
  return "layer \"" + label + "\" {\n  title = \"Layer\"\n  data_source = data_source.db\n  table = \"" +
         table + "\"\n  id_field = \"id\"\n  services = [service.ogc_api]\n" + more + "}\n";
}

std::string fields(const std::string& members) { return "  fields {\n" + members + "  }\n"; }

constexpr const char* name_field = "    name { type = \"string\" }\n";
constexpr const char* label_field = "    label { type = \"string\" }\n";

struct Pair {
  Pair(const std::string& old_text, const std::string& new_text)
      : before({std::string(example_base), old_text}, digest),
        after({std::string(example_base), new_text}, digest) {}

  [[nodiscard]] Result<Moves> moves(const std::vector<std::string>& texts) const {
    std::vector<Move> all;
    all.reserve(texts.size());
    for (const std::string& one : texts) all.push_back(*read_move(one));
    return Moves::find(all, before.document(), after.document());
  }
  [[nodiscard]] ChangeSet plan(const std::vector<std::string>& texts = {}) const {
    return make_plan(before.side(), after.side(), *moves(texts));
  }
  [[nodiscard]] std::string problem(const std::vector<std::string>& texts) const {
    const auto found = moves(texts);
    return found ? "" : found.error().message;
  }

  snapshot::SecretDigest digest;
  TestSide before;
  TestSide after;
};

}  // namespace

TEST_CASE("a move is two addresses of layers, or of fields") {
  const auto move = read_move(R"(layer["a=b"]=layer.c)");
  REQUIRE(move.has_value());
  CHECK(move->old_layer == "a=b");
  CHECK(move->new_layer == "c");
  CHECK(read_move("layer.a.fields.x=layer.b.fields.y")->new_field == "y");
  for (const char* wrong :
       {"", "=", "layer.a", "layer.a=", "layer.a=b", "service.a=service.b", "layer.a=layer.b.fields.x",
        "layer.a.title=layer.a.name", "layer=layer", "layer.a=layer.b=layer.c"}) {
    CAPTURE(wrong);
    CHECK_FALSE(read_move(wrong).has_value());
  }
}

TEST_CASE("a layer that moved is one layer under two labels") {
  const Pair sides(layer("lakes"), layer("waters", "  display_field = \"name\"\n"));
  CHECK(listing_of(sides.plan()) == "P1001 layer.lakes breaking\nP1002 layer.waters additive\n");
  const ChangeSet plan = sides.plan({"layer.lakes=layer.waters"});
  CHECK(listing_of(plan) == "P1004 layer.waters breaking\nP1021 layer.waters.display_field neutral\n");
  CHECK(plan.changes.front().message ==
        "`layer.lakes` is called `layer.waters` now; clients know it as `lakes`: it becomes `waters`");
  REQUIRE(plan.changes.front().before_place.has_value());
  CHECK(sides.before.sources().file(1).line_of(plan.changes.front().before_place->begin) == 1);
}

TEST_CASE("a layer that moved and that nobody could reach changes nothing for clients") {
  const auto hidden = [](const std::string& label) {
    return "layer \"" + label + "\" {\n  services = []\n}\n";
  };
  CHECK(listing_of(Pair(hidden("a"), hidden("b")).plan({"layer.a=layer.b"})) == "P1004 layer.b neutral\n");
}

TEST_CASE("a layer that moves under another one's identifier collides with it") {
  const std::string other = "layer \"wide\" {\n  services = [service.wfs, service.wms]\n}\n";
  const Pair sides(other + layer("lakes"), other + layer("wide_wfs"));
  CHECK(listing_of(sides.plan({"layer.lakes=layer.wide_wfs"})) ==
        "P1004 layer.wide_wfs breaking\nP1006 layer.wide_wfs.services[\"ogc_api\"] breaking\n");
}

TEST_CASE("a field that moved is one field under two names, also in a layer that moved") {
  const std::string other = "    label {\n      type = \"int\"\n    }\n";
  const Pair renamed(layer("lakes", fields(name_field)), layer("lakes", fields(label_field)));
  CHECK(listing_of(renamed.plan({"layer.lakes.fields.name=layer.lakes.fields.label"})) ==
        "P2007 layer.lakes.fields.label breaking\n");
  const Pair both(layer("lakes", fields(name_field)), layer("waters", fields(other)));
  CHECK(listing_of(
            both.plan({"layer.lakes=layer.waters", "layer.lakes.fields.name=layer.waters.fields.label"})) ==
        "P1004 layer.waters breaking\nP2007 layer.waters.fields.label breaking\n"
        "P2004 layer.waters.fields.label.type breaking\n");
}

TEST_CASE("what is not there, still there or moved twice cannot move") {
  const Pair sides(layer("a") + layer("b") + layer("c", fields(name_field)),
                   layer("b") + layer("d") + layer("e") + layer("c", fields(label_field)));
  CHECK(sides.problem({"layer.x=layer.d"}) == "`layer.x` is not in the old side: it cannot move");
  CHECK(sides.problem({"layer.a=layer.x"}) == "`layer.x` is not in the new side: nothing can move there");
  CHECK(sides.problem({"layer.b=layer.d"}) == "`layer.b` is also in the new side: it did not move");
  CHECK(sides.problem({"layer.a=layer.b"}) == "`layer.b` is also in the old side: nothing moved there");
  CHECK(sides.problem({"layer.a=layer.d", "layer.a=layer.e"}) == "`layer.a` or `layer.e` moves twice");
  CHECK(sides.problem({"layer.c.fields.name=layer.c.fields.none"}) ==
        "`layer.c.fields.none` is not in the new side: nothing can move there");
  CHECK(sides.problem({"layer.c.fields.name=layer.c.fields.label"}).empty());
}

TEST_CASE("a field cannot move to another layer, unless its own moves there") {
  const Pair sides(layer("a", fields(name_field)) + layer("b", fields("")),
                   layer("a", fields("")) + layer("b", fields(label_field)));
  CHECK(sides.problem({"layer.a.fields.name=layer.b.fields.label"}) ==
        "`layer.a.fields.name` cannot move to another layer, unless `layer.a` itself moves there");
}

TEST_CASE("a move is proposed where one layer goes and one of the same table comes") {
  const ChangeSet plan = Pair(layer("lakes"), layer("waters")).plan();
  CHECK(plan.changes.front().advice ==
        "`layer.waters` is new and shows the same table: if it is the same under another name, say `--moved "
        "layer.lakes=layer.waters`");
  CHECK(plan.changes.back().advice ==
        "`layer.lakes` is gone and showed the same table: if it is the same under another name, say `--moved "
        "layer.lakes=layer.waters`");
  // The level stays: it is a guess.
  CHECK(plan.changes.front().level == Level::breaking);
  for (const std::string& other : {layer("waters", "", "other"), layer("waters") + layer("more")}) {
    const ChangeSet unlike = Pair(layer("lakes"), other).plan();
    for (const Change& one : unlike.changes) CHECK(one.advice.find("--moved") == std::string::npos);
  }
}

TEST_CASE("a renamed field is proposed where one goes and one of its type comes") {
  const ChangeSet plan = Pair(layer("lakes", fields(name_field)), layer("lakes", fields(label_field))).plan();
  CHECK(listing_of(plan) ==
        "P2001 layer.lakes.fields.name breaking\nP2002 layer.lakes.fields.label additive\n");
  CHECK(plan.changes.front().advice ==
        "the field `label` is new and of the same type: if it is the same under another name, say `--moved "
        "layer.lakes.fields.name=layer.lakes.fields.label`");
  const ChangeSet other =
      Pair(layer("lakes", fields(name_field)), layer("lakes", fields("    n { type = \"int\" }\n"))).plan();
  for (const Change& one : other.changes) CHECK(one.advice.find("--moved") == std::string::npos);
}

}  // namespace honua::planning
