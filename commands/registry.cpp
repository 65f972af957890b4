// SPDX-License-Identifier: MIT
#include "commands/registry.h"

#include <algorithm>
#include <array>

#include "config/rules.h"
#include "diagnostics/file_rules.h"
#include "evaluation/rules.h"
#include "syntax/rules.h"
#include "validation/validator.h"

namespace honua::commands {

namespace {

std::vector<const diagnostics::RuleInfo*> gather_rules() {
  std::vector<const diagnostics::RuleInfo*> rules = validation::all_rules();
  for (const auto& listed : {diagnostics::rules::explained_file_rules(), syntax::rules::explained(),
                             evaluation::rules::explained(), config::rules::explained()}) {
    for (const diagnostics::RuleInfo& info : listed) rules.push_back(&info);
  }
  std::sort(rules.begin(), rules.end(),
            [](const auto* a, const auto* b) { return a->rule->code < b->rule->code; });
  return rules;
}

}  // namespace

const std::vector<const diagnostics::RuleInfo*>& all_rules() {
  static const std::vector<const diagnostics::RuleInfo*> rules = gather_rules();
  return rules;
}

std::span<const LeftOut> left_out_rules() {
  static constexpr std::array<LeftOut, 108> listed = {
      LeftOut{"H0001", "a missing path starts discovery instead"},
      LeftOut{"H0002", "an unreadable file ends the run with exit code 3"},
      LeftOut{"H0003", "other names of files end the run with exit code 3"},
      LeftOut{"H0012", "the parser's rules from H0030 on say it more precisely"},
      LeftOut{"H0015", "H0042 and H0116 say it"},
      LeftOut{"H0016", "H1105 says it"},
      LeftOut{"H0017", "the values that the server's own parser lacks are allowed"},
      LeftOut{"H0020", "H0111 says it where variables must be set"},
      LeftOut{"H0113", "`honua validate --env list` and reports in JSON list the variables"},
      LeftOut{"H1013", "H1150 says it"},
      LeftOut{"H1023", "H3001 says it"},
      LeftOut{"H1024", "H3001 says it"},
      LeftOut{"H1025", "H3010 says it"},
      LeftOut{"H2111", "H1053 says it"},
      LeftOut{"H3200", "it is true of every configuration in HCL, so it would tell nothing"},
      LeftOut{"H3301", "it concerns application settings, not this configuration"},
      LeftOut{"H3302", "it concerns application settings, not this configuration"},
      LeftOut{"H3303", "it concerns application settings, not this configuration"},
      LeftOut{"H3304", "it concerns application settings, not this configuration"},
      LeftOut{"H3305", "it concerns application settings, not this configuration"},
      LeftOut{"H3306", "it concerns application settings, not this configuration"},
      LeftOut{"H3307", "it concerns application settings, not this configuration"},
      LeftOut{"H3308", "it concerns application settings, not this configuration"},
      LeftOut{"H3309", "it concerns application settings, not this configuration"},
      LeftOut{"H4010", "it concerns application settings, not this configuration"},
      LeftOut{"H4011", "it concerns application settings, not this configuration"},
      LeftOut{"H4012", "it concerns application settings, not this configuration"},
      LeftOut{"H4013", "it concerns application settings, not this configuration"},
      LeftOut{"H4107", "it needs the configurations of two environments"},
      LeftOut{"H4112", "it concerns watching a file, not its content"},
      LeftOut{"H4113", "`honua validate --env list` and reports in JSON list the variables"},
      LeftOut{"H4114", "it needs the other instances"},
      LeftOut{"H4115", "it needs the other instances"},
      LeftOut{"H5001", "it concerns application settings, not this configuration"},
      LeftOut{"H5002", "it concerns application settings, not this configuration"},
      LeftOut{"H5003", "it concerns application settings, not this configuration"},
      LeftOut{"H5004", "it concerns application settings, not this configuration"},
      LeftOut{"H5005", "it concerns application settings, not this configuration"},
      LeftOut{"H5006", "it concerns application settings, not this configuration"},
      LeftOut{"H5007", "it concerns application settings, not this configuration"},
      LeftOut{"H5008", "it concerns application settings, not this configuration"},
      LeftOut{"H5009", "it concerns application settings, not this configuration"},
      LeftOut{"H5010", "it concerns application settings, not this configuration"},
      LeftOut{"H5011", "it concerns application settings, not this configuration"},
      LeftOut{"H5012", "it concerns application settings, not this configuration"},
      LeftOut{"H5013", "it concerns application settings, not this configuration"},
      LeftOut{"H5020", "H1151 says it"},
      LeftOut{"H5114",
              "checkouts and images set the mode for all: H5101, H5102 and H5113 tell of the secrets"},
      LeftOut{"H5115", "it is kept by every command: secrets are masked wherever text leaves the program"},
      LeftOut{"H6000", "it needs the database, which is not asked yet"},
      LeftOut{"H6001", "it needs the database, which is not asked yet"},
      LeftOut{"H6002", "it needs the database, which is not asked yet"},
      LeftOut{"H6003", "it needs the database, which is not asked yet"},
      LeftOut{"H6004", "it needs the database, which is not asked yet"},
      LeftOut{"H6005", "it needs the database, which is not asked yet"},
      LeftOut{"H6006", "it needs the database, which is not asked yet"},
      LeftOut{"H6007", "it needs the database, which is not asked yet"},
      LeftOut{"H6008", "it needs the database, which is not asked yet"},
      LeftOut{"H6101", "it needs the database, which is not asked yet"},
      LeftOut{"H6102", "it needs the database, which is not asked yet"},
      LeftOut{"H6103", "it needs the database, which is not asked yet"},
      LeftOut{"H6104", "it needs the database, which is not asked yet"},
      LeftOut{"H6105", "it needs the database, which is not asked yet"},
      LeftOut{"H6106", "it needs the database, which is not asked yet"},
      LeftOut{"H6107", "it needs the database, which is not asked yet"},
      LeftOut{"H6108", "it needs the database, which is not asked yet"},
      LeftOut{"H6109", "it needs the database, which is not asked yet"},
      LeftOut{"H7001", "it concerns metadata of older servers, another format"},
      LeftOut{"H7002", "it concerns metadata of older servers, another format"},
      LeftOut{"H7003", "it concerns metadata of older servers, another format"},
      LeftOut{"H7010", "it concerns metadata of older servers, another format"},
      LeftOut{"H7011", "it concerns metadata of older servers, another format"},
      LeftOut{"H7012", "it concerns metadata of older servers, another format"},
      LeftOut{"H7020", "it concerns metadata of older servers, another format"},
      LeftOut{"H7021", "it concerns metadata of older servers, another format"},
      LeftOut{"H7022", "it concerns metadata of older servers, another format"},
      LeftOut{"H7023", "it concerns metadata of older servers, another format"},
      LeftOut{"H7030", "it concerns metadata of older servers, another format"},
      LeftOut{"H7031", "it concerns metadata of older servers, another format"},
      LeftOut{"H7032", "it concerns metadata of older servers, another format"},
      LeftOut{"H7033", "it concerns metadata of older servers, another format"},
      LeftOut{"H7034", "it concerns metadata of older servers, another format"},
      LeftOut{"H7035", "it concerns metadata of older servers, another format"},
      LeftOut{"H7036", "it concerns metadata of older servers, another format"},
      LeftOut{"H7037", "it concerns metadata of older servers, another format"},
      LeftOut{"H7038", "it concerns metadata of older servers, another format"},
      LeftOut{"H7039", "it concerns metadata of older servers, another format"},
      LeftOut{"H7040", "it concerns metadata of older servers, another format"},
      LeftOut{"H7041", "it concerns metadata of older servers, another format"},
      LeftOut{"H7042", "it concerns metadata of older servers, another format"},
      LeftOut{"H7043", "it concerns metadata of older servers, another format"},
      LeftOut{"H7044", "it concerns metadata of older servers, another format"},
      LeftOut{"H7045", "it concerns metadata of older servers, another format"},
      LeftOut{"H7046", "it concerns metadata of older servers, another format"},
      LeftOut{"H7050", "it concerns metadata of older servers, another format"},
      LeftOut{"H7051", "it concerns metadata of older servers, another format"},
      LeftOut{"H7052", "it concerns metadata of older servers, another format"},
      LeftOut{"H7053", "it concerns metadata of older servers, another format"},
      LeftOut{"H7060", "it concerns metadata of older servers, another format"},
      LeftOut{"H7070", "it concerns metadata of older servers, another format"},
      LeftOut{"H7080", "it concerns metadata of older servers, another format"},
      LeftOut{"H9103", "it would nag about every sensible list of fields"},
      LeftOut{"H9109", "which addresses belong to one environment cannot be told from the text"},
      LeftOut{"H9110", "H4104 says it"},
      LeftOut{"H9111", "background jobs are no part of this configuration"},
      LeftOut{"H9112", "H1053 says it"},
      LeftOut{"H9113", "H4109 says it, H1152 of a single pool"},
      LeftOut{"H9114", "H4101 says it, of elections as well"},
  };
  return listed;
}

}  // namespace honua::commands
