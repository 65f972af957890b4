// SPDX-License-Identifier: MIT
#include <array>

#include "config/schema_tables.h"

// `data_source`, `layer`, `cache`, `rate_limit`, `attachment_storage`.
namespace honua::config::tables {

namespace {

using enum ValueType;
using Attribute = AttributeSchema;

// --- data_source

constexpr std::array pool = {
    Attribute{.name = "min_size",
              .type = integer,
              .description = "connections that are always kept",
              .default_value = "1",
              .bounds = at_least(0)},
    Attribute{.name = "max_size",
              .type = integer,
              .description = "connections at most",
              .default_value = "10",
              .bounds = at_least(1)},
    Attribute{.name = "timeout",
              .type = integer,
              .description = "how long a request waits for a connection",
              .default_value = "30",
              .bounds = at_least(0),
              .unit = "s"},
    Attribute{.name = "connection_lifetime",
              .type = integer,
              .description = "the age at which a connection is replaced",
              .bounds = at_least(0),
              .unit = "s",
              .read_upstream = false},
    Attribute{.name = "idle_timeout",
              .type = integer,
              .description = "how long an unused connection is kept",
              .bounds = at_least(0),
              .unit = "s",
              .read_upstream = false},
};
constexpr ObjectSchema pool_schema{"pool", pool, "the pool of connections"};

constexpr std::array retry = {
    Attribute{.name = "max_attempts",
              .type = integer,
              .description = "how often a connection is tried",
              .default_value = "3",
              .bounds = at_least(1)},
    Attribute{.name = "delay_seconds",
              .type = integer,
              .description = "the pause between two tries",
              .default_value = "2",
              .bounds = at_least(0),
              .unit = "s"},
};
constexpr ObjectSchema retry_schema{"retry", retry, "what happens when connecting fails"};

constexpr std::array source_settings = {
    Attribute{.name = "read_only", .type = boolean, .description = "the old spelling of `read_only`"},
};
constexpr ObjectSchema source_settings_schema{"settings", source_settings, "old spellings"};

constexpr std::array data_source_table = {
    Attribute{.name = "provider", .type = string, .description = "the kind of database", .required = true},
    Attribute{.name = "connection",
              .type = string,
              .description = "how to connect: a connection string or a URL",
              .required = true},
    Attribute{.name = "health_check", .type = string, .description = "a query that shows that it works"},
    Attribute{
        .name = "pool", .type = object, .description = "the pool of connections", .nested = &pool_schema},
    Attribute{.name = "read_only",
              .type = boolean,
              .description = "a replica that is only read",
              .default_value = "false",
              .read_upstream = false},
    Attribute{.name = "max_replication_lag",
              .type = integer,
              .description = "how far a replica may be behind and still be read",
              .bounds = at_least(1),
              .unit = "s",
              .read_upstream = false},
    Attribute{.name = "settings",
              .type = object,
              .description = "old spellings",
              .nested = &source_settings_schema,
              .read_upstream = false},
    Attribute{.name = "retry",
              .type = object,
              .description = "what happens when connecting fails",
              .nested = &retry_schema,
              .read_upstream = false},
};

// --- layer

constexpr std::array<std::string_view, 8> geometry_types = {
    "Point",        "LineString",         "Polygon", "MultiPoint", "MultiLineString",
    "MultiPolygon", "GeometryCollection", "Geometry"};

constexpr std::array geometry = {
    Attribute{
        .name = "column", .type = string, .description = "the column with the geometry", .required = true},
    Attribute{.name = "type",
              .type = string,
              .description = "the geometry's type",
              .required = true,
              .values = geometry_types,
              .case_matters = true},
    Attribute{.name = "srid",
              .type = integer,
              .description = "the number of the spatial reference system",
              .default_value = "4326"},
};
constexpr ObjectSchema geometry_schema{"geometry", geometry, "where the geometry is and what it is"};

constexpr std::array<std::string_view, 20> field_types = {
    "int",     "long",     "float",          "double",  "decimal", "string", "bool",
    "boolean", "datetime", "datetimeoffset", "date",    "time",    "guid",   "uuid",
    "json",    "binary",   "geometry",       "integer", "bigint",  "text"};

constexpr std::array field = {
    Attribute{.name = "type",
              .type = string,
              .description = "the values' type",
              .required = true,
              .values = field_types,
              .values_are_all = false},
    Attribute{
        .name = "nullable", .type = boolean, .description = "values may be missing", .default_value = "true"},
};
constexpr ObjectSchema field_schema{"field", field, "a column that is published"};

constexpr std::array permissions = {
    Attribute{.name = "allow_anonymous_read", .type = boolean, .description = "everyone may read"},
    Attribute{.name = "require_auth_write", .type = boolean, .description = "writing needs a user"},
};
constexpr ObjectSchema permissions_schema{"permissions", permissions, "who may read and write"};

constexpr std::array layer_cache = {
    Attribute{.name = "enabled", .type = boolean, .description = "answers are cached"},
    Attribute{.name = "ttl",
              .type = integer,
              .description = "how long answers are kept",
              .bounds = at_least(0),
              .unit = "s"},
    Attribute{.name = "cache_ref",
              .type = reference,
              .description = "the cache that keeps them",
              .target = BlockType::cache},
};
constexpr ObjectSchema layer_cache_schema{"cache", layer_cache, "how answers are cached"};

constexpr std::array layer_table = {
    Attribute{.name = "title", .type = string, .description = "the name that people read", .required = true},
    Attribute{.name = "description", .type = string, .description = "what the layer shows"},
    Attribute{.name = "data_source",
              .type = reference,
              .description = "the database that the table is in",
              .required = true,
              .target = BlockType::data_source},
    Attribute{.name = "table", .type = string, .description = "the table or view", .required = true},
    Attribute{.name = "id_field",
              .type = string,
              .description = "the column that identifies a row",
              .required = true},
    Attribute{.name = "display_field", .type = string, .description = "the column that names a row"},
    Attribute{.name = "introspect_fields",
              .type = boolean,
              .description = "publishes all columns that the table has",
              .default_value = "true"},
    Attribute{.name = "geometry",
              .type = object,
              .description = "where the geometry is and what it is",
              .nested = &geometry_schema},
    Attribute{.name = "fields",
              .type = object_map,
              .description = "the columns to publish",
              .nested = &field_schema},
    Attribute{.name = "services",
              .type = reference_list,
              .description = "the services that publish the layer",
              .default_value = "[]",
              .target = BlockType::service},
    Attribute{.name = "permissions",
              .type = object,
              .description = "who may read and write",
              .nested = &permissions_schema,
              .read_upstream = false},
    Attribute{.name = "cache",
              .type = object,
              .description = "how answers are cached",
              .nested = &layer_cache_schema,
              .read_upstream = false},
};

// --- cache

constexpr std::array<std::string_view, 3> cache_types = {"redis", "memory", "cdn"};

constexpr std::array cache_settings = {
    Attribute{
        .name = "cluster_mode", .type = boolean, .description = "a Redis cluster", .default_value = "false"},
    Attribute{.name = "ssl", .type = boolean, .description = "connects with TLS", .default_value = "false"},
    Attribute{.name = "connect_timeout",
              .type = integer,
              .description = "how long connecting may take",
              .default_value = "5000",
              .bounds = at_least(0),
              .unit = "ms"},
    Attribute{.name = "sync_timeout",
              .type = integer,
              .description = "how long a command may take",
              .default_value = "5000",
              .bounds = at_least(0),
              .unit = "ms"},
    Attribute{.name = "abort_on_connect_fail",
              .type = boolean,
              .description = "gives up when connecting fails",
              .default_value = "false"},
    Attribute{.name = "provider", .type = string, .description = "the content delivery network"},
    Attribute{.name = "distribution", .type = string, .description = "the network's name for this site"},
    Attribute{.name = "max_age",
              .type = integer,
              .description = "how long browsers keep an answer",
              .default_value = "86400",
              .bounds = at_least(0),
              .unit = "s"},
    Attribute{.name = "s_max_age",
              .type = integer,
              .description = "how long the network keeps an answer",
              .default_value = "2592000",
              .bounds = at_least(0),
              .unit = "s"},
};
constexpr ObjectSchema cache_settings_schema{"settings", cache_settings, "settings of one kind of cache"};

constexpr std::array cache_table = {
    Attribute{.name = "type",
              .type = string,
              .description = "the kind of cache; the label's, if that names one",
              .default_value = "\"memory\"",
              .values = cache_types,
              .values_are_all = false},
    Attribute{
        .name = "enabled", .type = boolean, .description = "the cache is used", .default_value = "true"},
    Attribute{.name = "connection", .type = string, .description = "how to connect; needed by Redis"},
    Attribute{.name = "required_in",
              .type = string_list,
              .description = "the environments in which the server must have it",
              .default_value = "[]"},
    Attribute{.name = "prefix",
              .type = string,
              .description = "in front of every key",
              .default_value = "\"\"",
              .read_upstream = false},
    Attribute{.name = "ttl",
              .type = integer,
              .description = "how long entries are kept",
              .default_value = "3600",
              .bounds = at_least(0),
              .unit = "s",
              .read_upstream = false},
    Attribute{.name = "settings",
              .type = object,
              .description = "settings of one kind of cache",
              .nested = &cache_settings_schema,
              .read_upstream = false},
};

// --- rate_limit

constexpr std::array rule = {
    Attribute{.name = "requests",
              .type = integer,
              .description = "how many requests a client may make",
              .default_value = "1000",
              .bounds = at_least(1)},
    Attribute{.name = "window",
              .type = string,
              .description = "in which time: a number and s, m, h or d",
              .default_value = "\"1m\""},
};
constexpr ObjectSchema rule_schema{"rule", rule, "one limit"};

constexpr std::array<std::string_view, 2> stores = {"memory", "redis"};

constexpr std::array rate_limit_table = {
    Attribute{
        .name = "enabled", .type = boolean, .description = "requests are limited", .default_value = "true"},
    Attribute{.name = "store",
              .type = string,
              .description = "where requests are counted",
              .default_value = "\"memory\"",
              .values = stores},
    Attribute{
        .name = "rules", .type = object_map, .description = "the limits by name", .nested = &rule_schema},
};

// --- attachment_storage

constexpr std::array s3 = {
    Attribute{.name = "bucket_name", .type = string, .description = "the bucket", .required = true},
    Attribute{.name = "prefix", .type = string, .description = "in front of every key"},
    Attribute{.name = "region", .type = string, .description = "the bucket's region"},
    Attribute{.name = "service_url", .type = string, .description = "another service than Amazon's"},
    Attribute{.name = "access_key_id", .type = string, .description = "the access key"},
    Attribute{.name = "secret_access_key", .type = string, .description = "the access key's secret"},
    Attribute{.name = "force_path_style",
              .type = boolean,
              .description = "the bucket is part of the path",
              .default_value = "false"},
    Attribute{.name = "use_instance_profile",
              .type = boolean,
              .description = "takes the machine's own rights",
              .default_value = "true"},
    Attribute{.name = "presign_expiry_seconds",
              .type = integer,
              .description = "how long links are valid",
              .default_value = "900",
              .bounds = between(1, 604800),
              .unit = "s"},
};
constexpr ObjectSchema s3_schema{"s3", s3, "an S3 bucket"};

constexpr std::array azure = {
    Attribute{.name = "connection_string", .type = string, .description = "how to connect"},
    Attribute{.name = "container_name", .type = string, .description = "the container", .required = true},
    Attribute{.name = "prefix", .type = string, .description = "in front of every name"},
    Attribute{.name = "ensure_container",
              .type = boolean,
              .description = "creates the container when it is missing",
              .default_value = "true"},
};
constexpr ObjectSchema azure_schema{"azure", azure, "an Azure blob container"};

constexpr std::array gcs = {
    Attribute{.name = "bucket_name",
              .type = string,
              .description = "the bucket",
              .required = true,
              .alias = "bucketName"},
    Attribute{.name = "prefix",
              .type = string,
              .description = "in front of every name",
              .default_value = "\"attachments/\""},
    Attribute{.name = "project_id", .type = string, .description = "the project", .alias = "projectId"},
    Attribute{.name = "credentials_path",
              .type = string,
              .description = "the file with the credentials",
              .alias = "credentialsPath"},
    Attribute{.name = "use_application_default_credentials",
              .type = boolean,
              .description = "takes the machine's own rights",
              .default_value = "true",
              .alias = "useApplicationDefaultCredentials"},
};
constexpr ObjectSchema gcs_schema{"gcs", gcs, "a Google Cloud Storage bucket"};

constexpr std::array<std::string_view, 3> storage_providers = {"s3", "azureblob", "gcs"};

constexpr std::array attachment_storage_table = {
    Attribute{.name = "provider",
              .type = string,
              .description = "the kind of storage",
              .required = true,
              .values = storage_providers,
              .case_matters = true},
    Attribute{.name = "s3", .type = object, .description = "an S3 bucket", .nested = &s3_schema},
    Attribute{
        .name = "azure", .type = object, .description = "an Azure blob container", .nested = &azure_schema},
    Attribute{
        .name = "gcs", .type = object, .description = "a Google Cloud Storage bucket", .nested = &gcs_schema},
};

}  // namespace

const std::span<const AttributeSchema> data_source_attributes = data_source_table;
const std::span<const AttributeSchema> layer_attributes = layer_table;
const std::span<const AttributeSchema> cache_attributes = cache_table;
const std::span<const AttributeSchema> rate_limit_attributes = rate_limit_table;
const std::span<const AttributeSchema> attachment_storage_attributes = attachment_storage_table;

}  // namespace honua::config::tables
