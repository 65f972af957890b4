// SPDX-License-Identifier: MIT
#include "diagnostics/report.h"

#include <doctest/doctest.h>

#include <ostream>

#include "diagnostics/render_for_test.h"

namespace honua::diagnostics {

TEST_CASE("a fingerprint depends on the rule, the address and what is in front of it with both") {
  Fingerprints fingerprints;
  const std::string first = fingerprints.next(sample_error, "layer.a", "x.hcl");
  CHECK(first.size() == 32);
  CHECK(fingerprints.next(sample_error, "layer.a", "x.hcl") != first);
  CHECK(fingerprints.next(sample_error, "layer.b", "x.hcl") != first);
  CHECK(fingerprints.next(sample_warning, "layer.a", "x.hcl") != first);
  CHECK(Fingerprints().next(sample_error, "layer.a", "x.hcl") == first);
}

TEST_CASE("a block may move to another file") {
  CHECK(Fingerprints().next(sample_error, "layer.a", "x.hcl") ==
        Fingerprints().next(sample_error, "layer.a", "y.hcl"));
}

TEST_CASE("outside all blocks the file counts, wherever it was called from") {
  const std::string in_x = Fingerprints().next(sample_error, "", "conf/x.hcl");
  CHECK(in_x == Fingerprints().next(sample_error, "", "./conf/x.hcl"));
  CHECK(in_x == Fingerprints().next(sample_error, "", "/srv/conf/x.hcl"));
  CHECK(in_x != Fingerprints().next(sample_error, "", "conf/y.hcl"));
  CHECK(in_x != Fingerprints().next(sample_error, "x.hcl", "conf/y.hcl"));
}

}  // namespace honua::diagnostics
