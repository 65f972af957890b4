// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "source/source_file.h"

// Internal to the module: documents that are no JSON.
namespace honua::migration {

// A document as JSON, and where its values stood.
class ConvertedText {
 public:
  struct Place {
    std::uint32_t json = 0;     // the first byte of a value
    source::SourceRange range;  // in the document
  };
  ConvertedText(std::string json, std::vector<Place> places)
      : json_(std::move(json)), places_(std::move(places)) {}

  [[nodiscard]] const std::string& json() const { return json_; }
  // Where the value at a byte of the JSON, or what it is in, stood.
  [[nodiscard]] source::SourceRange place_of(std::uint32_t byte) const;

 private:
  std::string json_;
  std::vector<Place> places_;  // in the order of the JSON
};

}  // namespace honua::migration
