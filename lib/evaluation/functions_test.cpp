// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "evaluation/evaluate_for_test.h"
#include "evaluation/function_table.h"

namespace honua::evaluation {

namespace {

std::string call_of(const std::string& function, const std::string& first, const std::string& second = "") {
  return function + "(" + first + (second.empty() ? "" : ", " + second) + ")";
}

}  // namespace

TEST_CASE("every function's example gives its result") {
  for (const Function& function : all_functions()) {
    CAPTURE(std::string(function.name));
    CHECK(result_of(std::string(function.example)) == function.example_result);
    CHECK(function.example.find(std::string(function.name) + "(") != std::string_view::npos);
  }
}

TEST_CASE("every function is described and can be found") {
  const auto all = all_functions();
  CHECK(all.size() == 70);
  for (const Function& function : all) {
    CAPTURE(std::string(function.name));
    const Function* found = find_function(function.name);
    REQUIRE(found != nullptr);
    CHECK(found->name == function.name);
    CHECK((found->implementation == function.implementation));
    CHECK(function.summary.ends_with('.'));
    CHECK(function.optional <= function.parameters.size());
  }
  CHECK(find_function("nosuch") == nullptr);
  CHECK(std::is_sorted(all.begin(), all.end(),
                       [](const Function& a, const Function& b) { return a.name < b.name; }));
}

TEST_CASE("no function breaks whatever its arguments are") {
  const std::vector<std::string> arguments{"null",  "true",        "5",       "-1.5",      "1 / 0",
                                           "1e400", "\"\"",        "\"a%d\"", "[]",        "[1, \"b\", null]",
                                           "{}",    "{ a = [u] }", "l",       "m",         "s",
                                           "u",     "us",          "secret",  "[l, l]...", "u..."};
  for (const Function& function : all_functions()) {
    const std::string name(function.name);
    std::vector<std::string> calls{name + "()"};
    for (const std::string& first : arguments) {
      calls.push_back(call_of(name, first));
      if (first.ends_with("...")) continue;
      for (const std::string& second : arguments) calls.push_back(call_of(name, first, second));
    }
    for (const std::string& call : calls) {
      const Evaluated evaluated(call);
      const bool failed = evaluated.sink.has_errors();
      if (failed && name != "can") CHECK_MESSAGE(evaluated.value.is_unknown(), call);
      CHECK_MESSAGE(evaluated.messages().find("swordfish") == std::string::npos, call);
      if (call.find("secret") != std::string::npos && !failed && name != "can") {
        CHECK_MESSAGE(to_json(evaluated.value).find("swordfish") == std::string::npos, call);
      }
    }
  }
}

TEST_CASE("a call with too few arguments is never made") {
  for (const Function& function : all_functions()) {
    if (function.required() == 0) continue;
    std::string call = std::string(function.name) + "(";
    for (std::size_t i = 1; i < function.required(); ++i) call += i > 1 ? ", null" : "null";
    CAPTURE(call);
    CHECK(Evaluated(call + ")").findings().find("H0133") != std::string::npos);
  }
}

TEST_CASE("signatures show optional and repeated parameters") {
  CHECK(signature(*find_function("substr")) == "substr(str, offset, length)");
  CHECK(signature(*find_function("env")) == "env(name, default?)");
  CHECK(signature(*find_function("max")) == "max(numbers...)");
  CHECK(signature(*find_function("join")) == "join(separator, lists...)");
}

TEST_CASE("functions on texts know characters beyond ASCII") {
  check_all({
      {"upper(\"stra\u00dfe \u00e9\")", "\"STRA\u00dfE \u00c9\""},
      {"lower(\"\u00c9\")", "\"\u00e9\""},
      {"title(\"a-b c_d \u00e9t\u00e9\")", "\"A-B C_d \u00c9t\u00e9\""},
      {"strrev(\"a\u0301b\")", "\"b\u00e1\""},
      {"length(\"a\u0301\U0001F469\u200D\U0001F469\u200D\U0001F467b\")", "3"},
      {"substr(\"\u00e9\u00e8\u00ea\", 1, 1)", "\"\u00e8\""},
      {"substr(\"hello\", -3, 2)", "\"ll\""},
      {"substr(\"hello\", 1, -1)", "\"ello\""},
      {"substr(\"hello\", 9, 1)", "\"\""},
      {"substr(\"hello\", -2, 0)", "\"\""},
      {"substr(\"a\", 0.5, 1)", "1:13-1:16 H0134; \"(unknown)\""},
      {"trimspace(\"\u2003 x\\n\")", "\"x\""},
      {"trim(\"?!hello?!\", \"!?\")", "\"hello\""},
      {"chomp(\"a\\r\\n\\n\")", "\"a\""},
      {"indent(2, \"a\\nb\")", "\"a\\n  b\""},
      {"indent(-1, \"a\")", "1:8-1:10 H0134; \"(unknown)\""},
      {"split(\"\", \"a\u00e9\")", "[\"a\",\"\u00e9\"]"},
      {"split(\",\", \"\")", "[\"\"]"},
      {"replace(\"abc\", \"\", \"-\")", "\"-a-b-c-\""},
      {"replace(\"/a/b/\", \"/a/\", \"x\")", "\"xb/\""},
      {"join(\"-\", [\"a\", null])", "1:11-1:22 H0134; \"(unknown)\""},
      {"join(\"-\", [\"a\", u])", "\"(unknown)\""},
  });
}

TEST_CASE("format has printf's verbs") {
  check_all({
      {"format(\"%s is %d\", \"a\", 5)", "\"a is 5\""},
      {"format(\"100%%\")", "\"100%\""},
      {"format(\"%5d|%-5d|%05d\", 42, 42, -42)", "\"   42|42   |-0042\""},
      {"format(\"%+d % d %x %X %#x %b %o\", 5, 5, 255, 255, 255, 5, 8)", "\"+5  5 ff FF 0xff 101 10\""},
      {"format(\"%.2f %9.3f %e\", 3.14159, 2.5, 12345)", "\"3.14     2.500 1.234500e+04\""},
      {"format(\"%g %g %g\", 100000, 1000000, 0.00001)", "\"100000 1e+06 1e-05\""},
      {"format(\"%v %v %v\", 1.5, true, [1])", "\"1.5 true [1]\""},
      {"format(\"%v %#v\", null, \"x\")", "\"null \\\"x\\\"\""},
      {"format(\"%q %5s %-5s| %.1s\", \"a\", \"b\", \"c\", \"\u00e9a\")",
       "\"\\\"a\\\"     b c    | \u00e9\""},
      {"format(\"%t\", \"true\")", "\"true\""},
      {"format(\"%[2]s %[1]s\", \"a\", \"b\")", "\"b a\""},
      {"format(\"%d\", 1.5)", "1:1-1:18 H0135; \"(unknown)\""},
      {"format(\"%s\", null)", "1:1-1:19 H0135; \"(unknown)\""},
      {"format(\"%s\")", "1:1-1:13 H0135; \"(unknown)\""},
      {"format(\"a\", 1)", "1:13-1:14 H0134; \"(unknown)\""},
      {"format(\"%z\", 1)", "1:1-1:16 H0135; \"(unknown)\""},
      {"format(\"%\")", "1:1-1:12 H0135; \"(unknown)\""},
      {"format(\"%[0]s\", 1)", "1:1-1:19 H0135; \"(unknown)\""},
      {"format(\"%s\", [u])", "\"(unknown)\""},
      {"formatlist(\"%s-%s\", [\"a\", \"b\"], \"x\")", "[\"a-x\",\"b-x\"]"},
      {"formatlist(\"%s\", [])", "[]"},
      {"formatlist(\"%s%s\", [1], [1, 2])", "1:25-1:31 H0134; \"(unknown)\""},
  });
}

TEST_CASE("functions on numbers are exact") {
  check_all({
      {"abs(-1/3) * 3", "1"},
      {"ceil(-0.5)", "0"},
      {"floor(1/0)", "\"+Inf\""},
      {"max(0.1, \"0.2\")", "0.2"},
      {"pow(2, 0.5)", "1:8-1:11 H0134; \"(unknown)\""},
      {"pow(10, -2)", "0.01"},
      {"signum(0)", "0"},
      {"parseint(\"zz\", 36)", "1295"},
      {"parseint(\"12\", 1)", "1:16-1:17 H0134; \"(unknown)\""},
      {"parseint(\"x\", 10)", "1:11-1:13 H0134; \"(unknown)\""},
      {"sum([1, \"2\", 0.5])", "3.5"},
      {"sum([])", "1:5-1:7 H0134; \"(unknown)\""},
  });
}

TEST_CASE("functions on sequences keep lists and tuples apart") {
  check_all({
      {"concat([1], l, [])", "[1,\"a\",\"b\"]"},
      {"concat(l, 5)", "1:11-1:12 H0134; \"(unknown)\""},
      {"flatten([[1, [2]], 3, toset([4])])", "[1,2,3,4]"},
      {"flatten([u])", "\"(unknown)\""},
      {"flatten([us])", "[\"(unknown)\"]"},
      {"distinct([1, \"1\", 2])", "[\"1\",\"2\"]"},
      {"compact([\"\", null, \"a\"])", "[\"a\"]"},
      {"reverse(l)", "[\"b\",\"a\"]"},
      {"slice([1, 2, 3], 1, 1)", "[]"},
      {"slice([1], 0, 2)", "1:15-1:16 H0134; \"(unknown)\""},
      {"slice([1], 2, 2)", "1:12-1:13 H0134; \"(unknown)\""},
      {"range(3)", "[0,1,2]"},
      {"range(-2)", "[0,-1]"},
      {"range(0, 1, 0.25)", "[0,0.25,0.5,0.75]"},
      {"range(0, 1, 0)", "1:13-1:14 H0134; \"(unknown)\""},
      {"range(0, 1, -1)", "1:10-1:11 H0134; \"(unknown)\""},
      {"chunklist([1, 2, 3], 0)", "[[1,2,3]]"},
      {"chunklist([1], 9223372036854775807)", "[[1]]"},
      {"element([1, 2], 5)", "2"},
      {"element([], 0)", "1:9-1:11 H0134; \"(unknown)\""},
      {"element([1], -1)", "1:14-1:16 H0134; \"(unknown)\""},
      {"index([\"a\"], \"b\")", "1:15-1:17 H0134; \"(unknown)\""},
      {"contains([1, u], 1)", "true"},
      {"contains([1, u], 2)", "\"(unknown)\""},
      {"one([])", "null"},
      {"one([1, 2])", "1:5-1:11 H0134; \"(unknown)\""},
      {"alltrue([])", "true"},
      {"alltrue([\"true\", null])", "false"},
      {"anytrue([])", "false"},
      {"alltrue([u, false])", "false"},
      {"coalesce(null, null)", "1:1-1:21 H0135; \"(unknown)\""},
      {"coalesce(null, 1, \"a\")", "\"1\""},
      {"coalescelist([], l)", "[\"a\",\"b\"]"},
      {"length({a = 1})", "1"},
      {"length(5)", "1:8-1:9 H0134; \"(unknown)\""},
      {"length([u])", "1"},
  });
  CHECK(Evaluated("concat(l, l)").value.kind() == ValueKind::list);
  CHECK(Evaluated("concat(l, [1])").value.kind() == ValueKind::tuple);
}

TEST_CASE("functions on objects and maps, sets, JSON and encodings") {
  check_all({
      {"keys(m)", "[\"x\",\"y\"]"},
      {"keys({a = u})", "[\"a\"]"},
      {"values({b = 1, a = u})", "[\"(unknown)\",1]"},
      {"lookup(m, \"x\")", "1"},
      {"lookup(m, \"z\")", "1:12-1:14 H0134; \"(unknown)\""},
      {"lookup(m, \"z\", \"5\")", "5"},
      {"lookup(m, \"z\", [])", "1:16-1:18 H0134; \"(unknown)\""},
      {"merge({a = 1}, null, {a = 2})", "{\"a\":2}"},
      {"merge({a = 1}, [])", "1:16-1:18 H0134; \"(unknown)\""},
      {"merge()", "{}"},
      {"zipmap([\"a\"], [1, 2])", "1:1-1:22 H0135; \"(unknown)\""},
      {"setunion([1], [\"a\"])", "[\"1\",\"a\"]"},
      {"setintersection([1, 2], [2, 3], [2])", "[2]"},
      {"setsubtract([1, 2], [])", "[1,2]"},
      {"toset([3, 1, 2, 1])", "[1,2,3]"},
      {"tolist([1, true])", "1:8-1:17 H0134; \"(unknown)\""},
      {"tonumber(null)", "null"},
      {"jsonencode(\"<a>&\u2028\")", "\"\\\"\\\\u003ca\\\\u003e\\\\u0026\\\\u2028\\\"\""},
      {"jsonencode([1, 0.1, null, {b = true}])", "\"[1,0.1,null,{\\\"b\\\":true}]\""},
      {"jsonencode([u])", "\"(unknown)\""},
      {R"x(jsondecode("{\"a\": [1.50, \"\\u00e9\", null]}"))x", "{\"a\":[1.5,\"\u00e9\",null]}"},
      {R"x(jsondecode("\"\\ud83d\\ude00\\ud800\""))x", "\"\U0001F600\uFFFD\""},
      {"jsondecode(\"[1,]\")", "1:13-1:18 H0134; \"(unknown)\""},
      {"jsondecode(\"01\")", "1:13-1:16 H0134; \"(unknown)\""},
      {"jsondecode(\"1 2\")", "1:13-1:17 H0134; \"(unknown)\""},
      {"jsondecode(\"\")", "1:12-1:14 H0134; \"(unknown)\""},
      {"base64encode(\"\")", "\"\""},
      {"base64encode(\"a\")", "\"YQ==\""},
      {"base64encode(\"ab\")", "\"YWI=\""},
      {"base64decode(\"YWI=\")", "\"ab\""},
      {"base64decode(\"YQ==\")", "\"a\""},
      {"base64decode(\"YQ=\")", "1:15-1:19 H0134; \"(unknown)\""},
      {"base64decode(\"Y===\")", "1:15-1:20 H0134; \"(unknown)\""},
      {"base64decode(\"/w==\")", "1:15-1:20 H0134; \"(unknown)\""},
      {"urlencode(\"\u00e9 /~\")", "\"%C3%A9+%2F~\""},
  });
}

}  // namespace honua::evaluation
