// SPDX-License-Identifier: MIT
// Values of environment variables appear in nothing the program prints.
#include <doctest/doctest.h>
#include <map>
#include <ostream>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "cli/testing.h"
#include "commands/report_formats.h"
#include "config/schema.h"
#include "text/unicode.h"

namespace honua::commands {

namespace {

// A token that no text holds by chance, of letters that every encoding changes
// or keeps visibly.
std::string random_token(std::mt19937& random) {
  static constexpr std::string_view letters =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/+%&=";
  std::string token;
  for (int i = 0; i < 24; ++i) token += letters[random() % letters.size()];
  return token;
}

std::string base64(std::string_view bytes) {
  static constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    unsigned bits = 0;
    for (std::size_t i = at; i < at + 3; ++i) {
      bits = (bits << 8U) | (i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U);
    }
    for (int shift = 18; shift >= 0; shift -= 6) text += digits[(bits >> static_cast<unsigned>(shift)) & 63U];
  }
  return text;
}

std::string url_encoded(std::string_view bytes) {
  static constexpr std::string_view hex = "0123456789ABCDEF";
  std::string text;
  for (const char c : bytes) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    const auto value = static_cast<unsigned char>(c);
    text += plain ? std::string(1, c) : std::string{'%', hex[value >> 4U], hex[value & 15U]};
  }
  return text;
}

// The forms under which a token would give itself away. In base64 it may start
// at any of three places within a group, of which only the middle is certain.
std::vector<std::string> traces_of(const std::string& token) {
  std::vector<std::string> traces = {token, url_encoded(token), text::to_lower(token), text::to_upper(token)};
  for (std::size_t before = 0; before < 3; ++before) {
    traces.push_back(base64(std::string(before, ' ') + token).substr(4, 24));
  }
  // Half of it would already be too much.
  traces.push_back(token.substr(0, 12));
  traces.push_back(token.substr(12));
  return traces;
}

// Every way a value can meet a mistake, or be asked for in a message.
constexpr std::string_view leaky = R"(
connection = env("SECRET")
text       = "postgresql://user:${env("SECRET")}@host/db"
colon      = "${env:SECRET}"
sum        = 1 + env("SECRET")
number     = tonumber(env("SECRET"))
boolean    = env("SECRET") ? 1 : 2
index      = { a = 1 }[env("SECRET")]
list       = [1, 2][env("SECRET")]
access     = env("SECRET").name
call       = env(env("SECRET"))
each       = [for x in env("SECRET") : x]
object     = { (env("SECRET")) = 1, (env("SECRET")) = 2 }
encoded    = base64decode(env("SECRET"))
decoded    = jsondecode(env("SECRET"))
shown      = tonumber(base64encode(env("SECRET")))
escaped    = tonumber(urlencode(env("SECRET")))
upper      = tonumber(upper(env("SECRET")))
formatted  = format("%d", env("SECRET"))
spread     = max(env("SECRET")...)
keys       = keys(env("SECRET"))
compared   = env("SECRET") > 3
negated    = -env("SECRET")
not        = !env("SECRET")
found      = lookup({ a = 1 }, env("SECRET"))
date       = formatdate(env("SECRET"), env("SECRET"))
pattern    = regex(env("SECRET"), "x")
list2      = element([1], env("SECRET"))
join       = tonumber(join("-", [env("SECRET")]))
)";

// A value of a setting's type, whose every part is the given text.
std::string value_of(const config::AttributeSchema& attribute, const std::string& text) {
  using config::ValueType;
  const auto object = [&] {
    std::string members = "{";
    for (const config::AttributeSchema& member : attribute.nested->attributes)
      members += " " + std::string(member.name) + " = " + value_of(member, text) + ",";
    return members + " }";
  };
  switch (attribute.type) {
    case ValueType::string_list:
    case ValueType::reference_list: return "[" + text + ", \"${" + text + "}\"]";
    case ValueType::object: return object();
    case ValueType::object_map: return "{ a = " + object() + ", (" + text + ") = " + object() + " }";
    case ValueType::string_map: return "{ a = " + text + ", (" + text + ") = " + text + " }";
    default: return text;
  }
}

std::string settings_of(const config::ObjectSchema& object, const std::string& value) {
  std::string text;
  for (const config::AttributeSchema& attribute : object.attributes)
    text += "  " + std::string(attribute.name) + " = " + value_of(attribute, value) + "\n";
  return text;
}

// Every block type and every type of service with all they can have.
std::string every_setting(const std::string& value) {
  std::string text;
  for (const config::BlockSchema& schema : config::block_schemas()) {
    text += std::string(schema.keyword) + (schema.labelled ? " \"a\" {\n" : " {\n") +
            settings_of(schema.body, value) + "}\n";
  }
  for (const config::ServiceType& type : config::service_types()) {
    text += "service \"" + std::string(type.id) + "\" {\n" + settings_of(type.settings, value) +
            "  unknown_setting = " + value + "\n}\n";
  }
  return text;
}

std::string document_of(const std::string& token) { return R"({")" + token + R"(": [")" + token + R"("]})"; }

}  // namespace

namespace {

// That neither stream nor file holds a token in any form.
void check_no_trace(const std::string& token, const cli::RunResult& result, const FileSystem& files,
                    const std::vector<std::string>& written) {
  std::string all = result.out + result.err;
  for (const std::string& path : written) {
    const auto content = files.read_file(path, std::size_t{1} << 26U);
    REQUIRE(content.has_value());
    CHECK(content->size() > 0);
    all += content->to_string();
  }
  for (const std::string& trace : traces_of(token)) {
    const bool leaks = all.find(trace) != std::string::npos;
    CHECK_FALSE(leaks);
  }
}

}  // namespace

TEST_CASE("no output holds the value of an environment variable, plain or encoded") {
  std::mt19937 random(std::random_device{}());
  for (const std::string_view format : report_format_names()) {
    for (const char* mode : {"--fail-on=never", "--syntax-only", "--color=always", "--dialect=hcl"}) {
      const std::string token = random_token(random);
      MemoryFileSystem files;
      files.add("a.hcl", std::string(leaky));
      files.add("b.hcl.json", R"({"a": "${env(\"SECRET\")}", "b": "${1 + env(\"SECRET\")}"})");
      const auto result =
          cli::run_with(files, {{"SECRET", token}, {"GITHUB_STEP_SUMMARY", "summary.md"}},
                        {"validate", "--format", std::string(format), mode, "a.hcl", "b.hcl.json"});
      CAPTURE(result.out);
      CAPTURE(result.err);
      CHECK(result.code != ExitCode::failure);
      check_no_trace(
          token, result, files,
          format == "github" ? std::vector<std::string>{"summary.md"} : std::vector<std::string>{});
    }
  }
}

TEST_CASE("no report in a file holds the value of an environment variable or what looks like a secret") {
  std::mt19937 random(std::random_device{}());
  const std::string token = random_token(random);
  const std::string password = "pw" + std::to_string(random());
  MemoryFileSystem files;
  files.add("a.hcl", std::string(leaky) + "connection = \"Host=db;Password=" + password + "\"\n" +
                         "connection = \"Host=db;Password=" + password + "\" x\n");
  std::vector<std::string> words = {"validate", "--fail-on=never", "a.hcl"};
  std::vector<std::string> written;
  for (const std::string_view format : report_format_names()) {
    written.push_back("report." + std::string(format));
    words.push_back("--report=" + std::string(format) + "=" + written.back());
  }
  const auto result = cli::run_with(files, {{"SECRET", token}}, words);
  CHECK(result.code == ExitCode::done);
  check_no_trace(token, result, files, written);
  CHECK((result.out + result.err).find(password) == std::string::npos);
  for (const std::string& path : written) {
    CAPTURE(path);
    CHECK(files.read_file(path, std::size_t{1} << 26U)->to_string().find(password) == std::string::npos);
  }
}

TEST_CASE("findings that compare numbers hold none that comes from the environment") {
  const std::string text = R"(
honua {
  instances = env("COUNT")
  high_availability {
    leader_election {
      enabled                  = true
      lease_duration_seconds   = env("LEASE")
      renewal_interval_seconds = env("RENEWAL")
    }
  }
}
data_source "db" {
  provider = "postgresql"
  pool {
    min_size = env("LEAST")
    max_size = env("MOST")
  }
}
layer "roads" {
  geometry {
    srid = env("SRID")
  }
}
)";
  for (const std::string srid : {"5773", "4979", "2036", "999"}) {
    MemoryFileSystem files;
    files.add("a.hcl", text);
    const auto result = cli::run_with(files,
                                      {{"COUNT", "47"},
                                       {"LEASE", "59"},
                                       {"RENEWAL", "58"},
                                       {"LEAST", "424243"},
                                       {"MOST", "313131"},
                                       {"SRID", srid}},
                                      {"validate", "--format", "concise", "a.hcl"});
    CAPTURE(result.out);
    for (const char* code : {"H1017", "H4109", "H4004"}) CHECK(result.out.find(code) != std::string::npos);
    for (const std::string value : {"424243", "313131", "47 instances", " 58 ", " 59 ", "EPSG:"}) {
      CHECK(result.out.find(value) == std::string::npos);
    }
  }
}

TEST_CASE("show gives no value of an environment variable away, plain or encoded") {
  std::mt19937 random(std::random_device{}());
  const std::string attributes(leaky);
  const std::vector<std::string> bodies = {
      "honua {\n" + attributes + "}\n",
      "import \"a\" {\n" + attributes + "}\n",
      "service \"wfs\" {\n" + attributes + "}\n",
      "service \"wfs\" {\n settings = {\n" + attributes + "}\n}\n",
      "service \"wfs\" {\n settings = { for x in [env(\"SECRET\")] : x => x }\n}\n",
      "service \"wfs\" {\n settings = jsondecode(env(\"DOCUMENT\"))\n}\n",
      "layer \"a\" {\n fields = jsondecode(env(\"DOCUMENT\"))\n services = [env(\"SECRET\")]\n}\n",
      "layer \"a\" {\n data_source = env(\"SECRET\")\n cache = { ttl = env(\"SECRET\") }\n}\n",
      "variable \"a\" {\n default = { (env(\"SECRET\")) = [env(\"SECRET\")] }\n type = var.a\n}\n",
  };
  for (const std::string& body : bodies) {
    for (const char* format : {"human", "json"}) {
      const std::string token = random_token(random);
      MemoryFileSystem files;
      files.add("a.hcl", body);
      const auto result = cli::run_with(files, {{"SECRET", token}, {"DOCUMENT", document_of(token)}},
                                        {"show", "--format", format, "a.hcl"});
      CAPTURE(body);
      CAPTURE(result.out);
      CAPTURE(result.err);
      CHECK_FALSE(result.out.empty());
      for (const std::string& trace : traces_of(token)) {
        const bool leaks = (result.out + result.err).find(trace) != std::string::npos;
        CHECK_FALSE(leaks);
      }
    }
  }
}

TEST_CASE("a connection string in place of a path or a command keeps its password to itself") {
  for (const std::string connection :
       {"Host=db;Username=gis;Password=hunter2", "postgresql://gis:hunter2@db/x"}) {
    for (const std::vector<std::string>& words : {std::vector<std::string>{"validate", connection},
                                                  {connection},
                                                  {"validate", "--format=json", connection},
                                                  {"validate", "--format=sarif", connection},
                                                  {"validate", "--format=github", connection},
                                                  {"validate", "--format=gitlab", connection},
                                                  {"validate", "--format=junit", connection},
                                                  {"validate", "--format=checkstyle", connection},
                                                  {"validate", "--format=rdjson", connection},
                                                  {"validate", "--format=jsonl", connection},
                                                  {"validate", "--report", connection},
                                                  {"validate", "--report=" + connection},
                                                  {"validate", "--report=json=" + connection + "/x"},
                                                  {"validate", "--format", connection},
                                                  {"validate", "--environment", connection + "/"},
                                                  {"show", connection},
                                                  {"show", "--only", connection},
                                                  {"schema", connection}}) {
      MemoryFileSystem files;
      const auto result = cli::run_with(files, {}, words);
      CAPTURE(result.out);
      CAPTURE(result.err);
      CHECK(result.err.find("error: ") != std::string::npos);
      CHECK((result.out + result.err).find("hunter2") == std::string::npos);
    }
    MemoryFileSystem files;
    CHECK(cli::run_with(files, {{"HONUA_CONFIG", connection}}, {"validate"}).err.find("hunter2") ==
          std::string::npos);
  }
}

TEST_CASE("the search for tokens finds them in every encoding it claims to know") {
  const std::string token = "abcdefghijklmnop+/%&=012";
  for (const std::string before : {"", "x", "xy", "xyz"}) {
    const std::string encoded = base64(before + token + "tail");
    bool found = false;
    for (const std::string& trace : traces_of(token))
      found = found || encoded.find(trace) != std::string::npos;
    CHECK(found);
  }
  CHECK(base64("Man") == "TWFu");
  CHECK(url_encoded("a/b") == "a%2Fb");
}

TEST_CASE("a rendered configuration holds references to the environment, never their values") {
  std::mt19937 random(std::random_device{}());
  std::string text;
  std::size_t count = 0;
  // Each of these lines as a setting whose references are kept, and as one whose are not.
  for (std::size_t at = 0; at < leaky.size();) {
    const std::size_t end = leaky.find('\n', at);
    const std::string_view line = leaky.substr(at, end - at);
    const std::size_t sign = line.find('=');
    if (sign != std::string_view::npos) {
      const std::string value(line.substr(sign + 1));
      const std::string number = std::to_string(++count);
      text.append("service \"s").append(number).append("\" {\n  title = ").append(value);
      text.append("\n  hosts = [").append(value).append("]\n}\n");
      text.append("layer \"l").append(number).append("\" {\n  description = ").append(value).append("\n}\n");
    }
    at = end + 1;
  }
  for (const std::string& more : std::vector<std::string>{"", "honua {\n  log_level = \"chatty\"\n}\n"}) {
    const std::string token = random_token(random);
    MemoryFileSystem files;
    files.add("a.hcl", more + text);
    files.add("b.hcl",
              "data_source \"db\" {\n  provider = \"sqlite\"\n  connection = \"a${env(\"SECRET\")}b\"\n}\n"
              "service \"odata\" {\n  title = var.x\n  description = nonsensitive(env(\"SECRET\"))\n}\n"
              "variable \"x\" {\n  default = env(\"SECRET\")\n}\n");
    for (const char* file : {"a.hcl", "b.hcl"}) {
      const auto result = cli::run_with(files, {{"SECRET", token}}, {"render", "--target=upstream", file});
      CAPTURE(result.out);
      CAPTURE(result.err);
      CHECK(result.code != ExitCode::failure);
      for (const std::string& trace : traces_of(token)) {
        const bool leaks = (result.out + result.err).find(trace) != std::string::npos;
        CHECK_FALSE(leaks);
      }
      if (std::string_view(file) == "b.hcl") {
        CHECK(result.code == ExitCode::done);
        CHECK(result.out.find("\"a${env:SECRET}b\"") != std::string::npos);
        CHECK(result.out.find("= \"${env:SECRET}\"") != std::string::npos);
      }
    }
  }
}

TEST_CASE("no rule shows a setting's value from the environment, whatever the setting") {
  const std::string everything = every_setting("env(\"SECRET\")");
  std::mt19937 random(std::random_device{}());
  // So that values get past the first check of their form.
  for (const std::string shape : {"*", "Host=*;Username=*;Password=*", "https://*/a", "/*", "EPSG:*", "a.*",
                                  "*/", "1.*", "image/*", "1*m"}) {
    const std::string token = random_token(random);
    std::string value = shape;
    for (std::size_t at = value.find('*'); at != std::string::npos; at = value.find('*', at + token.size()))
      value.replace(at, 1, token);
    MemoryFileSystem files;
    files.add("a.hcl", everything);
    std::vector<std::string> words = {"validate", "--format=json", "--instances", "2", "a.hcl"};
    std::vector<std::string> written;
    for (const std::string_view format : report_format_names()) {
      written.push_back("report." + std::string(format));
      words.push_back("--report=" + std::string(format) + "=" + written.back());
    }
    const auto result = cli::run_with(files, {{"SECRET", value}}, words);
    check_no_trace(token, result, files, written);
    CAPTURE(shape);
    CHECK(result.code == ExitCode::findings);
    for (const std::string& trace : traces_of(token)) {
      const std::size_t at = result.out.find(trace);
      CAPTURE(result.out.substr(at == std::string::npos ? 0 : result.out.rfind("\"code\"", at), 300));
      CHECK(at == std::string::npos);
    }
  }
}

TEST_CASE("a secret written in any setting appears in no report, fix or difference") {
  std::mt19937 random(std::random_device{}());
  for (const std::string shape : {"Host=db;Username=gis;Password=*", "postgresql://gis:*@db/x",
                                  "Server=db;Pwd=*;Database=x", "https://host/a?token=*"}) {
    const std::string token = "pw" + std::to_string(random()) + std::to_string(random());
    std::string value = shape;
    value.replace(value.find('*'), 1, token);
    // What the safe fixes change: the mark of byte order, line ends, a misspelt name.
    std::string text = "\xEF\xBB\xBF";
    text.append(every_setting('"' + value + '"')).append("layer \"l\" {\r\n  titel = \"");
    text.append(value).append("\"\r\n}\n");
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"validate", "--fix", "--diff", "a.hcl"},
          {"validate", "--fix=unsafe", "--diff", "a.hcl"},
          {"validate", "--fix=unsafe", "a.hcl"},
          {"validate", "a.hcl"},
          {"validate", "--format=json", "a.hcl"},
          {"validate", "--format=sarif", "--baseline", "a.hcl", "a.hcl"},
          {"validate", "--write-baseline", "base.json", "a.hcl"},
          {"fmt", "--diff", "a.hcl"},
          {"fmt", "--check", "a.hcl"},
          {"show", "a.hcl"},
          {"show", "--format=json", "a.hcl"}}) {
      MemoryFileSystem files;
      files.add("a.hcl", text);
      // Once the project file is what is wrong.
      if (words.size() == 2)
        files.add(".honua.hcl", "tool \"validate\" {\n  select = \"" + value + "\"\n}\n");
      const auto result = cli::run_with(files, {}, words);
      CAPTURE(words);
      CAPTURE(shape);
      const std::string all = result.out + result.err;
      CHECK_FALSE(all.empty());
      const std::size_t at = all.find(token);
      CAPTURE(all.substr(at == std::string::npos || at < 200 ? 0 : at - 200, 300));
      CHECK(at == std::string::npos);
      if (const auto baseline = files.read_file("base.json", std::size_t{1} << 26U))
        CHECK(baseline->to_string().find(token) == std::string::npos);
    }
  }
}

TEST_CASE("a default behind a variable's name is shown nowhere") {
  cli::TestWorld world;
  world.files.add("a.hcl", "honua {\n  version = \"${env:X:-hunter2T}\"\n}\n");
  for (const std::string format : {"human", "json", "sarif", "rdjson", "concise"}) {
    const cli::RunResult result =
        cli::run_in(world, {"validate", "--env", "list", "--format", format, "a.hcl"});
    CAPTURE(format);
    CHECK_FALSE(cli::contains(result.out + result.err, "hunter2T"));
  }
  CHECK_FALSE(
      cli::contains(cli::run_in(world, {"validate", "--diff", "--fix=unsafe", "a.hcl"}).out, "hunter2T"));
}

}  // namespace honua::commands
