// SPDX-License-Identifier: MIT
#include "migration/environment_text.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "diagnostics/diagnostics.h"
#include "migration/migration.h"

namespace honua::migration {

namespace {

struct EnvironmentRead {
  explicit EnvironmentRead(std::string_view text)
      : file(0, "honua.env", text), made(read_environment(file, sink)) {}

  [[nodiscard]] std::string json() const { return made ? made->json() : "none"; }
  [[nodiscard]] std::string first_message() const {
    return sink.empty() ? "" : sink.sorted().front()->message;
  }

  diagnostics::Diagnostics sink;
  source::SourceFile file;
  std::optional<ConvertedText> made;
};

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t count = 0; count < times; ++count) all += text;
  return all;
}

}  // namespace

TEST_CASE("two underscores in a variable's name, and colons, separate levels without regard to case") {
  CHECK(EnvironmentRead("HONUA__A=1\nhonua__B__C=x\nHonua:D=2\n").json() ==
        R"({"HONUA":{"A":"1","B":{"C":"x"},"D":"2"}})");
  CHECK(EnvironmentRead("A_B=1\nC___D=2\n").json() == R"({"A_B":"1","C":{"_D":"2"}})");
}

TEST_CASE("levels that are numbers from 0 are the elements of a list, in their order") {
  CHECK(EnvironmentRead("A__1=y\nA__0=x\n").json() == R"({"A":["x","y"]})");
  CHECK(EnvironmentRead("A__1=y\nA__2=x\n").json() == R"({"A":{"1":"y","2":"x"}})");
}

TEST_CASE("values are read as shells, Docker and systemd have them") {
  CHECK(EnvironmentRead("A=b c \r\nexport B='x # y'\ndeclare -x C=\"a \\\"b\\\" \\n\"\nD=\n").json() ==
        R"({"A":"b c","B":"x # y","C":"a \"b\" \\n","D":""})");
  CHECK(EnvironmentRead("A='it'\\''s' # said\n  # nothing\n\nB=a'b'\n").json() ==
        R"({"A":"it's","B":"a'b'"})");
  CHECK(EnvironmentRead("A=x=y;z=\n").json() == R"({"A":"x=y;z="})");
}

TEST_CASE("NUL bytes end the variables of a process, whose values may have several lines") {
  using std::string_view_literals::operator""sv;
  CHECK(EnvironmentRead("A=1\n2\0B= 'x'\0"sv).json() == R"({"A":"1\n2","B":" 'x'"})");
}

TEST_CASE("what is no list of variables is told with its place") {
  CHECK(EnvironmentRead("").first_message() == "the list of variables is empty");
  CHECK(EnvironmentRead("# nothing\n").first_message() == "the list of variables is empty");
  CHECK(EnvironmentRead("A=1\n{\n").first_message() == "this is no variable, which is `NAME=value`");
  CHECK(EnvironmentRead("A B=1\n").first_message() == "this is no variable, which is `NAME=value`");
  CHECK(EnvironmentRead("A='x\n").first_message() == "this quote is not closed");
  CHECK(EnvironmentRead("A='x' y\n").first_message() == "something follows the value");
  CHECK(EnvironmentRead("A=\xff\n").first_message() == "the list of variables is no UTF-8");
  const EnvironmentRead second("A=1\n=2\n");
  CHECK(second.file.position(second.sink.sorted().front()->range.begin).line == 2);
}

TEST_CASE("a setting of the server has one variable, and is a value or a section") {
  CHECK(EnvironmentRead("Honua__B=1\nhonua__b=2\n").first_message() ==
        "there is another variable `honua__b`");
  CHECK(EnvironmentRead("HONUA=1\nHONUA__B=2\n").first_message() ==
        "`HONUA__B` and `HONUA` make one setting a value and a section");
  CHECK(EnvironmentRead("HONUA__B__C=1\nHONUA=2\n").first_message() ==
        "`HONUA` and `HONUA__B__C` make one setting a value and a section");
}

TEST_CASE("of what is none of the server's the first variable of a name counts") {
  CHECK(EnvironmentRead("http_proxy=a\nHTTP_PROXY=b\nA__B=1\nA=2\n").json() ==
        R"({"http_proxy":"a","A":{"B":"1"}})");
}

TEST_CASE("names without a value are left out, as shells and Docker have them") {
  CHECK(EnvironmentRead("declare -x OLDPWD\nTERM\nexport A\nB=1\n").json() == R"({"B":"1"})");
}

TEST_CASE("values in quotes may have several lines") {
  CHECK(EnvironmentRead("A='x\ny=1' # said\nB=2\n").json() == R"({"A":"x\ny=1","B":"2"})");
}

TEST_CASE("of a list of variables nothing but their names is shown") {
  const std::string text = "export A=hunter2\nhunter2\nB='hunter2\nC=hunter2'\n=hunter2\n# hunter2\n";
  source::SourceFile file(0, "honua.env", text);
  file.hide(values_in_environment(file));
  const std::string shown = file.masked_text({0, 0, static_cast<std::uint32_t>(text.size())});
  CHECK(shown.find("hunter2") == std::string::npos);
  CHECK(shown.substr(0, 10) == "*******A=*");
}

TEST_CASE("a variable's name has at most as many levels as a document") {
  CHECK(EnvironmentRead(repeated("A__", max_variable_levels - 1) + "A=1\n").sink.empty());
  CHECK(EnvironmentRead(repeated("A__", max_variable_levels) + "A=1\n").first_message() ==
        "the variable has 65 levels, and 64 are allowed");
}

TEST_CASE("values of variables stand where they are written") {
  const EnvironmentRead read("A=1\nB__C=xyz\n");
  const auto place = read.made->place_of(static_cast<std::uint32_t>(read.json().find("\"xyz\"")));
  CHECK(read.file.text(place) == "xyz");
}

}  // namespace honua::migration
