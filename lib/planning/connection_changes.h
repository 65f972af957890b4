// SPDX-License-Identifier: MIT
#pragma once

#include "planning/grader.h"

namespace honua::planning {

// Handlers of texts that say how to connect, and of secrets: they tell apart who is asked, as whom, how
// safely and with what secret, and show none. See handlers.h.
void grade_connection(const Difference& difference, Grader& grader);
void grade_credential(const Difference& difference, Grader& grader);
// A switch of TLS.
void grade_tls(const Difference& difference, Grader& grader);

// Of a URL that something else is reported about: whether it goes from `https` to less, or the other way.
void report_tls_of_url(const Difference& difference, Grader& grader);
// A secret that is written into the file, where there was none or is none any more.
void report_secret_place(const Difference& difference, Grader& grader);

}  // namespace honua::planning
