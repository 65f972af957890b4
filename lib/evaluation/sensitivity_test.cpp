// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "evaluation/evaluate_for_test.h"

namespace honua::evaluation {

TEST_CASE("what is sensitive marks every result that depends on it") {
  const std::vector<std::string> expressions{"secret",
                                             "\"${secret}\"",
                                             "\"x${secret}\"",
                                             "secret == \"x\"",
                                             "secret != null",
                                             "true ? secret : \"\"",
                                             "secret == \"swordfish\" ? 1 : 2",
                                             "length(secret) + 1",
                                             "-length(secret) < 0",
                                             "!(secret == \"a\")",
                                             "[secret][0]",
                                             "{a = secret}.a",
                                             "{(secret) = 1}",
                                             "[for v in [secret]: v][0]",
                                             "[for v in [1]: v if secret == \"a\"]",
                                             "{for v in [secret]: v => 1}",
                                             "[secret] == [1]",
                                             "\"%{if secret == \"a\"}x%{endif}\"",
                                             "\"%{for v in [secret]}${v}%{endfor}\"",
                                             "[1, 2][length(secret) - 9]",
                                             "upper(secret)",
                                             "jsonencode([secret])",
                                             "try(secret, 1)",
                                             "env(\"TOKEN\")",
                                             "env(\"NOPE\", \"x\")",
                                             "sensitive(1)",
                                             "tolist([secret])[0]",
                                             "toset([secret])",
                                             "[{a = secret}].*.a[0]",
                                             "1 / length(secret)"};
  for (const std::string& expression : expressions) {
    CAPTURE(expression);
    const Evaluated evaluated{expression};
    CHECK(evaluated.findings().empty());
    CHECK(evaluated.value.is_sensitive());
    CHECK(to_json(evaluated.value) == "\"(sensitive)\"");
  }
}

TEST_CASE("a member that is called like a secret is one wherever it goes") {
  for (const std::string expression :
       {"{password = \"x\"}.password", "{password = \"x\"}[\"password\"]",
        "\"a-${{db_token = \"x\"}.db_token}\"", "[{secret = \"x\"}][*].secret",
        "lookup({password = \"x\"}, \"password\", \"\")", "{renamed = {password = \"x\"}.password}.renamed",
        "jsonencode({password = \"x\"})"}) {
    CAPTURE(expression);
    CHECK(to_json(Evaluated(expression).value).find('x') == std::string::npos);
  }
  CHECK(to_json(Evaluated("{password = \"x\", user = \"y\"}").value) ==
        "{\"password\":\"(sensitive)\",\"user\":\"y\"}");
}

TEST_CASE("a mark stays on the part that is sensitive") {
  CHECK(to_json(Evaluated("[secret, 1]").value) == "[\"(sensitive)\",1]");
  CHECK(to_json(Evaluated("concat([secret], [1])").value) == "[\"(sensitive)\",1]");
  CHECK(to_json(Evaluated("merge({a = secret}, {b = 1})").value) == "{\"a\":\"(sensitive)\",\"b\":1}");
  CHECK_FALSE(Evaluated("length([secret])").value.is_sensitive());
  CHECK(to_json(Evaluated("nonsensitive([secret, 1])").value) == "[\"(sensitive)\",1]");
}

TEST_CASE("no finding shows a sensitive value") {
  const std::vector<std::string> expressions{"secret + 1",
                                             "-secret",
                                             "!secret",
                                             "secret ? 1 : 2",
                                             "[1][secret]",
                                             "{a = 1}[secret]",
                                             "secret.a",
                                             "secret[0]",
                                             "[for v in secret: v]",
                                             "secret[*].a",
                                             "true ? [secret] : secret",
                                             "parseint(secret, 10)",
                                             "tonumber(secret)",
                                             "max(secret)",
                                             "{for v in [secret, secret]: v => 1}",
                                             "split(\"\", secret)[77]",
                                             "slice(split(\"\", secret), 77, 77)",
                                             "one(split(\"\", secret))",
                                             "upper(split(\"\", secret)...)",
                                             "format(\"%s\", split(\"\", secret)...)",
                                             "zipmap(split(\"\", secret), [1])",
                                             "formatlist(\"%s-%s\", split(\"\", secret), [\"a\", \"b\"])",
                                             "jsondecode(\"{\\\"${secret}\\\":1,}\")",
                                             "jsondecode(secret)",
                                             "base64decode(secret)",
                                             "lookup({}, secret)",
                                             "format(\"%d\", secret)",
                                             "format(secret, 1, 2)",
                                             "index([1], secret)",
                                             "join(secret, [null])",
                                             "element([], length(secret))",
                                             "range(secret)",
                                             "\"x${[secret]}\"",
                                             "secret < secret",
                                             "0 / (length(secret) - 9)",
                                             "substr(secret, secret, 1)",
                                             "{swordfish = 1}[upper(secret)]",
                                             "sum([secret])",
                                             "zipmap([secret], [])",
                                             "sum(sensitive([\"swordfish\"]))",
                                             "max(sensitive([\"swordfish\"])...)",
                                             "alltrue(sensitive([\"swordfish\"]))",
                                             "formatlist(\"%d\", sensitive([\"swordfish\"]))",
                                             "{(secret) = 1}.swordfisj",
                                             "{(secret) = 1}[\"swordfisj\"]",
                                             "alltrue(tolist(keys({(secret) = 1})))",
                                             "true ? tomap({(secret) = []}) : {a = 1}",
                                             "format(\"%9999999${secret}\", 1)",
                                             "[for v in sensitive([\"swordfish\"]): v + 1]",
                                             "[for k, v in sensitive({swordfish = 1}): k + 1]",
                                             "[for v in sensitive([\"swordfish\"]): v.a]",
                                             "sensitive([{a = \"swordfish\"}])[*].a[0].b",
                                             "[for v in sensitive([\"swordfish\"])[*]: v + 1]",
                                             "sensitive([[\"swordfish\"]])[0][0] + 1",
                                             "sensitive({a = \"swordfish\"}).a + 1",
                                             "\"%{for v in sensitive([\"swordfish\"])}${v + 1}%{endfor}\"",
                                             "[for v in setunion(sensitive([\"swordfish\"])): v + 1]",
                                             "nonsensitive(secret) + 1",
                                             "{a = 1}[nonsensitive(secret)]",
                                             "nonsensitive([secret])[0].b",
                                             "coalesce(sensitive([\"swordfish\"]), [1]) + 1"};
  for (const std::string& expression : expressions) {
    CAPTURE(expression);
    const Evaluated evaluated{expression};
    CHECK_FALSE(evaluated.findings().empty());
    CHECK(evaluated.messages().find("swordfish") == std::string::npos);
    CHECK(evaluated.messages().find("SWORDFISH") == std::string::npos);
    // Nor how long it is.
    for (const char* size : {"8", "9", "nine"}) CHECK(evaluated.messages().find(size) == std::string::npos);
  }
}

TEST_CASE("whether a sensitive value works somewhere is sensitive") {
  for (const std::string expression :
       {"can({swordfish = 1}[secret])", "can({other = 1}[secret])", "can(split(\"\", secret)[8])",
        "try({swordfish = 1}[secret], 2)", "try({other = 1}[secret], 2)", "try([secret][1], 2)"}) {
    CAPTURE(expression);
    CHECK(Evaluated(expression).value.is_sensitive());
  }
  CHECK_FALSE(Evaluated("can(1 + null)").value.is_sensitive());
  CHECK_FALSE(Evaluated("try([1][1], 2)").value.is_sensitive());
}

TEST_CASE("that a sensitive key is the same as another one is not told") {
  for (const std::string expression :
       {"{(secret) = 1, (secret) = 2}", "{(secret) = 1, swordfish = 2}", "{swordfish = 1, (secret) = 2}"}) {
    CAPTURE(expression);
    CHECK(Evaluated(expression).findings().empty());
  }
  CHECK_FALSE(Evaluated("{(secret) = 1, x = 2, x = 3}").findings().empty());
  CHECK_FALSE(Evaluated("{(secret) = 1, swordfish = 2, swordfish = 3}").findings().empty());
}

}  // namespace honua::evaluation
