// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "config/schema.h"
#include "diagnostics/diagnostics.h"
#include "source/source_range.h"
#include "syntax/tree.h"

// A `.json` file that the server reads is its configuration model as .NET
// writes it: `{"Honua": {...}, "DataSources": {"db": {"Id": "db", ...}}, ...}`,
// names compared without regard to case. It is not HCL's JSON form, which is
// called `.hcl.json`.
namespace honua::config {

// What a `.json` file holds, told by the names in its root.
enum class JsonContent : std::uint8_t {
  model,
  legacy_metadata,       // what the server read before there were configurations
  application_settings,  // of ASP.NET: appsettings.json
  hcl,                   // HCL's JSON form
  other,
};

struct JsonDocument {
  JsonContent content = JsonContent::other;
  source::SourceRange evidence;  // the name it was told by, or where the document starts
};
[[nodiscard]] JsonDocument look_at_json(const syntax::Tree& tree);

// The one finding about a document that is no configuration.
void report_no_model(const JsonDocument& document, diagnostics::Diagnostics& sink);

// The block type that a member of the model's root holds: `DataSources`;
// nullptr if it has no such member.
[[nodiscard]] const BlockSchema* find_model_member(std::string_view name);
// "`Honua`, `DataSources`, ...": for messages.
[[nodiscard]] std::string list_model_members();

// How the model calls an attribute: `max_page_size` is `MaxPageSize`.
[[nodiscard]] std::string model_name(std::string_view attribute);
// Whether `name` is that, without regard to case.
[[nodiscard]] bool is_model_name(std::string_view name, std::string_view attribute);

}  // namespace honua::config
