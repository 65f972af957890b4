// SPDX-License-Identifier: MIT
#include "catalog/mysql_view_key.h"

#include <doctest/doctest.h>

#include <ostream>
#include <string>

#include "text/words.h"

namespace honua::catalog {

namespace {

std::string shown_view(std::string_view definition) {
  const auto source = read_mysql_view(definition);
  return source ? source->schema + "." + source->relation + "(" + text::join(source->columns, ",") + ")"
                : "none";
}

}  // namespace

TEST_CASE("a view of one relation of MySQL repeats the columns that it names") {
  CHECK(shown_view("select `d`.`t`.`id` AS `id`,`d`.`t`.`g` AS `place` from `d`.`t`") == "d.t(id,g)");
  CHECK(shown_view("select `x`.`id` AS `id` from `d`.`t` `x` where `x`.`n` = 'a join b' order by `x`.`n`") ==
        "d.t(id)");
  CHECK(shown_view("select st_centroid(`d`.`t`.`g`) AS `c`,`d`.`t`.`id` + 1 AS `n`,`d`.`t`.`id` AS `id` from "
                   "`d`.`t` limit 5") == "d.t(,,id)");
  CHECK(shown_view("select `d`.`a``, from`.`i``d` AS `x` from `d`.`a``, from`") == "d.a`, from(i`d)");
  CHECK(shown_view(
            "select `d`.`t`.`id` AS `id`,(select max(`d`.`u`.`n`) from `d`.`u`) AS `m` from `d`.`t` where "
            "`d`.`t`.`id` in (select `d`.`u`.`id` from `d`.`u` join `d`.`w`)") == "d.t(id,)");
  CHECK(shown_view("select `d`.`t`.`id` AS `id` from (`d`.`t`)") == "d.t(id)");
}

TEST_CASE("a view of MySQL that may repeat rows, or that is not understood, has no source") {
  for (const char* one :
       {"", "select 1 AS `1`", "select distinct `d`.`t`.`id` AS `id` from `d`.`t`",
        "select `d`.`t`.`id` AS `id` from (`d`.`t` join `d`.`u`)",
        "select `d`.`t`.`id` AS `id` from (`d`.`t` join `d`.`u` on(`d`.`t`.`id` = `d`.`u`.`id`))",
        "select `d`.`t`.`id` AS `id` from `d`.`t` union all select `d`.`t`.`id` AS `id` from `d`.`t`",
        "select `d`.`t`.`n` AS `n` from `d`.`t` group by `d`.`t`.`n` with rollup",
        "with `c` as (select 1) select `c`.`id` AS `id` from `c`",
        "select `q`.`id` AS `id` from (select `d`.`t`.`id` AS `id` from `d`.`t`) `q`",
        "select `d`.`t`.`id` AS `id` from `d`.`t` for system_time all", "select `d`.`t`.`id` AS `id`",
        "insert into `d`.`t` values (1)"})
    CHECK_MESSAGE(shown_view(one) == "none", std::string(one));
}

}  // namespace honua::catalog
