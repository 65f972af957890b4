// SPDX-License-Identifier: MIT
#include <array>

#include "config/rules.h"

// What `honua explain` tells about the rules of structure.
namespace honua::config::rules {

namespace {

using diagnostics::RuleInfo;

constexpr std::array names = {
    RuleInfo{&unknown_block, "The server stops at a block that it does not know; nothing behind it is read.",
             R"hcl(loging {
  level = "information"
}
)hcl",
             R"hcl(logging {
  level = "information"
}
)hcl"},
    RuleInfo{&unknown_attribute,
             "The server stops at an attribute that it does not know. A misspelt one would else be without "
             "effect.",
             R"hcl(honua {
  version    = "1.0"
  enviroment = "development"
}
)hcl",
             R"hcl(honua {
  version     = "1.0"
  environment = "development"
}
)hcl"},
    RuleInfo{&import_unread, "The server refuses the block. What the other file holds would be missing.",
             R"hcl(--- honua.hcl
import "stages.hcl" {
}
honua {
  version     = "1.0"
  environment = var.stage
}
--- stages.hcl
variable "stage" {
  default = "development"
}
)hcl",
             R"hcl(--- honua.hcl
honua {
  version     = "1.0"
  environment = var.stage
}
--- stages.hcl
variable "stage" {
  default = "development"
}
)hcl"},
    RuleInfo{&block_label,
             "Blocks that there may be several of are told apart by their label; those that stand for "
             "themselves have none.",
             R"hcl(honua "main" {
  version     = "1.0"
  environment = "development"
}
)hcl",
             R"hcl(honua {
  version     = "1.0"
  environment = "development"
}
)hcl"},
    RuleInfo{&duplicate_block,
             "The server takes the last one and drops the other. Names that differ by case only are the same "
             "to it.",
             R"hcl(variable "stage" {
  default = "development"
}
variable "stage" {
  default = "staging"
}
honua {
  version     = "1.0"
  environment = var.stage
}
)hcl",
             R"hcl(variable "stage" {
  default = "staging"
}
honua {
  version     = "1.0"
  environment = var.stage
}
)hcl"},
    RuleInfo{&duplicate_singleton,
             "The server takes the last one and drops the other, with everything in it.",
             R"hcl(honua {
  version = "1.0"
}
honua {
  environment = "development"
}
)hcl",
             R"hcl(honua {
  version     = "1.0"
  environment = "development"
}
)hcl"},
    RuleInfo{&setting_given_twice, "Both spellings mean the same setting, and only one value can count.",
             R"hcl(service "ogc_api" {
  enabled       = true
  max_page_size = 1000
  settings = {
    max_page_size = 500
  }
}
)hcl",
             R"hcl(service "ogc_api" {
  enabled       = true
  max_page_size = 500
}
)hcl"},
};

constexpr std::array references = {
    RuleInfo{&undefined_configuration_variable, "The server stops: nothing says what the value is.",
             R"hcl(honua {
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
    RuleInfo{&undefined_reference, "What an expression refers to must be part of the configuration.",
             R"hcl(rate_limit {
  store = cache.redis.enabled ? "redis" : "memory"
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
  store = cache.redis.enabled ? "redis" : "memory"
  rules {
    default {
      requests = 1000
      window   = "1m"
    }
  }
}
)hcl"},
    RuleInfo{&reference_cycle, "Each of the values waits for the other; neither can be computed.",
             R"hcl(variable "stage" {
  default = var.place
}
variable "place" {
  default = var.stage
}
honua {
  version     = "1.0"
  environment = var.stage
}
)hcl",
             R"hcl(variable "stage" {
  default = var.place
}
variable "place" {
  default = "development"
}
honua {
  version     = "1.0"
  environment = var.stage
}
)hcl"},
    RuleInfo{
        &wrong_reference_kind,
        "A layer reads from a data source and is offered by services; the server looks for the name among "
        "those only.",
        R"hcl(layer "roads" {
  title       = "Roads"
  data_source = service.ogc_api
  table       = "public.roads"
  id_field    = "id"
  services    = [service.ogc_api]
}
)hcl",
        R"hcl(layer "roads" {
  title       = "Roads"
  data_source = data_source.db
  table       = "public.roads"
  id_field    = "id"
  services    = [service.ogc_api]
}
)hcl"},
};

constexpr std::array overlays = {
    RuleInfo{&doubtful_overlay,
             "What is the same without the overlay hides what differs. A block that nothing lies under, but "
             "that is called nearly like one of the base, was probably meant for that.",
             R"hcl(--- honua.hcl
honua {
  version     = "1.0"
  environment = "development"
  log_level   = "information"
}
--- honua.staging.hcl
honua {
  environment = "staging"
  log_level   = "information"
}
)hcl",
             R"hcl(--- honua.hcl
honua {
  version     = "1.0"
  environment = "development"
  log_level   = "information"
}
--- honua.staging.hcl
honua {
  environment = "staging"
}
)hcl"},
    RuleInfo{&overlay_repeats_block,
             "A copy of a block has no effect until the base is changed; then it silently brings the old "
             "values back.",
             R"hcl(--- honua.hcl
honua {
  version     = "1.0"
  environment = "development"
}
--- honua.staging.hcl
honua {
  version     = "1.0"
  environment = "development"
}
)hcl",
             R"hcl(--- honua.hcl
honua {
  version     = "1.0"
  environment = "development"
}
--- honua.staging.hcl
honua {
  environment = "staging"
}
)hcl"},
};

constexpr std::array json_documents = {
    RuleInfo{
        &no_configuration,
        "The server takes any JSON file for its configuration model and ignores every name that is not in "
        "it: it would start without services.",
        R"hcl(--- honua.hcl
honua {
  version     = "1.0"
  environment = "development"
}
--- appsettings.json
{
  "ConnectionStrings": {
    "Redis": "localhost:6379"
  }
}
)hcl",
        R"hcl(--- model.json
{
  "Honua": {
    "Version": "1.0",
    "Environment": "development"
  }
}
)hcl"},
    RuleInfo{
        &legacy_metadata,
        "Servers of today no longer read such metadata; their names are ignored. `honua migrate` makes a "
        "configuration of it.",
        R"hcl(--- honua.hcl
honua {
  version     = "1.0"
  environment = "development"
}
--- metadata.json
{
  "catalog": { "id": "city" },
  "folders": [],
  "dataSources": [],
  "services": [],
  "layers": []
}
)hcl",
        R"hcl(--- honua.hcl
honua {
  version     = "1.0"
  environment = "development"
}
)hcl"},
    RuleInfo{&model_id,
             "References look for the key; the `Id` inside is what the server shows. Two different ones make "
             "every message lead astray.",
             R"hcl(--- model.json
{
  "Caches": {
    "redis": {
      "Id": "main",
      "Type": "redis",
      "Connection": "redis.internal:6379"
    }
  }
}
)hcl",
             R"hcl(--- model.json
{
  "Caches": {
    "redis": {
      "Id": "redis",
      "Type": "redis",
      "Connection": "redis.internal:6379"
    }
  }
}
)hcl"},
};

constexpr std::array types = {
    RuleInfo{&wrong_type, "The server stops at a value that it cannot read, or goes on without it.",
             R"hcl(service "ogc_api" {
  enabled       = true
  max_page_size = "1000"
}
)hcl",
             R"hcl(service "ogc_api" {
  enabled       = true
  max_page_size = 1000
}
)hcl"},
    RuleInfo{&not_an_integer, "The server keeps such settings as whole numbers and reads no others.",
             R"hcl(service "ogc_api" {
  enabled       = true
  max_page_size = 99.5
}
)hcl",
             R"hcl(service "ogc_api" {
  enabled       = true
  max_page_size = 100
}
)hcl"},
};

constexpr auto examples = diagnostics::joined(names, references, overlays, json_documents, types);

}  // namespace

std::span<const RuleInfo> explained() { return examples; }

}  // namespace honua::config::rules
