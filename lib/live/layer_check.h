// SPDX-License-Identifier: MIT
#pragma once

#include "catalog/catalog.h"
#include "generation/find_relation.h"
#include "validation/check.h"

// Internal to the module.
namespace honua::live {

// Reports what a layer says that is not so in the database. The relation that it publishes; nullptr if that
// is not there.
const catalog::Relation* check_layer(const config::Block& layer, const catalog::Catalog& catalog,
                                     const generation::RelationIndex& relations, validation::Check& check);

}  // namespace honua::live
