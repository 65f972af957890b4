// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "catalog/catalog.h"
#include "catalog/selection.h"
#include "editing/update.h"
#include "generation/generate.h"
#include "syntax/tree.h"

namespace honua::generation {

struct UpdateOptions {
  // Of what is added. Its data source and services are those of a file that has none.
  GenerationOptions generation;
  std::string data_source;            // the label of the one that is the database; "" for the only that fits
  std::vector<std::string> services;  // that publish what is added; none: as the file's other layers have it
  catalog::Selection selection;       // other relations are left alone
};

// What becomes of a file: what is flagged is what the database lacks and nothing replaces, now and before.
struct Update : editing::Update {
  // The file has layers of the data source, and the database has the table of none: it may be another one.
  bool is_other_database = false;
};

// What makes a configuration agree with the database: relations that it does not have are added, values that
// the database contradicts are corrected, what is gone is marked by a comment. Everything else stays as it
// is, byte for byte; what is there as a comment is not added again. The tree is of HCL's native form without
// syntax errors. Of the catalog nothing must have been taken away by the selection. Applied twice, it changes
// nothing. An error says why it is not clear which data source is meant, or that the text would not be HCL.
[[nodiscard]] Result<Update> update(const syntax::Tree& tree, const catalog::Catalog& catalog,
                                    const UpdateOptions& options);

}  // namespace honua::generation
