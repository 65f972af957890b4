// SPDX-License-Identifier: MIT
#include "exporting/appsettings.h"

#include <string_view>
#include <utility>

#include "text/json_writer.h"

namespace honua::exporting {

namespace {

constexpr std::size_t json_indent = 2;

class AppsettingsWriter {
 public:
  std::string write(std::span<const ServerSetting> settings) {
    json_.begin_object();
    for (const ServerSetting& one : settings) {
      if (one.form != SettingForm::reference) add(one);
    }
    leave_section();
    json_.end_object();
    return std::move(json_).take() + "\n";
  }

 private:
  void add(const ServerSetting& setting) {
    if (setting.section != section_) {
      leave_section();
      enter_section(setting.section);
    }
    json_.key(setting.name);
    if (setting.form == SettingForm::literal)
      json_.verbatim(setting.text);
    else
      json_.string(setting.text);
  }

  // One object in another for each of its names.
  void enter_section(const std::string& section) {
    section_ = section;
    std::string_view rest = section_;
    for (std::size_t colon = rest.find(':'); colon != std::string_view::npos; colon = rest.find(':')) {
      begin_object(rest.substr(0, colon));
      rest.remove_prefix(colon + 1);
    }
    begin_object(rest);
  }

  void begin_object(std::string_view name) {
    json_.key(name).begin_object();
    ++depth_;
  }

  void leave_section() {
    for (; depth_ > 0; --depth_) json_.end_object();
  }

  text::JsonWriter json_{json_indent};
  std::string section_;
  std::size_t depth_ = 0;  // of the section
};

}  // namespace

std::string write_appsettings(std::span<const ServerSetting> settings) {
  return AppsettingsWriter().write(settings);
}

}  // namespace honua::exporting
