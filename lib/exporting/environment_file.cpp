// SPDX-License-Identifier: MIT
#include "exporting/environment_file.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "text/sanitize.h"

namespace honua::exporting {

namespace {

constexpr std::string_view file_heading =
    "# Written by `honua export --target upstream`: change the source instead.\n";

constexpr std::string_view reference_heading =
    "# Assignments behind `#` take values from other variables, which only shells put in: take the `#` away\n"
    "# where a shell reads this file, and set the variables themselves elsewhere.\n";

// Whether it stands for itself, without quotes, for `sh`, systemd and Docker.
bool is_plain_character(char c) {
  const bool is_letter_or_digit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return is_letter_or_digit || std::string_view("_-./:,@%+=").find(c) != std::string_view::npos ||
         static_cast<unsigned char>(c) >= 0x80;
}

// What systemd refuses in a value. NUL ends it for everybody.
bool is_refused_character(char c) {
  const auto code = static_cast<unsigned char>(c);
  return (code < 0x20 && c != '\n' && c != '\t') || code == 0x7F;
}

// Between double quotes, as shells and systemd read it.
std::string escaped_text(std::string_view text) {
  std::string made;
  for (const char c : text) {
    if (std::string_view("\"\\$`").find(c) != std::string_view::npos) made += '\\';
    made += c;
  }
  return made;
}

class EnvironmentWriter {
 public:
  EnvironmentFile write(std::span<const ServerSetting> settings) {
    file_.text = file_heading;
    const bool has_references = std::ranges::any_of(
        settings, [](const ServerSetting& one) { return one.form == SettingForm::reference; });
    if (has_references) file_.text.append("#\n").append(reference_heading);
    for (const ServerSetting& one : settings) {
      if (const std::string_view trouble = trouble_with(one); trouble.empty())
        add(one);
      else
        file_.left_out.push_back(text::quoted(variable_of(one)) + " is left out: " + std::string(trouble));
    }
    return std::move(file_);
  }

 private:
  // Why there can be no line for it; "" if there can.
  static std::string_view trouble_with(const ServerSetting& setting) {
    if (!is_shell_name(variable_of(setting))) return "neither shells nor systemd know variables of this name";
    if (setting.name.find("__") != std::string::npos)
      return "the server takes `__` in a variable's name for the end of a section";
    const bool is_refused = std::ranges::any_of(setting.text, is_refused_character) ||
                            std::ranges::any_of(setting.parts, [](const config::TextPart& one) {
                              return std::ranges::any_of(one.text, is_refused_character);
                            });
    return is_refused ? "its value has a control character, which systemd refuses" : "";
  }

  void add(const ServerSetting& setting) {
    if (setting.section != section_) file_.text += '\n';
    section_ = setting.section;
    const std::string name = variable_of(setting);
    if (setting.form == SettingForm::reference) {
      add_comment(name + "=\"" + text_of(setting.parts) + "\"");
    } else if (std::ranges::all_of(setting.text, is_plain_character)) {
      file_.text.append(name).append("=").append(setting.text).append("\n");
    } else {
      file_.text.append(name).append("=\"").append(escaped_text(setting.text)).append("\"\n");
      file_.quoted.push_back(name);
    }
  }

  static std::string text_of(const std::vector<config::TextPart>& parts) {
    std::string made;
    for (const config::TextPart& one : parts)
      made += one.is_reference ? "${" + one.text + "}" : escaped_text(one.text);
    return made;
  }

  // A value may have several lines.
  void add_comment(std::string_view lines) {
    file_.text += "# ";
    for (const char c : lines) {
      file_.text += c;
      if (c == '\n') file_.text += "# ";
    }
    file_.text += '\n';
  }

  EnvironmentFile file_;
  std::string section_;
};

}  // namespace

EnvironmentFile write_environment(std::span<const ServerSetting> settings) {
  return EnvironmentWriter().write(settings);
}

}  // namespace honua::exporting
