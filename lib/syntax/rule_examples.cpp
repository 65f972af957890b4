// SPDX-License-Identifier: MIT
#include <array>

#include "syntax/rules.h"

// What `honua explain` tells about the rules of syntax.
namespace honua::syntax::rules {

namespace {

using diagnostics::RuleInfo;

constexpr std::array errors_in_tokens = {
    RuleInfo{&unterminated_string,
             "Without its closing quote a string would swallow what follows. It ends with its line at the "
             "latest.",
             R"hcl(honua {
  version     = "1.0"
  environment = "development
}
)hcl",
             R"hcl(honua {
  version     = "1.0"
  environment = "development"
}
)hcl"},
    RuleInfo{&invalid_character,
             "Such characters come from other languages or from word processors, which replace quotes and "
             "blanks by similar ones.",
             R"hcl(honua {
  version     = "1.0";
  environment = "development";
}
)hcl",
             R"hcl(honua {
  version     = "1.0"
  environment = "development"
}
)hcl"},
    RuleInfo{&invalid_encoding, "A file in another encoding shows wrong letters at best. Save it as UTF-8.",
             "# Stra\xDF"
             R"hcl(en der Stadt
honua {
  version     = "1.0"
  environment = "development"
}
)hcl",
             "# Stra\xC3\x9F"
             R"hcl(en der Stadt
honua {
  version     = "1.0"
  environment = "development"
}
)hcl"},
    RuleInfo{&unsupported_operator, "HCL has the logical operators `&&`, `||` and `!` and none for bits.",
             R"hcl(service "ogc_api" {
  enabled       = true & true
  max_page_size = 1000
}
)hcl",
             R"hcl(service "ogc_api" {
  enabled       = true && true
  max_page_size = 1000
}
)hcl"},
    RuleInfo{&unterminated_heredoc,
             "A heredoc ends at a line that holds its marker and nothing else. Without one, everything up to "
             "the end of the file is text.",
             R"hcl(data_source "db" {
  provider     = "postgresql"
  connection   = env("DATABASE_URL")
  health_check = <<SQL
SELECT 1
}
)hcl",
             R"hcl(data_source "db" {
  provider     = "postgresql"
  connection   = env("DATABASE_URL")
  health_check = <<SQL
SELECT 1
SQL
}
)hcl"},
    RuleInfo{&invalid_escape,
             "A backslash starts an escape such as `\\n`. In paths of Windows it has to be doubled, or a "
             "slash written.",
             R"hcl(data_source "db" {
  provider   = "sqlite"
  connection = "Data Source=C:\maps\city.db"
}
)hcl",
             R"hcl(data_source "db" {
  provider   = "sqlite"
  connection = "Data Source=C:\\maps\\city.db"
}
)hcl"},
    RuleInfo{
        &invalid_number,
        "What looks like a number and is none was probably meant as text: versions and addresses go into "
        "quotes.",
        R"hcl(honua {
  version     = 1.0.0
  environment = "development"
}
)hcl",
        R"hcl(honua {
  version     = "1.0.0"
  environment = "development"
}
)hcl"},
};

constexpr std::array errors_in_bodies = {
    RuleInfo{&unclosed_block, "A block ends with `}`. Without it the blocks behind it would be part of it.",
             R"hcl(honua {
  version     = "1.0"
  environment = "development"
)hcl",
             R"hcl(honua {
  version     = "1.0"
  environment = "development"
}
)hcl"},
    RuleInfo{&item_expected,
             "A body holds `name = value` and blocks, nothing else. Forms of other languages, such as "
             "`name: value`, have to be rewritten.",
             R"hcl(honua {
  version     = "1.0"
  environment : "development"
}
)hcl",
             R"hcl(honua {
  version     = "1.0"
  environment = "development"
}
)hcl"},
    RuleInfo{&missing_newline,
             "What stands behind a complete value belongs to nothing: a text has one pair of quotes, and "
             "every attribute has its own line.",
             R"hcl(honua {
  version     = "1.0"
  environment = "develop" "ment"
}
)hcl",
             R"hcl(honua {
  version     = "1.0"
  environment = "development"
}
)hcl"},
    RuleInfo{&invalid_label,
             "References need a block's label before anything is computed, so it cannot be computed itself.",
             R"hcl(cache "redis_${env("STAGE")}" {
  type       = "redis"
  connection = env("REDIS_URL")
}
)hcl",
             R"hcl(cache "redis" {
  type       = "redis"
  connection = env("REDIS_URL")
}
)hcl"},
    RuleInfo{&invalid_block, "A block on one line holds one attribute. Several stand on lines of their own.",
             R"hcl(data_source "db" {
  provider   = "postgresql"
  connection = env("DATABASE_URL")
  pool { min_size = 1, max_size = 10 }
}
)hcl",
             R"hcl(data_source "db" {
  provider   = "postgresql"
  connection = env("DATABASE_URL")
  pool {
    min_size = 1
    max_size = 10
  }
}
)hcl"},
    RuleInfo{&nesting_too_deep,
             "No real configuration nests a thousand levels deep. The limit keeps damaged or hostile files "
             "from exhausting the program's stack.",
             "", "", "it takes more than a thousand brackets"},
    RuleInfo{&invalid_attribute_name, "Names in quotes are JSON. In HCL an attribute is `name = value`.",
             R"hcl(honua {
  "version": "1.0"
  environment = "development"
}
)hcl",
             R"hcl(honua {
  version     = "1.0"
  environment = "development"
}
)hcl"},
    RuleInfo{&duplicate_attribute,
             "Only one of the two values can count. The server takes the last one without a word.",
             R"hcl(honua {
  version     = "1.0"
  environment = "development"
  environment = "staging"
}
)hcl",
             R"hcl(honua {
  version     = "1.0"
  environment = "staging"
}
)hcl"},
};

constexpr std::array errors_in_expressions = {
    RuleInfo{
        &expression_expected,
        "An attribute without a value is not left out, it is broken. To leave it out, remove the line or "
        "write `null`.",
        R"hcl(honua {
  version     = "1.0"
  environment =
}
)hcl",
        R"hcl(honua {
  version     = "1.0"
  environment = "development"
}
)hcl"},
    RuleInfo{&unclosed_bracket,
             "Until its bracket is closed, everything that follows would be part of the list, object or "
             "call. A closing bracket too many often means that a block above ends too early.",
             R"hcl(honua {
  version     = "1.0"
  environment = "development"
}
}
)hcl",
             R"hcl(honua {
  version     = "1.0"
  environment = "development"
}
)hcl"},
    RuleInfo{&missing_separator,
             "Elements of a list are separated by commas, also where each stands on a line of its own.",
             R"hcl(honua {
  version       = "1.0"
  environment   = "development"
  allowed_hosts = ["maps.example" "www.maps.example"]
}
)hcl",
             R"hcl(honua {
  version       = "1.0"
  environment   = "development"
  allowed_hosts = ["maps.example", "www.maps.example"]
}
)hcl"},
    RuleInfo{&invalid_for,
             "A `for` expression names its variable, `in`, the collection, a colon and the result.",
             R"hcl(honua {
  version       = "1.0"
  environment   = "development"
  allowed_hosts = [for name of ["maps", "www"] : "${name}.example"]
}
)hcl",
             R"hcl(honua {
  version       = "1.0"
  environment   = "development"
  allowed_hosts = [for name in ["maps", "www"] : "${name}.example"]
}
)hcl"},
    RuleInfo{&invalid_traversal,
             "A dot is followed by a plain name. Other names go into brackets: `x[\"a b\"]`.",
             R"hcl(cache "redis" {
  type       = "redis"
  connection = env("REDIS_URL")
}
rate_limit {
  store = cache."redis".type
  rules {
    default {
      requests = 1000
      window   = "1m"
    }
  }
}
)hcl",
             R"hcl(cache "redis" {
  type       = "redis"
  connection = env("REDIS_URL")
}
rate_limit {
  store = cache.redis.type
  rules {
    default {
      requests = 1000
      window   = "1m"
    }
  }
}
)hcl"},
    RuleInfo{&invalid_call, "A name with `::` is a function's, and a function has to be called.",
             R"hcl(honua {
  version     = "1.0"
  environment = text::lower
}
)hcl",
             R"hcl(honua {
  version     = "1.0"
  environment = lower("Development")
}
)hcl"},
    RuleInfo{&invalid_conditional, "A conditional says what counts if the condition is false, too.",
             R"hcl(service "ogc_api" {
  enabled       = true
  max_page_size = 1 > 0 ? 1000
}
)hcl",
             R"hcl(service "ogc_api" {
  enabled       = true
  max_page_size = 1 > 0 ? 1000 : 100
}
)hcl"},
};

constexpr std::array errors_in_templates = {
    RuleInfo{
        &template_directive,
        "`%{ if ... }` and `%{ for ... }` in a text end with `%{ endif }` and `%{ endfor }`. To mean the "
        "characters themselves, write `%%{`.",
        R"hcl(honua {
  version     = "1.0"
  environment = "%{ if true }development"
}
)hcl",
        R"hcl(honua {
  version     = "1.0"
  environment = "%{ if true }development%{ endif }"
}
)hcl"},
    RuleInfo{
        &unclosed_interpolation,
        "`${` in a text starts an expression, up to `}`. To mean the characters themselves, write `$${`.",
        R"hcl(honua {
  version     = "1.0"
  environment = "${lower("Development")"
}
)hcl",
        R"hcl(honua {
  version     = "1.0"
  environment = "${lower("Development")}"
}
)hcl"},
};

constexpr std::array errors_in_json = {
    RuleInfo{&invalid_json,
             "Files called `.json` are held to JSON's standard: names in double quotes, no comma behind the "
             "last value, no comments.",
             R"hcl(--- honua.hcl.json
{
  "honua": {
    "version": "1.0",
    "environment": "development",
  }
}
)hcl",
             R"hcl(--- honua.hcl.json
{
  "honua": {
    "version": "1.0",
    "environment": "development"
  }
}
)hcl"},
};

constexpr std::array tolerated_forms = {
    RuleInfo{&env_colon,
             "Honua's own form. Other tools that read HCL stop at it; `env(\"NAME\")` is an ordinary call.",
             R"hcl(data_source "db" {
  provider   = "postgresql"
  connection = "${env:DATABASE_URL}"
}
)hcl",
             R"hcl(data_source "db" {
  provider   = "postgresql"
  connection = env("DATABASE_URL")
}
)hcl"},
    RuleInfo{&variable_assignment,
             "HCL knows attributes and blocks; a labelled assignment is neither. Other tools stop at it.",
             R"hcl(variable "stage" = "development"
honua {
  version     = "1.0"
  environment = var.stage
}
)hcl",
             R"hcl(variable "stage" {
  default = "development"
}
honua {
  version     = "1.0"
  environment = var.stage
}
)hcl"},
    RuleInfo{&quoted_attribute_name,
             "Keys of an object may be quoted, names of attributes may not. Other tools stop at it.",
             R"hcl(logging {
  level = "information"
  overrides {
    "Microsoft.AspNetCore" = "warning"
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
    RuleInfo{&single_quoted_string, "HCL's strings stand in double quotes. Other tools stop at single ones.",
             R"hcl(honua {
  version     = '1.0'
  environment = "development"
}
)hcl",
             R"hcl(honua {
  version     = "1.0"
  environment = "development"
}
)hcl"},
    RuleInfo{&several_on_one_line, "HCL ends an attribute with its line. Other tools stop at a second one.",
             R"hcl(honua { version = "1.0" environment = "development" }
)hcl",
             R"hcl(honua {
  version     = "1.0"
  environment = "development"
}
)hcl"},
};

constexpr auto examples = diagnostics::joined(errors_in_tokens, errors_in_bodies, errors_in_expressions,
                                              errors_in_templates, errors_in_json, tolerated_forms);

}  // namespace

std::span<const RuleInfo> explained() { return examples; }

}  // namespace honua::syntax::rules
