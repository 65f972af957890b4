// SPDX-License-Identifier: MIT
#include "diagnostics/suppression_rules.h"

namespace honua::diagnostics::rules {

namespace {

constexpr std::array explained = {
    RuleInfo{&unused_suppression,
             "The finding was mended, or the comment stands in the wrong place. Left as it is, it hides the "
             "next such finding, which nobody has looked at.",
             R"hcl(# honua:ignore H2006 layers follow next week
service "ogc_api" {
  enabled = true
}
)hcl",
             R"hcl(service "ogc_api" {
  enabled = true
}
)hcl"},
    RuleInfo{&suppression_without_reason,
             "Whoever reads the file later has to know whether the comment still holds, and cannot ask.",
             R"hcl(service "ogc_api" {
  enabled = true
}
# honua:ignore H2006
service "wfs" {
  enabled = true
}
)hcl",
             R"hcl(service "ogc_api" {
  enabled = true
}
# honua:ignore H2006 layers follow with the survey (until 2999-12-31)
service "wfs" {
  enabled = true
}
)hcl"},
    RuleInfo{&expired_suppression,
             "Somebody wanted to be asked again after that day. From then on the findings are reported.",
             R"hcl(service "ogc_api" {
  enabled = true # honua:ignore H2006 layers follow (until 2020-01-31)
}
)hcl",
             R"hcl(service "ogc_api" {
  enabled = true
}
)hcl"},
    RuleInfo{&invalid_suppression,
             "The comment names no rule, one that does not exist, or a day that is none. It ignores nothing.",
             R"hcl(service "ogc_api" {
  enabled = true # honua:ignore layers follow
}
)hcl",
             R"hcl(service "ogc_api" {
  enabled = true
}
)hcl"},
    RuleInfo{&protected_rule,
             "What HCL's grammar refuses cannot be read, and errors of security are not for the author of "
             "one file to decide. The project's own file can turn the latter off.",
             R"hcl(service "ogc_api" {
  enabled = true # honua:ignore H0102 both are equal
}
)hcl",
             R"hcl(service "ogc_api" {
  enabled = true
}
)hcl"},
};

}  // namespace

std::span<const RuleInfo> explained_suppression_rules() { return explained; }

}  // namespace honua::diagnostics::rules
