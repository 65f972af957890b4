// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "source/source_file.h"

namespace honua::diagnostics {

// What GitHub calls the `primaryLocationLineHash` of lines: it tells by it whether a finding was there
// before.
//
// The hash of a line is a polynomial in 37, modulo 2^64, of the 100 UTF-16 code units from the line's start
// on; blanks and tabs don't count, CRLF and CR are LF, behind the text follow a unit 65535 and zeros. Behind
// a colon stands how many lines up to this one have the hash. Lines are counted from 1 and end with LF, CRLF
// or CR.
//
// Only of the lines asked for. A line is left out where there is none, or where its units hold something that
// looks like a secret: the hash of a text that is known but for eight characters tells them.
// Takes time with the size of the file, however many lines are asked for.
[[nodiscard]] std::map<std::uint32_t, std::string> line_hashes(const source::SourceFile& file,
                                                               const std::set<std::uint32_t>& lines);

}  // namespace honua::diagnostics
