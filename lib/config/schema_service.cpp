// SPDX-License-Identifier: MIT
#include <array>

#include "config/schema_tables.h"

// `service` and the settings of each service type. A type's settings are those
// of all generations of the server: the service registrations, which the
// documentation follows, and the plugins. Where they disagree about a default
// or a range, the registrations' stands.
namespace honua::config::tables {

namespace {

using enum ValueType;
using Attribute = AttributeSchema;
using Text = std::string_view;

constexpr Attribute flag(Text name, Text description, Text default_value) {
  return {.name = name, .type = boolean, .description = description, .default_value = default_value};
}
constexpr Attribute count(Text name, Text description, Text default_value, Bounds bounds, Text unit = {}) {
  return {.name = name,
          .type = integer,
          .description = description,
          .default_value = default_value,
          .bounds = bounds,
          .unit = unit};
}
constexpr Attribute word(Text name, Text description, Text default_value) {
  return {.name = name, .type = string, .description = description, .default_value = default_value};
}
// Other words than the known ones deserve a warning.
constexpr Attribute choice(Text name, Text description, Text default_value, std::span<const Text> values) {
  return {.name = name,
          .type = string,
          .description = description,
          .default_value = default_value,
          .values = values,
          .values_are_all = false};
}
constexpr Attribute choices(Text name, Text description, Text default_value, std::span<const Text> values) {
  return {.name = name,
          .type = string_list,
          .description = description,
          .default_value = default_value,
          .values = values,
          .values_are_all = false};
}
constexpr Attribute words(Text name, Text description, Text default_value) {
  return {.name = name, .type = string_list, .description = description, .default_value = default_value};
}

constexpr Bounds day = between(0, 86400);
constexpr Bounds page = between(1, 10000);
constexpr Bounds large_page = between(1, 100000);

constexpr Attribute capabilities_cache =
    count("capabilities_cache_duration", "how long capabilities are kept", "3600", day, "s");
constexpr Attribute caching = flag("enable_caching", "keeps answers", "true");
constexpr Attribute cache_ttl = count("cache_ttl", "how long answers are kept", "", at_least(0), "s");

// --- all services

constexpr std::array service_rate_limit = {
    flag("enabled", "requests are limited", ""),
    count("requests", "how many requests a client may make", "", at_least(1)),
    word("window", "in which time", ""),
};
constexpr ObjectSchema service_rate_limit_schema{"rate_limit", service_rate_limit, "a limit of this service"};

constexpr std::array transactions = {
    flag("enabled", "clients may write", ""),
    count("max_batch_size", "how many changes one request may hold", "", at_least(1)),
};
constexpr ObjectSchema transactions_schema{"transactions", transactions, "writing by clients"};

constexpr std::array service_table = {
    Attribute{
        .name = "type", .type = string, .description = "the service's type; the label, if it is missing"},
    flag("enabled", "the service is offered", "true"),
    Attribute{.name = "settings",
              .type = any,
              .description = "settings of the service's type, not written flat",
              .read_upstream = false},
    word("base_path", "where the service answers", ""),
    Attribute{.name = "data_source",
              .type = reference,
              .description = "the database of the service's layers",
              .target = BlockType::data_source},
    Attribute{.name = "rate_limit",
              .type = object,
              .description = "a limit of this service",
              .nested = &service_rate_limit_schema,
              .read_upstream = false},
    Attribute{.name = "transactions",
              .type = object,
              .description = "writing by clients",
              .nested = &transactions_schema,
              .read_upstream = false},
    word("title", "the name that people read", ""),
    word("description", "what the service offers", ""),
    words("output_formats", "the forms of the answers", ""),
    // Read for every type by the server's metadata.
    count("max_page_size", "the largest page", "", at_least(1)),
    word("default_crs", "the reference system of answers", ""),
    flag("collections_enabled", "offers collections", "true"),
    flag("wfs_enabled", "offers WFS as well", "false"),
    flag("wms_enabled", "offers WMS as well", "false"),
    flag("wmts_enabled", "offers WMTS as well", "false"),
    flag("csw_enabled", "offers CSW as well", "false"),
    flag("wcs_enabled", "offers WCS as well", "false"),
    flag("csv_enabled", "offers CSV", "false"),
    flag("kml_enabled", "offers KML", "false"),
    flag("kmz_enabled", "offers KMZ", "false"),
    flag("shapefile_enabled", "offers shapefiles", "false"),
    flag("geopackage_enabled", "offers GeoPackages", "false"),
    flag("flatgeobuf_enabled", "offers FlatGeobuf", "false"),
    flag("geoarrow_enabled", "offers GeoArrow", "false"),
    flag("geoparquet_enabled", "offers GeoParquet", "false"),
    flag("pmtiles_enabled", "offers PMTiles", "false"),
    flag("topojson_enabled", "offers TopoJSON", "false"),
};

// --- each type

constexpr std::array odata = {
    flag("allow_writes", "clients may write", "false"),
    count("max_page_size", "the largest page", "1000", at_least(1)),
    count("default_page_size", "a page's size unless asked otherwise", "100", at_least(1)),
    flag("emit_wkt_shadow_properties", "adds geometries as WKT", "false"),
    flag("expose_navigation_properties", "shows relations", "true"),
    // The documentation says false, the registration true.
    flag("enable_case_insensitive", "names are compared without regard to case", "true"),
    count("max_top", "the largest `$top`", "1000", page),
    flag("enable_count", "answers `$count`", "true"),
    flag("enable_expand", "answers `$expand`", "true"),
};

constexpr std::array<Text, 11> conformance = {"core",     "geojson",         "html",       "crs",
                                              "filter",   "features-filter", "simple-cql", "cql-text",
                                              "cql-json", "sorting",         "paging"};

constexpr std::array ogc_api = {
    // The documentation says 10000, the registration 1000.
    count("item_limit", "the largest page", "1000", at_least(1)),
    count("max_page_size", "the largest page, as the server's metadata reads it", "1000", at_least(1)),
    count("default_page_size", "a page's size unless asked otherwise", "100", at_least(1)),
    word("default_crs", "the reference system of answers", "\"EPSG:4326\""),
    words("additional_crs", "further reference systems", "[]"),
    choices("conformance", "the conformance classes", "[\"core\"]", conformance),
    count("max_feature_upload_size_bytes", "the largest upload", "104857600", at_least(0), "bytes"),
    count("limit", "a page's size unless asked otherwise", "100", page),
    count("default_limit", "a page's size unless asked otherwise", "100", page),
    count("max_limit", "the largest page", "10000", large_page),
    word("crs", "the reference system of answers", "\"http://www.opengis.net/def/crs/OGC/1.3/CRS84\""),
    caching,
    cache_ttl,
    flag("allow_transactions", "clients may write", "false"),
    flag("enable_transactions", "clients may write", "false"),
};

constexpr std::array<Text, 3> wfs_versions = {"1.0.0", "1.1.0", "2.0.0"};
constexpr std::array<Text, 2> lock_managers = {"redis", "InMemory"};
constexpr std::array wfs = {
    choice("version", "the newest version offered", "\"2.0.0\"", wfs_versions),
    capabilities_cache,
    count("default_count", "a page's size unless asked otherwise", "100", page),
    count("max_features", "the largest page", "10000", large_page),
    count("max_transaction_features", "the largest transaction", "5000", large_page),
    flag("enable_complexity_check", "refuses filters that are too complex", "true"),
    flag("enable_streaming_transaction_parser", "reads transactions piece by piece", "true"),
    count("max_complexity_score", "how complex a filter may be", "", at_least(1)),
    flag("enable_stored_queries", "offers stored queries", ""),
    flag("enable_transactions", "clients may write", "false"),
    choice("lock_manager", "where locks are kept", "\"InMemory\"", lock_managers),
    word("lock_timeout", "how long a lock holds: hh:mm:ss", "\"00:05:00\""),
    caching,
    cache_ttl,
};

constexpr std::array<Text, 2> wms_versions = {"1.1.1", "1.3.0"};
constexpr std::array wms = {
    choice("version", "the newest version offered", "\"1.3.0\"", wms_versions),
    count("max_width", "the widest map", "4096", between(256, 16384), "px"),
    count("max_height", "the highest map", "4096", between(256, 16384), "px"),
    count("render_timeout_seconds", "how long drawing may take", "60", between(5, 300), "s"),
    flag("enable_streaming", "sends maps piece by piece", "true"),
    capabilities_cache,
    words("formats", "the image formats", ""),
    caching,
    cache_ttl,
};

constexpr std::array<Text, 3> image_formats = {"image/png", "image/jpeg", "image/webp"};
constexpr std::array<Text, 1> wmts_versions = {"1.0.0"};
constexpr std::array<Text, 3> tile_matrix_sets = {"WebMercatorQuad", "WorldCRS84Quad",
                                                  "WorldMercatorWGS84Quad"};
constexpr std::array wmts = {
    choice("version", "the version offered", "\"1.0.0\"", wmts_versions),
    count("tile_size", "a tile's edge", "256", between(64, 2048), "px"),
    choices("supported_formats", "the image formats", "[\"image/png\", \"image/jpeg\"]", image_formats),
    words("tile_formats", "the image formats by their short names", ""),
    caching,
    cache_ttl,
    count("max_feature_count", "the most features of one answer", "50", between(1, 100)),
    capabilities_cache,
    count("tile_cache_duration", "how long tiles are kept", "86400", at_least(0), "s"),
    choice("tile_matrix_set", "the tiling", "\"WebMercatorQuad\"", tile_matrix_sets),
};

constexpr std::array<Text, 2> csw_versions = {"2.0.2", "3.0.0"};
constexpr std::array csw = {
    choice("version", "the version offered", "\"2.0.2\"", csw_versions),
    count("default_max_records", "a page's size unless asked otherwise", "10", between(1, 1000)),
    count("max_record_limit", "the largest page", "100", page),
    flag("enable_transactions", "clients may write", "false"),
    words("supported_output_schemas", "the name spaces of records", ""),
    capabilities_cache,
    count("max_records", "the largest page", "1000", page),
};

constexpr std::array<Text, 4> wcs_versions = {"1.0.0", "1.1.0", "2.0.0", "2.0.1"};
constexpr std::array<Text, 4> coverage_formats = {"image/tiff", "image/png", "image/jpeg",
                                                  "application/netcdf"};
constexpr std::array<Text, 5> interpolations = {"nearest", "linear", "bilinear", "cubic", "average"};
constexpr std::array wcs = {
    choice("version", "the newest version offered", "\"2.0.1\"", wcs_versions),
    choices("supported_formats", "the formats of coverages",
            "[\"image/tiff\", \"image/png\", \"image/jpeg\"]", coverage_formats),
    // The plugin means bytes; what cannot be pixels is a finding of its own.
    count("max_coverage_size", "the longest edge of a coverage", "10000", between(100, 1e9), "px"),
    flag("enable_subsetting", "offers parts", "true"),
    flag("enable_range_subsetting", "offers single bands", "true"),
    flag("enable_interpolation", "offers other resolutions", "true"),
    choice("default_interpolation", "the interpolation unless asked otherwise", "\"nearest\"",
           interpolations),
    capabilities_cache,
};

constexpr std::array<Text, 3> stac_versions = {"1.0.0", "1.0.0-rc.1", "1.0.0-rc.2"};
constexpr std::array stac = {
    choice("version", "the version offered", "\"1.0.0\"", stac_versions),
    count("count_timeout_seconds", "how long counting may take", "5", between(1, 300), "s"),
    flag("use_count_estimation", "estimates instead of counting", "true"),
    count("max_exact_count_threshold", "up to how many items are counted; -1 for all", "100000",
          between(-1, int32_most)),
    flag("skip_count_for_large_result_sets", "leaves the count out where it is large", "true"),
    count("skip_count_limit_threshold", "from which page size on", "1000", between(1, 1000000)),
    count("streaming_page_size", "how many items are read at a time", "100", page),
    count("max_streaming_items", "the most items of one answer; -1 for all", "100000",
          between(-1, int32_most)),
    flag("enable_auto_streaming", "sends large answers piece by piece", "true"),
    count("streaming_threshold", "from how many items on", "1000", between(1, 1000000)),
    count("limit", "a page's size unless asked otherwise", "100", page),
    count("max_limit", "the largest page", "10000", large_page),
    word("provider", "the kind of database of the catalogue", ""),
    word("connection_string", "how to connect to it", ""),
    caching,
    cache_ttl,
};

constexpr std::array carto = {
    flag("enable_v2_api", "offers version 2", "true"),
    flag("enable_v3_api", "offers version 3", "true"),
    count("max_sql_query_length", "the longest query", "10000", large_page, "characters"),
    count("max_result_rows", "the most rows of one answer", "10000", large_page),
    caching,
    count("cache_ttl_seconds", "how long answers are kept", "300", day, "s"),
    count("max_query_time", "how long a query may take", "30", between(1, 300), "s"),
    flag("enable_batch", "offers batches", "false"),
};

constexpr std::array geoservices_rest = {
    Attribute{.name = "version",
              .type = any,
              .description = "the version shown to clients",
              .default_value = "10.81"},
    count("default_max_record_count", "a page's size unless asked otherwise", "1000", page),
    count("max_record_count", "the largest page", "10000", large_page),
    flag("enable_attachments", "offers attachments", "true"),
    flag("enable_editing", "clients may write", "false"),
    flag("enable_shapefile_export", "offers shapefiles", "true"),
    flag("enable_kml_export", "offers KML", "true"),
    flag("enable_csv_export", "offers CSV", "true"),
    flag("supports_pagination", "offers pages", "true"),
    flag("enable_metadata", "offers metadata", ""),
};

constexpr std::array zarr = {
    caching,
    count("cache_ttl_seconds", "how long answers are kept", "3600", day, "s"),
    count("max_slices_per_query", "the most slices of one answer", "1000", page),
    count("max_bounding_box_size", "the longest edge of an answer", "10000", between(100, 100000), "px"),
    flag("enable_binary_output", "offers binary answers", "true"),
    flag("enable_aggregation", "offers aggregates", "true"),
    word("default_variable", "the variable unless asked otherwise", "\"data\""),
    count("chunk_cache_duration", "how long chunks are kept", "3600", at_least(0), "s"),
    count("max_chunk_size", "the largest chunk", "10485760", between(1, 100000000), "bytes"),
};

constexpr std::array print = {
    flag("enable_pdf_output", "offers PDF", "true"),
    flag("enable_png_output", "offers PNG", "true"),
    count("max_dpi", "the finest resolution", "300", between(72, 600), "dpi"),
    count("default_dpi", "the resolution unless asked otherwise", "150", between(72, 600), "dpi"),
    count("max_map_width", "the widest map", "4096", between(256, 16384), "px"),
    count("max_map_height", "the highest map", "4096", between(256, 16384), "px"),
    count("render_timeout_seconds", "how long drawing may take", "120", between(5, 600), "s"),
    flag("enable_caching", "keeps answers", "false"),
    count("max_print_timeout", "how long printing may take", "120", between(1, 600), "s"),
    Attribute{
        .name = "output_formats", .type = any, .description = "the formats", .default_value = "\"pdf,png\""},
};

constexpr std::array geometry_service = {
    count("max_geometries", "the most geometries of one request", "1000", page),
    count("max_coordinate_count", "the most coordinates of one request", "100000", between(1, 1000000)),
    Attribute{.name = "allowed_srids", .type = any, .description = "the reference systems of requests"},
    flag("enable_gdal_operations", "offers what needs GDAL", ""),
};

constexpr std::array service_type_table = {
    ServiceType{"odata", "", {"odata", odata, "OData"}, "/odata"},
    ServiceType{"ogc_api", "ogcapi ogc-api", {"ogc_api", ogc_api, "OGC API Features"}, "/ogcapi"},
    ServiceType{"wfs", "", {"wfs", wfs, "Web Feature Service"}, "/wfs"},
    ServiceType{"wms", "", {"wms", wms, "Web Map Service"}, "/wms"},
    ServiceType{"wmts", "", {"wmts", wmts, "Web Map Tile Service"}, "/wmts"},
    ServiceType{"csw", "", {"csw", csw, "Catalogue Service for the Web"}, "/csw"},
    ServiceType{"wcs", "", {"wcs", wcs, "Web Coverage Service"}, "/wcs"},
    ServiceType{"stac", "", {"stac", stac, "SpatioTemporal Asset Catalog"}, "/stac"},
    ServiceType{"carto", "", {"carto", carto, "CARTO SQL API"}, "/api/v2"},
    ServiceType{"geoservices_rest",
                "geoservices geoservicesrest geoservices-rest",
                {"geoservices_rest", geoservices_rest, "GeoServices REST"},
                "/rest/services"},
    ServiceType{"zarr", "zarr_api", {"zarr", zarr, "Zarr"}, "/zarr"},
    ServiceType{"print", "", {"print", print, "MapFish print"}, "/print"},
    ServiceType{
        "geometry", "", {"geometry", geometry_service, "geometry operations"}, "/rest/services/Geometry"},
};

}  // namespace

const std::span<const AttributeSchema> service_attributes = service_table;
const std::span<const ServiceType> services = service_type_table;

}  // namespace honua::config::tables
