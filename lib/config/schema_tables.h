// SPDX-License-Identifier: MIT
#pragma once

#include "config/schema.h"

// The tables behind schema.h, a file each for what belongs together.
namespace honua::config::tables {

extern const std::span<const AttributeSchema> honua_attributes;
extern const std::span<const AttributeSchema> high_availability_attributes;
extern const std::span<const AttributeSchema> data_source_attributes;
extern const std::span<const AttributeSchema> service_attributes;
extern const std::span<const AttributeSchema> layer_attributes;
extern const std::span<const AttributeSchema> cache_attributes;
extern const std::span<const AttributeSchema> rate_limit_attributes;
extern const std::span<const AttributeSchema> variable_attributes;
extern const std::span<const AttributeSchema> attachment_storage_attributes;
extern const std::span<const AttributeSchema> logging_attributes;
extern const std::span<const AttributeSchema> observability_attributes;
extern const std::span<const ServiceType> services;

}  // namespace honua::config::tables
