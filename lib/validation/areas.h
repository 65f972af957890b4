// SPDX-License-Identifier: MIT
#pragma once

#include "validation/validator.h"

// The areas, one file each: x_rules.cpp.
namespace honua::validation {

extern const Area server_area;       // honua, cors, hosts
extern const Area variable_area;     // variable, labels
extern const Area environment_area;  // environment variables
extern const Area data_source_area;
extern const Area replica_area;        // read-only data sources
extern const Area service_area;        // what all services have
extern const Area service_range_area;  // settings of one type: ranges and known words
extern const Area service_pair_area;   // settings of one type that must fit each other
extern const Area layer_area;
extern const Area field_area;
extern const Area geometry_area;
extern const Area reference_system_area;  // SRIDs against the EPSG register
extern const Area publication_area;       // layers and their services
extern const Area reference_area;
extern const Area cache_area;
extern const Area rate_limit_area;
extern const Area storage_area;     // attachment_storage
extern const Area operations_area;  // logging, observability
extern const Area availability_area;
extern const Area security_area;
extern const Area advice_area;
extern const Area upstream_area;  // what the server at hand cannot read or does not use

}  // namespace honua::validation
