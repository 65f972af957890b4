// SPDX-License-Identifier: MIT
#include <array>

#include "evaluation/rules.h"

// What `honua explain` tells about the rules of expressions.
namespace honua::evaluation::rules {

namespace {

using diagnostics::RuleInfo;

constexpr std::array doubtful_texts = {
    RuleInfo{&var_in_text,
             "The server replaces `var.NAME` in some texts and leaves it alone in others. `${var.NAME}` is "
             "replaced everywhere.",
             R"hcl(variable "city" {
  default = "bern"
}
honua {
  version       = "1.0"
  environment   = "development"
  allowed_hosts = ["${var.city}.example"]
}
data_source "db" {
  provider   = "sqlite"
  connection = "Data Source=/maps/var.city.db"
}
)hcl",
             R"hcl(variable "city" {
  default = "bern"
}
honua {
  version       = "1.0"
  environment   = "development"
  allowed_hosts = ["${var.city}.example"]
}
data_source "db" {
  provider   = "sqlite"
  connection = "Data Source=/maps/${var.city}.db"
}
)hcl"},
    RuleInfo{&env_in_text, "Inside of quotes a call is just text: the variable is never read.",
             R"hcl(layer "roads" {
  title       = "env('ROADS_TITLE')"
  data_source = data_source.db
  table       = "public.roads"
  id_field    = "id"
  services    = [service.ogc_api]
}
)hcl",
             R"hcl(layer "roads" {
  title       = env("ROADS_TITLE")
  data_source = data_source.db
  table       = "public.roads"
  id_field    = "id"
  services    = [service.ogc_api]
}
)hcl"},
    RuleInfo{&env_dot,
             "Honua's own form, and few of its readers know it; `env(\"NAME\")` is an ordinary call.",
             R"hcl(data_source "db" {
  provider   = "postgresql"
  connection = env.DATABASE_URL
}
)hcl",
             R"hcl(data_source "db" {
  provider   = "postgresql"
  connection = env("DATABASE_URL")
}
)hcl"},
    RuleInfo{&boolean_case, "For other tools `True` is the name of something undefined.",
             R"hcl(service "ogc_api" {
  enabled       = True
  max_page_size = 1000
}
)hcl",
             R"hcl(service "ogc_api" {
  enabled       = true
  max_page_size = 1000
}
)hcl"},
};

constexpr std::array operators = {
    RuleInfo{&invalid_operand, "Arithmetic needs numbers, or texts that read as numbers.",
             R"hcl(service "ogc_api" {
  enabled       = true
  max_page_size = 100 * "ten"
}
)hcl",
             R"hcl(service "ogc_api" {
  enabled       = true
  max_page_size = 100 * 10
}
)hcl"},
    RuleInfo{&undefined_result, "Nothing can be computed from such a value.",
             R"hcl(service "ogc_api" {
  enabled       = true
  max_page_size = 0 / 0
}
)hcl",
             R"hcl(service "ogc_api" {
  enabled       = true
  max_page_size = 2000 / 2
}
)hcl"},
    RuleInfo{&invalid_condition, "Only `true` and `false` decide; a number or another text does not.",
             R"hcl(service "ogc_api" {
  enabled       = true
  max_page_size = "yes" ? 1000 : 100
}
)hcl",
             R"hcl(service "ogc_api" {
  enabled       = true
  max_page_size = true ? 1000 : 100
}
)hcl"},
    RuleInfo{&inconsistent_conditional,
             "Whatever the condition says, the result is used the same way, so both must be of one type.",
             R"hcl(honua {
  version       = "1.0"
  environment   = "development"
  allowed_hosts = true ? "maps.example" : ["www.maps.example"]
}
)hcl",
             R"hcl(honua {
  version       = "1.0"
  environment   = "development"
  allowed_hosts = true ? ["maps.example"] : ["www.maps.example"]
}
)hcl"},
};

constexpr std::array calls = {
    RuleInfo{&unknown_function,
             "Honua offers `env` and functions for texts, numbers and collections; none can be defined.",
             R"hcl(honua {
  version     = "1.0"
  environment = lowercase("Development")
}
)hcl",
             R"hcl(honua {
  version     = "1.0"
  environment = lower("Development")
}
)hcl"},
    RuleInfo{&argument_count, "Each function says how many arguments it takes.",
             R"hcl(honua {
  version     = "1.0"
  environment = lower("Development", "Staging")
}
)hcl",
             R"hcl(honua {
  version     = "1.0"
  environment = lower("Development")
}
)hcl"},
    RuleInfo{&invalid_argument, "Each argument has a type, which what is given must be or become.",
             R"hcl(honua {
  version     = "1.0"
  environment = lower(["Development"])
}
)hcl",
             R"hcl(honua {
  version     = "1.0"
  environment = lower("Development")
}
)hcl"},
    RuleInfo{&failed_call, "The arguments are of the right types, but there is no result for them.",
             R"hcl(service "ogc_api" {
  enabled       = true
  max_page_size = max()
}
)hcl",
             R"hcl(service "ogc_api" {
  enabled       = true
  max_page_size = max(500, 1000)
}
)hcl"},
};

constexpr std::array access = {
    RuleInfo{&invalid_index, "Elements are counted from 0: a list of two has `[0]` and `[1]`.",
             R"hcl(service "ogc_api" {
  enabled       = true
  max_page_size = [500, 1000][2]
}
)hcl",
             R"hcl(service "ogc_api" {
  enabled       = true
  max_page_size = [500, 1000][1]
}
)hcl"},
    RuleInfo{&unsupported_attribute, "The value is there, but nothing of this name is in it.",
             R"hcl(variable "pages" {
  default = { small = 100, large = 1000 }
}
service "ogc_api" {
  enabled       = true
  max_page_size = var.pages.huge
}
)hcl",
             R"hcl(variable "pages" {
  default = { small = 100, large = 1000 }
}
service "ogc_api" {
  enabled       = true
  max_page_size = var.pages.large
}
)hcl"},
    RuleInfo{&undefined_variable, "A word without quotes is the name of something. Text goes into quotes.",
             R"hcl(honua {
  version     = "1.0"
  environment = development
}
)hcl",
             R"hcl(honua {
  version     = "1.0"
  environment = "development"
}
)hcl"},
    RuleInfo{&invalid_iteration,
             "`for` goes through lists, sets, maps and objects. A single value goes into brackets.",
             R"hcl(honua {
  version       = "1.0"
  environment   = "development"
  allowed_hosts = [for name in "maps" : "${name}.example"]
}
)hcl",
             R"hcl(honua {
  version       = "1.0"
  environment   = "development"
  allowed_hosts = [for name in ["maps"] : "${name}.example"]
}
)hcl"},
    RuleInfo{&invalid_template_value,
             "A text can take up texts, numbers and truth values, but no lists, objects or `null`.",
             R"hcl(honua {
  version       = "1.0"
  environment   = "development"
  allowed_hosts = ["${["maps", "www"]}.example"]
}
)hcl",
             R"hcl(honua {
  version       = "1.0"
  environment   = "development"
  allowed_hosts = [for name in ["maps", "www"] : "${name}.example"]
}
)hcl"},
};

constexpr std::array keys = {
    RuleInfo{&ambiguous_key,
             "`a.b` may be a key of that name or the value of `b` in `a`. Quotes mean the first, parentheses "
             "the second.",
             R"hcl(logging {
  level = "information"
  overrides = {
    Microsoft.AspNetCore = "warning"
  }
}
)hcl",
             R"hcl(logging {
  level = "information"
  overrides = {
    "Microsoft.AspNetCore" = "warning"
  }
}
)hcl"},
    RuleInfo{&invalid_key, "Keys are texts; a list or an object cannot become one.",
             R"hcl(logging {
  level = "information"
  overrides = {
    (["Honua"]) = "warning"
  }
}
)hcl",
             R"hcl(logging {
  level = "information"
  overrides = {
    (join(".", ["Honua", "Server"])) = "warning"
  }
}
)hcl"},
    RuleInfo{&duplicate_key, "Only the last of the two values counts.",
             R"hcl(logging {
  level = "information"
  overrides = {
    "Microsoft.AspNetCore" = "warning"
    "Microsoft.AspNetCore" = "error"
  }
}
)hcl",
             R"hcl(logging {
  level = "information"
  overrides = {
    "Microsoft.AspNetCore" = "error"
  }
}
)hcl"},
    RuleInfo{
        &duplicate_result_key,
        "An object has each key once. `...` behind the result collects the values of equal keys in lists.",
        R"hcl(logging {
  level     = "information"
  overrides = { for name in ["Honua", "Honua"] : name => "warning" }
}
)hcl",
        R"hcl(logging {
  level     = "information"
  overrides = { for name in ["Honua", "Microsoft"] : name => "warning" }
}
)hcl"},
};

constexpr std::array limits = {
    RuleInfo{&evaluation_limit,
             "Short expressions can stand for values that fill every memory. What comes near is refused.",
             R"hcl(service "ogc_api" {
  enabled       = true
  max_page_size = 1e99999
}
)hcl",
             R"hcl(service "ogc_api" {
  enabled       = true
  max_page_size = 1e3
}
)hcl"},
};

constexpr auto examples = diagnostics::joined(doubtful_texts, operators, calls, access, keys, limits);

}  // namespace

std::span<const RuleInfo> explained() { return examples; }

}  // namespace honua::evaluation::rules
