// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <string>

#include "snapshot/document.h"

namespace honua::planning {

// The addresses that only one of two sides answers at, as clients write them behind the server's name.
struct EndpointChanges {
  std::set<std::string> gone;
  std::set<std::string> come;
};

// Of services, and of layers in them: `/ogcapi/collections/roads`, `/wfs?typeNames=roads`. Reads every layer.
[[nodiscard]] EndpointChanges compare_endpoints(const snapshot::Document& before,
                                                const snapshot::Document& after);

// "endpoints:", then `- ADDRESS` and `+ ADDRESS` a line each; "" where none came or went.
[[nodiscard]] std::string render_endpoints(const EndpointChanges& changes);

}  // namespace honua::planning
