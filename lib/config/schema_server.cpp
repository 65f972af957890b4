// SPDX-License-Identifier: MIT
#include <array>

#include "config/schema_tables.h"

// `honua`, `logging`, `observability`, `high_availability`, `variable`.
namespace honua::config::tables {

namespace {

using enum ValueType;
using Attribute = AttributeSchema;

constexpr std::array<std::string_view, 6> log_levels = {"trace",   "debug", "information",
                                                        "warning", "error", "critical"};

constexpr std::array cors = {
    Attribute{.name = "allow_any_origin",
              .type = boolean,
              .description = "answers pages of any origin",
              .default_value = "false"},
    Attribute{.name = "allowed_origins",
              .type = string_list,
              .description = "the origins whose pages may call the server",
              .default_value = "[]"},
    Attribute{.name = "allow_credentials",
              .type = boolean,
              .description = "lets pages send cookies and credentials",
              .default_value = "false"},
    Attribute{.name = "max_age",
              .type = integer,
              .description = "how long browsers may remember the answer",
              .default_value = "3600",
              .bounds = at_least(0),
              .unit = "s",
              .read_upstream = false},
};
constexpr ObjectSchema cors_schema{"cors", cors, "which web pages may call the server"};

constexpr std::array leader_election = {
    Attribute{.name = "enabled", .type = boolean, .description = "elects one instance for background work"},
    Attribute{.name = "resource_name",
              .type = string,
              .description = "what the instances compete for",
              .default_value = "\"honua-server\""},
    Attribute{.name = "lease_duration_seconds",
              .type = integer,
              .description = "how long a leader stays one without renewing",
              .default_value = "30",
              .bounds = between(5, 300),
              .unit = "s"},
    Attribute{.name = "renewal_interval_seconds",
              .type = integer,
              .description = "how often a leader renews its lease",
              .default_value = "10",
              .bounds = between(1, 100),
              .unit = "s"},
    Attribute{.name = "key_prefix",
              .type = string,
              .description = "in front of the key in Redis",
              .default_value = "\"honua:leader:\""},
    Attribute{.name = "enable_detailed_logging",
              .type = boolean,
              .description = "logs every renewal",
              .default_value = "false"},
};
constexpr ObjectSchema leader_election_schema{"leader_election", leader_election, "the election of a leader"};

constexpr std::array high_availability = {
    Attribute{.name = "enabled", .type = boolean, .description = "several instances serve together"},
    Attribute{.name = "leader_election",
              .type = object,
              .description = "the election of a leader",
              .nested = &leader_election_schema},
};
constexpr ObjectSchema high_availability_schema{"high_availability", high_availability,
                                                "several instances of one server"};

constexpr std::array security = {
    Attribute{.name = "require_https", .type = boolean, .description = "refuses plain HTTP"},
    Attribute{.name = "hsts_enabled", .type = boolean, .description = "tells browsers to stay with HTTPS"},
};
constexpr ObjectSchema security_schema{"security", security, "transport security"};

constexpr std::array plugins = {
    Attribute{
        .name = "paths", .type = string_list, .description = "folders with plugins", .order_matters = true},
    Attribute{.name = "load", .type = string_list, .description = "the plugins to load; all if empty"},
    Attribute{.name = "exclude", .type = string_list, .description = "the plugins not to load"},
    Attribute{.name = "enable_hot_reload", .type = boolean, .description = "reloads changed plugins"},
};
constexpr ObjectSchema plugins_schema{"plugins", plugins, "which plugins are loaded"};

constexpr std::array honua_table = {
    Attribute{.name = "version",
              .type = string,
              .description = "the version of the configuration's format",
              .default_value = "\"1.0\""},
    Attribute{.name = "environment",
              .type = string,
              .description = "the environment's name, such as production",
              .default_value = "\"development\""},
    Attribute{.name = "log_level",
              .type = string,
              .description = "what is logged",
              .default_value = "\"information\"",
              .values = log_levels},
    Attribute{.name = "allowed_hosts",
              .type = string_list,
              .description = "the host names that the server answers to",
              .default_value = "[]"},
    Attribute{.name = "cors",
              .type = object,
              .description = "which web pages may call the server",
              .nested = &cors_schema},
    Attribute{.name = "high_availability",
              .type = object,
              .description = "several instances of one server",
              .nested = &high_availability_schema,
              .read_upstream = false},
    Attribute{.name = "security",
              .type = object,
              .description = "transport security",
              .nested = &security_schema,
              .read_upstream = false},
    Attribute{.name = "plugins",
              .type = object,
              .description = "which plugins are loaded",
              .nested = &plugins_schema,
              .read_upstream = false},
    Attribute{.name = "instances",
              .type = integer,
              .description = "how many instances serve together; a hint for checks, read by no server",
              .bounds = at_least(1),
              .read_upstream = false},
};

constexpr std::array<std::string_view, 2> log_formats = {"json", "text"};

constexpr std::array logging_table = {
    Attribute{.name = "level",
              .type = string,
              .description = "what is logged",
              .default_value = "\"information\"",
              .values = log_levels},
    Attribute{.name = "format",
              .type = string,
              .description = "how a log line is written",
              .values = log_formats,
              .values_are_all = false},
    Attribute{.name = "overrides", .type = string_map, .description = "levels by name space"},
};

// Source: the validation of the server's options.
constexpr std::array<std::string_view, 4> exporters = {"none", "console", "otlp", "prometheus"};
constexpr std::array metrics = {
    Attribute{.name = "enabled", .type = boolean, .description = "publishes metrics"},
    Attribute{.name = "exporter",
              .type = string,
              .description = "the form of the metrics",
              .values = exporters,
              .values_are_all = false},
    Attribute{.name = "endpoint", .type = string, .description = "where the metrics are found"},
};
constexpr ObjectSchema metrics_schema{"metrics", metrics, "metrics"};

constexpr std::array tracing = {
    Attribute{.name = "enabled", .type = boolean, .description = "records traces"},
    Attribute{.name = "exporter",
              .type = string,
              .description = "the form of the traces",
              .values = exporters,
              .values_are_all = false},
    Attribute{.name = "endpoint", .type = string, .description = "where traces are sent"},
    Attribute{.name = "sample_rate",
              .type = number,
              .description = "the share of requests that is traced",
              .bounds = between(0, 1)},
};
constexpr ObjectSchema tracing_schema{"tracing", tracing, "traces"};

constexpr std::array observability_table = {
    Attribute{.name = "metrics", .type = object, .description = "metrics", .nested = &metrics_schema},
    Attribute{.name = "tracing", .type = object, .description = "traces", .nested = &tracing_schema},
};

constexpr std::array variable_table = {
    Attribute{.name = "default", .type = any, .description = "the value"},
    Attribute{.name = "description", .type = string, .description = "what it is for", .read_upstream = false},
    Attribute{
        .name = "type", .type = any, .description = "the value's type; not checked", .read_upstream = false},
};

}  // namespace

const std::span<const AttributeSchema> honua_attributes = honua_table;
const std::span<const AttributeSchema> high_availability_attributes = high_availability;
const std::span<const AttributeSchema> logging_attributes = logging_table;
const std::span<const AttributeSchema> observability_attributes = observability_table;
const std::span<const AttributeSchema> variable_attributes = variable_table;

}  // namespace honua::config::tables
