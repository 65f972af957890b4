// SPDX-License-Identifier: MIT
#include "diagnostics/render_json.h"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "diagnostics/render_for_test.h"

namespace honua::diagnostics {

namespace {

// A run with something in every member of the document.
std::string render_full_example() {
  source::SourceSet sources;
  sources.add("roads.hcl",
              "\xEF\xBB\xBF"
              "a = \"é\"\nb = 2\r\n");
  sources.add("base.hcl", "b = 1\n");
  Diagnostics diagnostics;
  diagnostics.report(sample_info, {1, 6, 6}, "third");
  diagnostics.report(sample_error, {0, 12, 17}, "second\n\"quoted\"")
      .captioned("here")
      .label({1, 0, 1}, "first \xFF")
      .label({0, 3, 4}, "")
      .suggest("one")
      .suggest("two")
      .fixed_by(FixSafety::unsafe, "write \"b\"", {{{0, 12, 13}, "é"}});
  diagnostics.report(sample_warning, {0, 0, 3}, "first");
  Report report = make_report(diagnostics, sources, [](source::SourceRange range) {
    return std::string(range.file == 0 ? "layer.roads" : "");
  });
  report.suppressed = {2, 1};
  report.failures = {{"gone.hcl", "no such file or directory"}};
  report.environment = {{"DATABASE_URL", false, false, true, true, {{1, 0, 1}}}};
  return render_json(report);
}

std::string render(const Diagnostics& diagnostics, const source::SourceSet& sources,
                   std::vector<Failure> failures = {}) {
  Report report = make_report(diagnostics, sources);
  report.failures = std::move(failures);
  return render_json(report);
}

// The names of all members of a JSON document: strings before a colon.
std::set<std::string> member_names(const std::string& document) {
  std::set<std::string> names;
  for (std::size_t colon = document.find("\":"); colon < document.size();
       colon = document.find("\":", colon + 1)) {
    const std::size_t begin = document.rfind('"', colon - 1) + 1;
    names.insert(document.substr(begin, colon - begin));
  }
  return names;
}

std::string read_schema() {
  std::ifstream file(HONUA_SOURCE_DIR "/schemas/diagnostics.v1.schema.json");
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("a run without findings is a valid document") {
  CHECK(render(Diagnostics(), source::SourceSet()) == R"({
  "format_version": "1.1",
  "valid": true,
  "error_count": 0,
  "warning_count": 0,
  "info_count": 0,
  "dropped": 0,
  "suppressed": {
    "by_comment": 0,
    "by_baseline": 0
  },
  "files": [],
  "failures": [],
  "environment": [],
  "diagnostics": []
}
)");
}

TEST_CASE("everything about a run is in the document") {
  CHECK(render_full_example() == R"({
  "format_version": "1.1",
  "valid": false,
  "error_count": 1,
  "warning_count": 1,
  "info_count": 1,
  "dropped": 0,
  "suppressed": {
    "by_comment": 2,
    "by_baseline": 1
  },
  "files": [
    "roads.hcl",
    "base.hcl"
  ],
  "failures": [
    {
      "path": "gone.hcl",
      "message": "no such file or directory"
    }
  ],
  "environment": [
    {
      "name": "DATABASE_URL",
      "set": false,
      "has_default": true,
      "needed": true,
      "places": [
        {
          "file": "base.hcl",
          "range": {
            "start": {
              "line": 1,
              "column": 1,
              "byte": 0
            },
            "end": {
              "line": 1,
              "column": 2,
              "byte": 1
            }
          }
        }
      ]
    }
  ],
  "diagnostics": [
    {
      "code": "H0117",
      "slug": "byte-order-mark",
      "severity": "warning",
      "category": "file",
      "address": "layer.roads",
      "fingerprint": "24a73afdb4410ea8e0705f9ab9c83678",
      "message": "first",
      "caption": "",
      "file": "roads.hcl",
      "range": {
        "start": {
          "line": 1,
          "column": 1,
          "byte": 0
        },
        "end": {
          "line": 1,
          "column": 1,
          "byte": 3
        }
      },
      "labels": [],
      "help": [],
      "fix": null
    },
    {
      "code": "H0102",
      "slug": "duplicate-attribute",
      "severity": "error",
      "category": "syntax",
      "address": "layer.roads",
      "fingerprint": "0002bca1090b739a0a0d9f5074fb2311",
      "message": "second\n\"quoted\"",
      "caption": "here",
      "file": "roads.hcl",
      "range": {
        "start": {
          "line": 2,
          "column": 1,
          "byte": 12
        },
        "end": {
          "line": 2,
          "column": 6,
          "byte": 17
        }
      },
      "labels": [
        {
          "message": "first )"
                                 "\uFFFD"
                                 R"(",
          "file": "base.hcl",
          "range": {
            "start": {
              "line": 1,
              "column": 1,
              "byte": 0
            },
            "end": {
              "line": 1,
              "column": 2,
              "byte": 1
            }
          }
        },
        {
          "message": "",
          "file": "roads.hcl",
          "range": {
            "start": {
              "line": 1,
              "column": 1,
              "byte": 3
            },
            "end": {
              "line": 1,
              "column": 2,
              "byte": 4
            }
          }
        }
      ],
      "help": [
        "one",
        "two"
      ],
      "fix": {
        "safety": "unsafe",
        "message": "write \"b\"",
        "edits": [
          {
            "file": "roads.hcl",
            "range": {
              "start": {
                "line": 2,
                "column": 1,
                "byte": 12
              },
              "end": {
                "line": 2,
                "column": 2,
                "byte": 13
              }
            },
            "text": "é"
          }
        ]
      }
    },
    {
      "code": "H0900",
      "slug": "sample-info",
      "severity": "info",
      "category": "dialect",
      "address": "",
      "fingerprint": "914993cbe31ec12afd772ac3aa6cbd3f",
      "message": "third",
      "caption": "",
      "file": "base.hcl",
      "range": {
        "start": {
          "line": 2,
          "column": 1,
          "byte": 6
        },
        "end": {
          "line": 2,
          "column": 1,
          "byte": 6
        }
      },
      "labels": [],
      "help": [],
      "fix": null
    }
  ]
}
)");
}

TEST_CASE("warnings leave a run valid, and failures do not") {
  source::SourceSet sources;
  sources.add("a.hcl", "a = 1\n");
  Diagnostics diagnostics;
  diagnostics.report(sample_warning, {}, "warning");
  const auto valid = [&](const std::vector<Failure>& failures) {
    return render(diagnostics, sources, failures).find("\"valid\": true") != std::string::npos;
  };
  CHECK(valid({}));
  CHECK_FALSE(valid({{"b.hcl", "permission denied"}}));
  diagnostics.report(sample_error, {}, "error");
  CHECK_FALSE(valid({}));
}

TEST_CASE("a run whose findings were not all kept is as valid as they are") {
  source::SourceSet sources;
  sources.add("a.hcl", "a = 1\n");
  Diagnostics diagnostics;
  for (std::size_t i = 0; i < max_diagnostics + 5; ++i) diagnostics.report(sample_warning, {}, "");
  const std::string document = render(diagnostics, sources);
  CHECK(document.find("\"valid\": true") != std::string::npos);
  CHECK(document.find("\"error_count\": 0") != std::string::npos);
  CHECK(document.find("\"warning_count\": 10000") != std::string::npos);
  CHECK(document.find("\"dropped\": 5") != std::string::npos);
}

TEST_CASE("the schema and the renderer name the same members") {
  const std::string schema = read_schema();
  REQUIRE_FALSE(schema.empty());
  const std::set<std::string> keywords = {"$schema",
                                          "$id",
                                          "$ref",
                                          "$defs",
                                          "title",
                                          "description",
                                          "type",
                                          "const",
                                          "required",
                                          "enum",
                                          "properties",
                                          "items",
                                          "additionalProperties",
                                          "minimum",
                                          "minItems",
                                          "pattern",
                                          "count",
                                          "failure",
                                          "place",
                                          "variable",
                                          "position",
                                          "label",
                                          "edit",
                                          "diagnostic",
                                          "anyOf"};
  std::set<std::string> in_schema = member_names(schema);
  for (const std::string& keyword : keywords) {
    CAPTURE(keyword);
    CHECK(in_schema.erase(keyword) == 1);
  }
  CHECK(in_schema == member_names(render_full_example()));
}

}  // namespace honua::diagnostics
