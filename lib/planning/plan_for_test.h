// SPDX-License-Identifier: MIT
#pragma once

#include <doctest/doctest.h>

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/loader.h"
#include "planning/locate.h"
#include "planning/plan.h"
#include "snapshot/document.h"
#include "snapshot/write_snapshot.h"
#include "source/source_file.h"
#include "syntax/parser.h"

// For tests only.
namespace honua::planning {

// A side made of texts: the first is a base file, the others are laid over it.
class TestSide {
 public:
  TestSide(const std::vector<std::string>& texts, const snapshot::SecretDigest& digest,
           bool as_parts = false) {
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const source::SourceFile& file = sources_.add("file" + std::to_string(i) + ".hcl", texts[i]);
      trees_.push_back(syntax::parse(file, syntax::Dialect::honua, sink_));
      inputs_.push_back({&trees_.back(), false, !as_parts && i > 0, false});
      all_ += texts[i];
    }
    loaded_ = config::load(inputs_, environment_, syntax::Dialect::honua, sink_);
    const snapshot::LoadedConfiguration loaded{loaded_.configuration, loaded_.environment_uses, inputs_,
                                               sources_};
    text_ = snapshot::write_snapshot(loaded).text;
    document_ = snapshot::Document::from_canonical("side", snapshot::write_snapshot(loaded, &digest).text);
    REQUIRE(document_.has_value());
    locator_.emplace(loaded_.configuration);
  }
  TestSide(const TestSide&) = delete;
  TestSide& operator=(const TestSide&) = delete;
  ~TestSide() = default;

  [[nodiscard]] Side side() const {
    return {&*document_, &*locator_, [this] { return all_; },
            [this] { return all_.find("variable") == std::string::npos ? "" : all_; }};
  }
  // The snapshot as it may be written.
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const source::SourceSet& sources() const { return sources_; }
  [[nodiscard]] const snapshot::Document& document() const { return *document_; }
  [[nodiscard]] const diagnostics::Diagnostics& findings() const { return sink_; }

 private:
  source::SourceSet sources_;
  std::deque<syntax::Tree> trees_;
  std::vector<config::LoadInput> inputs_;
  diagnostics::Diagnostics sink_;
  MapEnvironment environment_;
  config::Loaded loaded_;
  std::string text_;
  std::string all_;
  std::optional<snapshot::Document> document_;
  std::optional<ConfigurationLocator> locator_;
};

// What rules' examples are laid over.
inline constexpr std::string_view example_base = R"(honua {
}
data_source "db" {
  provider   = "sqlite"
  connection = "Data Source=a.db"
}
service "ogc_api" {
}
service "wfs" {
}
service "wms" {
}
service "wmts" {
}
service "odata" {
}
service "wcs" {
}
service "stac" {
}
layer "roads" {
  title       = "Roads"
  data_source = data_source.db
  table       = "roads"
  id_field    = "id"
  services    = [service.ogc_api]
  geometry {
    column = "geom"
    type   = "LineString"
  }
}
)";

inline ChangeSet plan_of(const std::string& before, const std::string& after) {
  const snapshot::SecretDigest digest;
  const TestSide old_side({std::string(example_base), before}, digest);
  const TestSide new_side({std::string(example_base), after}, digest);
  return make_plan(old_side.side(), new_side.side());
}

// "P1005 layer.roads.services breaking", a line each.
inline std::string listing_of(const ChangeSet& plan) {
  std::string text;
  for (const Change& one : plan.changes) {
    text += std::string(one.rule->rule.code) + " " + one.address + " " + std::string(to_string(one.level));
    if (one.security != Security::none) text += " " + std::string(to_string(one.security));
    text += "\n";
  }
  return text;
}

}  // namespace honua::planning
