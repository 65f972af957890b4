// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "config/loader.h"
#include "snapshot/secret_digest.h"
#include "source/source_file.h"

namespace honua::snapshot {

// The version of the form of snapshots: a minor one adds, a major one changes.
inline constexpr std::string_view format_version = "1.0";

// A loaded configuration with what it was loaded from. Everything referred to must outlive it.
struct LoadedConfiguration {
  const config::Configuration& configuration;
  std::span<const evaluation::EnvironmentUse> environment_uses;
  std::span<const config::LoadInput> inputs;
  const source::SourceSet& sources;
};

struct WrittenSnapshot {
  std::string text;
  std::size_t masked = 0;   // values with secrets in them, which the snapshot does not hold
  std::size_t unknown = 0;  // values that nobody could evaluate
};

// The effective configuration in canonical JSON (schemas/snapshot.v1.schema.json): names in the order of
// their bytes, two spaces of indentation, one spelling of every value, a line feed at the end. What nobody
// gave, what is `null` and what only repeats a default is left out; lists whose order means nothing are
// sorted.
//
// It does not depend on the environment it is made in: values from there are references, see form.h. Secrets
// that stand in the files are left out, too. `digest` adds to these what tells whether two are the same; such
// a text must not leave the process.
[[nodiscard]] WrittenSnapshot write_snapshot(const LoadedConfiguration& loaded,
                                             const SecretDigest* digest = nullptr);

}  // namespace honua::snapshot
