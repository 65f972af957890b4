// SPDX-License-Identifier: MIT
#pragma once

#include <bit>

#include <dlfcn.h>

// Libraries that are loaded when they are first needed.
namespace honua {

// Sets `function` to the library's function of this name. False if it has none.
template <class Function>
bool find_function(void* library, const char* name, Function& function) {
  // The way POSIX has it: a function's address comes as one of data.
  function = std::bit_cast<Function>(::dlsym(library, name));
  return function != nullptr;
}

}  // namespace honua
