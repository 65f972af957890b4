# SPDX-License-Identifier: MIT
# Shared by the scripts; sourced with the project's folder as the current one.

# What building and testing takes, as Debian 12 names it.
build_packages=(g++ cmake ninja-build python3 libexpected-dev doctest-dev libcli11-dev libutf8proc-dev
  libmd-dev libdtl-dev libsqlite3-dev libsqlitecpp-dev libpq-dev libmariadb-dev libcurl4-openssl-dev
  libssl-dev libhiredis-dev libpugixml-dev libboost-dev nlohmann-json3-dev libyaml-cpp-dev proj-data)
# The servers that tests start.
test_packages=(postgresql-15-postgis-3 mariadb-server redis-server redis-sentinel openssl)
clang_packages=(clang-16 clang-tidy-16 clang-format-16 libclang-rt-16-dev)

# How many compilers at a time.
jobs=${JOBS:-$(nproc)}

# say TEXT...: names the step that begins, and the seconds since the script began.
say() { printf '\n== %s (%d s)\n' "$*" "$SECONDS"; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# install_packages NAME...: installs what is missing, and asks no network when nothing is.
install_packages() {
  local missing=() package
  for package in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
  done
  [ ${#missing[@]} = 0 ] && return
  say "installing ${missing[*]}"
  as_root apt-get -qq update
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install "${missing[@]}" >/dev/null
}

# build_preset NAME [TARGET...]: configures and builds; shows the compiler's words only when it fails.
build_preset() {
  local preset=$1
  shift
  say "building preset $preset"
  cmake --preset "$preset" >/dev/null
  cmake --build --preset "$preset" -j "$jobs" ${1:+--target "$@"} -- --quiet
}

# test_preset NAME: runs the preset's tests; shows the output of those that fail.
test_preset() {
  say "testing preset $1"
  ctest --preset "$1" -j "$jobs"
}
