// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "diagnostics/diagnostics.h"
#include "source/source_file.h"

// Internal to the module: legacy documents in YAML.
namespace honua::migration {

// A document as JSON, and where its values stood.
class YamlText {
 public:
  struct Place {
    std::uint32_t json = 0;     // the first byte of a value
    source::SourceRange range;  // in the YAML
  };
  YamlText(std::string json, std::vector<Place> places)
      : json_(std::move(json)), places_(std::move(places)) {}

  [[nodiscard]] const std::string& json() const { return json_; }
  // Where the value at a byte of the JSON, or what it is in, stood.
  [[nodiscard]] source::SourceRange place_of(std::uint32_t byte) const;

 private:
  std::string json_;
  std::vector<Place> places_;  // in the order of the JSON
};

// Whether a text that is no JSON looks like YAML: its first line of content is `---`, an entry of a list or a
// name with a colon.
[[nodiscard]] bool looks_like_yaml(std::string_view text);

// YAML 1.2 with its core schema; aliases stand for copies. What is wrong is reported to the sink, and nothing
// is returned then.
[[nodiscard]] std::optional<YamlText> read_yaml(const source::SourceFile& file,
                                                diagnostics::Diagnostics& sink);

}  // namespace honua::migration
