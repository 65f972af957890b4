// SPDX-License-Identifier: MIT
#include "cli/version.h"

#include <gnu/libc-version.h>

namespace honua::cli {

namespace {

#ifdef __clang__
constexpr const char* compiler = "clang++ " __clang_version__;
#else
constexpr const char* compiler = "g++ " __VERSION__;
#endif

}  // namespace

// The build defines HONUA_VERSION and HONUA_LIBRARIES: see cli/CMakeLists.txt.
std::string version_text(bool verbose) {
  std::string text = "honua " HONUA_VERSION "\n";
  if (!verbose) return text;
  text += "compiler: " + std::string(compiler) + "\n";
  text += "C library: glibc " + std::string(::gnu_get_libc_version()) + "\n";
  text += "C++ library: libstdc++ " + std::to_string(_GLIBCXX_RELEASE) + "\n";
  text += "libraries: " HONUA_LIBRARIES "\n";
  return text;
}

}  // namespace honua::cli
