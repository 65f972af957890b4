// SPDX-License-Identifier: MIT
#include "diagnostics/file_rules.h"

namespace honua::diagnostics::rules {

std::span<const RuleInfo> explained_file_rules() {
  static constexpr std::array listed = {
      RuleInfo{&empty_file,
               "An empty file is usually a failed copy or a template that was never filled in. The server "
               "refuses it.",
               R"hcl(--- honua.hcl
honua {
  version     = "1.0"
  environment = "development"
}
--- layers.hcl
)hcl",
               R"hcl(--- honua.hcl
honua {
  version     = "1.0"
  environment = "development"
}
--- caches.hcl
cache "redis" {
  type       = "redis"
  connection = env("REDIS_URL")
}
)hcl"},
      RuleInfo{&byte_order_mark,
               "Editors that save \"UTF-8 with BOM\" put an invisible character in front of the file. Other "
               "readers of HCL take it for part of the first name.",
               "\xEF\xBB\xBF"
               R"hcl(# The city's maps.
honua {
  version     = "1.0"
  environment = "development"
}
)hcl",
               R"hcl(# The city's maps.
honua {
  version     = "1.0"
  environment = "development"
}
)hcl"},
      RuleInfo{
          &mixed_line_ends,
          "Some editors show such a file as one line or with marks at the ends, and version control takes "
          "lines for changed that are not.",
          "# The city's maps.\r\nhonua {\n  version     = \"1.0\"\n  environment = \"development\"\n}\n",
          "# The city's maps.\nhonua {\n  version     = \"1.0\"\n  environment = \"development\"\n}\n"},
      RuleInfo{&mixed_indents,
               "How wide a tab is differs between programs: what looks like one block may be two.",
               "honua {\n  version     = \"1.0\"\n\tenvironment = \"development\"\n}\n",
               "honua {\n  version     = \"1.0\"\n  environment = \"development\"\n}\n"},
  };
  return listed;
}

}  // namespace honua::diagnostics::rules
