// SPDX-License-Identifier: MIT
#include "diagnostics/diagnostics.h"

#include <doctest/doctest.h>

#include <string>

#include "diagnostics/render_for_test.h"

namespace honua::diagnostics {

namespace {

std::string messages(const Diagnostics& diagnostics) {
  std::string all;
  for (const Diagnostic* one : diagnostics.sorted()) all += one->message + " ";
  return all;
}

}  // namespace

TEST_CASE("a new sink is empty") {
  const Diagnostics diagnostics;
  CHECK(diagnostics.empty());
  CHECK(diagnostics.size() == 0);
  CHECK_FALSE(diagnostics.has_errors());
  CHECK(diagnostics.dropped() == 0);
  CHECK(diagnostics.sorted().empty());
}

TEST_CASE("a finding has its rule's severity and what was added to it") {
  Diagnostics diagnostics;
  diagnostics.report(sample_warning, {0, 1, 2}, "message")
      .captioned("caption")
      .label({0, 5, 6}, "first")
      .label({1, 0, 1}, "second")
      .suggest("one")
      .suggest("two");
  const Diagnostic& one = *diagnostics.sorted().front();
  CHECK(one.rule == &sample_warning);
  CHECK(one.severity == Severity::warning);
  CHECK(one.message == "message");
  CHECK(one.caption == "caption");
  REQUIRE(one.labels.size() == 2);
  CHECK(one.labels[1].message == "second");
  CHECK(one.labels[1].range == source::SourceRange{1, 0, 1});
  CHECK(one.help == std::vector<std::string>{"one", "two"});
}

TEST_CASE("findings are counted by their severity") {
  Diagnostics diagnostics;
  diagnostics.report(sample_warning, {}, "");
  diagnostics.report(sample_info, {}, "");
  diagnostics.report(sample_info, {}, "");
  CHECK_FALSE(diagnostics.has_errors());
  diagnostics.report(sample_warning, {}, "").severity = Severity::error;
  CHECK(diagnostics.has_errors());
  CHECK(diagnostics.count(Severity::error) == 1);
  CHECK(diagnostics.count(Severity::warning) == 1);
  CHECK(diagnostics.count(Severity::info) == 2);
}

TEST_CASE("findings come in source order, then in order of arrival") {
  Diagnostics diagnostics;
  diagnostics.report(sample_error, {1, 0, 1}, "g");
  diagnostics.report(sample_error, {0, 9, 9}, "e");
  diagnostics.report(sample_error, {0, 5, 8}, "c");
  diagnostics.report(sample_error, {0, 5, 6}, "b");
  diagnostics.report(sample_error, {0, 5, 8}, "d");
  diagnostics.report(sample_error, {0, 0, 9}, "a");
  diagnostics.report(sample_error, {0, 9, 10}, "f");
  CHECK(messages(diagnostics) == "a b c d e f g ");
}

TEST_CASE("references stay valid while findings arrive") {
  Diagnostics diagnostics;
  Diagnostic& first = diagnostics.report(sample_error, {}, "first");
  for (std::uint32_t i = 1; i < 5000; ++i) diagnostics.report(sample_error, {0, i, i}, "more");
  first.suggest("late");
  CHECK(diagnostics.sorted().front()->help.size() == 1);
}

TEST_CASE("findings beyond the limit are counted, not kept") {
  Diagnostics diagnostics;
  for (std::size_t i = 0; i < max_diagnostics; ++i) diagnostics.report(sample_warning, {}, "kept");
  CHECK(diagnostics.size() == max_diagnostics);
  CHECK(diagnostics.dropped() == 0);
  for (int i = 0; i < 3; ++i) {
    Diagnostic& lost = diagnostics.report(sample_warning, {}, "lost");
    CHECK(lost.labels.empty());
    lost.label({}, "to nowhere").suggest("nothing");
  }
  CHECK(diagnostics.size() == max_diagnostics);
  CHECK(diagnostics.dropped() == 3);
  CHECK(diagnostics.count(Severity::error) == 0);
  CHECK(messages(diagnostics).find("lost") == std::string::npos);
}

TEST_CASE("findings beyond the limit still have their severity") {
  Diagnostics diagnostics;
  for (std::size_t i = 0; i <= max_diagnostics; ++i)
    diagnostics.report(sample_error, Severity::warning, {}, "");
  CHECK_FALSE(diagnostics.has_errors());
  CHECK(diagnostics.has(Severity::warning));
  CHECK_FALSE(diagnostics.has(Severity::info));
  diagnostics.report(sample_warning, Severity::error, {}, "");
  CHECK(diagnostics.has_errors());
  diagnostics.clear();
  CHECK_FALSE(diagnostics.has_errors());
  CHECK_FALSE(diagnostics.has(Severity::warning));
}

TEST_CASE("all findings of a rule can be taken back") {
  Diagnostics diagnostics;
  diagnostics.report(sample_error, {}, "one");
  diagnostics.report(sample_warning, {}, "other");
  diagnostics.discard(sample_error);
  CHECK(messages(diagnostics) == "other ");
}

TEST_CASE("repeated findings are taken back, others at the same place are not") {
  Diagnostics diagnostics;
  diagnostics.report(sample_error, {0, 1, 2}, "one").suggest("help");
  diagnostics.report(sample_error, {0, 1, 2}, "one");
  diagnostics.report(sample_error, {0, 1, 2}, "other");
  diagnostics.report(sample_warning, {0, 1, 2}, "one");
  diagnostics.report(sample_error, {0, 1, 3}, "one");
  diagnostics.report(sample_error, {1, 1, 2}, "one");
  diagnostics.discard_repeats();
  CHECK(messages(diagnostics) == "one other one one one ");
  CHECK(diagnostics.sorted().front()->help.size() == 1);
}

TEST_CASE("findings that were only counted are taken back with the others of their rule") {
  Diagnostics diagnostics;
  for (std::size_t i = 0; i < max_diagnostics + 3; ++i) diagnostics.report(sample_error, {}, "");
  diagnostics.report(sample_warning, {}, "other");
  diagnostics.discard(sample_error);
  CHECK(diagnostics.dropped() == 0);
  CHECK_FALSE(diagnostics.has_errors());
  diagnostics.report(sample_error, {}, "again");
  CHECK(messages(diagnostics) == "other again ");
}

TEST_CASE("findings of one severity do not crowd out those of another") {
  Diagnostics diagnostics;
  for (std::size_t i = 0; i < max_diagnostics + 3; ++i) diagnostics.report(sample_warning, {}, "");
  CHECK(diagnostics.is_unheard(sample_warning, Severity::warning));
  CHECK_FALSE(diagnostics.is_unheard(sample_error, Severity::error));
  diagnostics.report(sample_error, {}, "");
  CHECK(diagnostics.count(Severity::error) == 1);
  CHECK(diagnostics.dropped() == 3);
}

TEST_CASE("a cleared sink takes findings again") {
  Diagnostics diagnostics;
  for (std::size_t i = 0; i <= max_diagnostics; ++i) diagnostics.report(sample_error, {}, "");
  diagnostics.clear();
  CHECK(diagnostics.empty());
  CHECK(diagnostics.dropped() == 0);
  diagnostics.report(sample_error, {}, "new");
  CHECK(messages(diagnostics) == "new ");
}

TEST_CASE("severities have names") {
  CHECK(to_string(Severity::error) == "error");
  CHECK(to_string(Severity::warning) == "warning");
  CHECK(to_string(Severity::info) == "info");
}

TEST_CASE("levels change the severity of what is reported, or keep it out") {
  Levels levels;
  levels.set(sample_error, Severity::info);
  levels.set(sample_warning, std::nullopt);
  Diagnostics diagnostics;
  diagnostics.set_levels(levels);
  diagnostics.report(sample_error, {}, "lowered");
  diagnostics.report(sample_warning, {}, "off");
  CHECK(diagnostics.size() == 1);
  CHECK(diagnostics.count(Severity::info) == 1);
  CHECK_FALSE(diagnostics.has_errors());
  CHECK(diagnostics.is_unheard(sample_warning, Severity::warning));
  CHECK(levels.is_off(sample_warning));
  CHECK_FALSE(levels.is_off(sample_info));
  diagnostics.clear();
  diagnostics.report(sample_warning, {}, "still off");
  CHECK(diagnostics.empty());
}

TEST_CASE("the limit counts findings by the level they are reported at") {
  Levels levels;
  levels.set(sample_warning, Severity::error);
  Diagnostics diagnostics;
  diagnostics.set_levels(levels);
  for (std::size_t i = 0; i < max_diagnostics; ++i) diagnostics.report(sample_warning, {}, "");
  CHECK(diagnostics.is_unheard(sample_warning, Severity::warning));
  CHECK(diagnostics.is_unheard(sample_error, Severity::error));
  CHECK_FALSE(diagnostics.is_unheard(sample_info, Severity::info));
}

TEST_CASE("suppressed findings are kept aside") {
  Diagnostics diagnostics;
  const Diagnostic& first = diagnostics.report(sample_error, {0, 1, 2}, "first");
  diagnostics.report(sample_error, {0, 3, 4}, "second");
  diagnostics.suppress({&first});
  CHECK(diagnostics.count(Severity::error) == 1);
  CHECK(diagnostics.sorted().size() == 1);
  CHECK(diagnostics.sorted().front()->message == "second");
  CHECK(diagnostics.sorted_with_suppressed().size() == 2);
  diagnostics.discard(sample_error);
  CHECK(diagnostics.empty());
  CHECK_FALSE(diagnostics.has_errors());
}

}  // namespace honua::diagnostics
