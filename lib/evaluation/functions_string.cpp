// SPDX-License-Identifier: MIT
#include <algorithm>

#include "evaluation/functions_impl.h"
#include "text/unicode.h"

// Functions on texts. Behaviour follows the reference's standard library;
// "character" means grapheme cluster throughout.
namespace honua::evaluation {

namespace {

// Searching compares at each position in the worst case, many bytes at a time.
bool charge_search(std::string_view text, std::string_view wanted, WorkBudget& budget) {
  return budget.charge(std::uint64_t{text.size()} * wanted.size() / 4096);
}

FunctionResult upper(Arguments arguments, WorkBudget&) {
  return Value::string(text::to_upper(arguments[0].as_string()));
}

FunctionResult lower(Arguments arguments, WorkBudget&) {
  return Value::string(text::to_lower(arguments[0].as_string()));
}

// What ends a word for title(): ASCII other than letters, digits and `_`;
// beyond ASCII, white space.
bool separates_words(char32_t c) {
  if (c >= 0x80) return text::is_space(c);
  const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  return !word;
}

FunctionResult title(Arguments arguments, WorkBudget&) {
  const std::string& in = arguments[0].as_string();
  std::string out;
  bool at_start = true;
  for (std::size_t at = 0; at < in.size();) {
    const text::CodePoint point = text::decode(in, at);
    const std::string_view character = std::string_view(in).substr(at, point.size);
    out += at_start ? text::to_upper(character) : std::string(character);
    at_start = !point.valid || separates_words(point.value);
    at += point.size;
  }
  return Value::string(std::move(out));
}

FunctionResult strrev(Arguments arguments, WorkBudget&) {
  const std::string_view in = arguments[0].as_string();
  std::string out(in.size(), '\0');
  std::size_t end = in.size();
  for (std::size_t at = 0; at < in.size();) {
    const std::size_t size = text::first_grapheme(in.substr(at));
    end -= size;
    in.copy(out.data() + end, size, at);
    at += size;
  }
  return Value::string(std::move(out));
}

// The byte behind the first `count` characters.
std::size_t skip_characters(std::string_view text, std::int64_t count) {
  std::size_t at = 0;
  while (at < text.size() && count-- > 0) at += text::first_grapheme(text.substr(at));
  return at;
}

FunctionResult substr(Arguments arguments, WorkBudget&) {
  std::string_view in = arguments[0].as_string();
  auto offset = whole_number(arguments, 1);
  if (!offset) return tl::unexpected(offset.error());
  const auto length = whole_number(arguments, 2);
  if (!length) return tl::unexpected(length.error());
  if (*offset < 0) *offset += static_cast<std::int64_t>(text::count_graphemes(in));
  in.remove_prefix(skip_characters(in, *offset));
  if (*length >= 0) in = in.substr(0, skip_characters(in, *length));
  return Value::string(std::string(in));
}

FunctionResult join(Arguments arguments, WorkBudget& budget) {
  const std::string& separator = arguments[0].as_string();
  if (arguments.size() < 2) return failed("at least one list is required");
  std::uint64_t bytes = 0;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    const auto& elements = arguments[i].elements();
    for (std::size_t k = 0; k < elements.size(); ++k) {
      if (elements[k].is_null()) {
        return bad_argument(i, "element " + std::to_string(k) + " is null, which cannot be joined");
      }
      bytes += elements[k].as_string().size() + separator.size();
    }
  }
  if (auto error = check_string(bytes, budget)) return tl::unexpected(std::move(*error));
  std::string out;
  bool first = true;
  for (const Value& list : arguments.subspan(1)) {
    for (const Value& element : list.elements()) {
      if (!first) out += separator;
      first = false;
      out += element.as_string();
    }
  }
  return Value::string(std::move(out));
}

// An empty separator splits between all code points.
std::vector<Value> split_text(std::string_view text, std::string_view separator) {
  std::vector<Value> parts;
  if (separator.empty()) {
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t size = text::decode(text, at).size;
      parts.push_back(Value::string(std::string(text.substr(at, size))));
      at += size;
    }
    return parts;
  }
  std::size_t begin = 0;
  for (;;) {
    const std::size_t end = text.find(separator, begin);
    parts.push_back(Value::string(std::string(text.substr(begin, end - begin))));
    if (end == std::string_view::npos) return parts;
    begin = end + separator.size();
  }
}

// Where each occurrence begins; an empty text occurs around every code point.
std::vector<std::size_t> occurrences(std::string_view text, std::string_view wanted) {
  std::vector<std::size_t> found;
  if (wanted.empty()) {
    for (std::size_t at = 0; at < text.size(); at += text::decode(text, at).size) found.push_back(at);
    found.push_back(text.size());
    return found;
  }
  for (std::size_t at = text.find(wanted); at != std::string_view::npos;
       at = text.find(wanted, at + wanted.size())) {
    found.push_back(at);
  }
  return found;
}

FunctionResult split(Arguments arguments, WorkBudget& budget) {
  const std::string& text = arguments[1].as_string();
  const std::string& separator = arguments[0].as_string();
  if (!charge_search(text, separator, budget)) return over_limit("the limit on work is reached");
  const std::size_t parts = separator.empty() ? text.size() : occurrences(text, separator).size() + 1;
  if (auto error = check_elements(parts, budget)) return tl::unexpected(std::move(*error));
  return Value::list(split_text(text, separator));
}

FunctionResult replace(Arguments arguments, WorkBudget& budget) {
  const std::string& text = arguments[0].as_string();
  const std::string& wanted = arguments[1].as_string();
  const std::string& replacement = arguments[2].as_string();
  if (!charge_search(text, wanted, budget)) return over_limit("the limit on work is reached");
  const std::vector<std::size_t> found = occurrences(text, wanted);
  if (auto error = check_string(text.size() + found.size() * replacement.size(), budget)) {
    return tl::unexpected(std::move(*error));
  }
  std::string out;
  std::size_t copied = 0;
  for (const std::size_t at : found) {
    out.append(text, copied, at - copied).append(replacement);
    copied = at + wanted.size();
  }
  return Value::string(out.append(text, copied));
}

FunctionResult indent(Arguments arguments, WorkBudget& budget) {
  const auto spaces = whole_number(arguments, 0);
  if (!spaces) return tl::unexpected(spaces.error());
  if (*spaces < 0) return bad_argument(0, "the number of spaces must not be negative");
  const std::string& text = arguments[1].as_string();
  const auto lines = static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
  // Both factors are checked alone first, so that the product cannot wrap.
  const auto width = std::min(static_cast<std::uint64_t>(*spaces), std::uint64_t{max_string_bytes} + 1);
  if (auto error = check_string(text.size() + lines * width, budget))
    return tl::unexpected(std::move(*error));
  std::string out;
  for (const char c : text) {
    out += c;
    if (c == '\n') out.append(width, ' ');
  }
  return Value::string(std::move(out));
}

FunctionResult startswith(Arguments arguments, WorkBudget&) {
  return Value::boolean(arguments[0].as_string().starts_with(arguments[1].as_string()));
}

FunctionResult endswith(Arguments arguments, WorkBudget&) {
  return Value::boolean(arguments[0].as_string().ends_with(arguments[1].as_string()));
}

FunctionResult strcontains(Arguments arguments, WorkBudget& budget) {
  const std::string& text = arguments[0].as_string();
  const std::string& wanted = arguments[1].as_string();
  if (!charge_search(text, wanted, budget)) return over_limit("the limit on work is reached");
  return Value::boolean(text.find(wanted) != std::string::npos);
}

Function on_text(std::string_view name, std::string_view summary, std::string_view example,
                 std::string_view result, Implementation implementation) {
  return {.name = name,
          .parameters = {string_parameter("str")},
          .result = ValueKind::string,
          .summary = summary,
          .example = example,
          .example_result = result,
          .implementation = implementation};
}

void add_changes(Table& table) {
  const Parameter str = string_parameter("str");
  const Parameter strings{"lists", Type::list(Type::string()), false};
  table.push_back(on_text("upper", "Turns all letters into upper case.", "upper(\"wms\")", "\"WMS\"", upper));
  table.push_back(on_text("lower", "Turns all letters into lower case.", "lower(\"WMS\")", "\"wms\"", lower));
  table.push_back(on_text("title", "Turns the first letter of each word into upper case.",
                          "title(\"city parks\")", "\"City Parks\"", title));
  table.push_back(
      on_text("strrev", "Reverses the characters of a text.", "strrev(\"abc\")", "\"cba\"", strrev));
  table.push_back({.name = "substr",
                   .parameters = {str, number_parameter("offset"), number_parameter("length")},
                   .result = ValueKind::string,
                   .summary = "Takes part of a text by characters; a negative offset counts from the end, a "
                              "negative length takes "
                              "the rest.",
                   .example = "substr(\"geometry\", 0, 3)",
                   .example_result = "\"geo\"",
                   .implementation = substr});
  table.push_back({.name = "join",
                   .parameters = {string_parameter("separator")},
                   .variadic = strings,
                   .result = ValueKind::string,
                   .summary = "Joins the strings of one or more lists with a separator between them.",
                   .example = "join(\", \", [\"wms\", \"wfs\"])",
                   .example_result = "\"wms, wfs\"",
                   .implementation = join,
                   .unknowns = Unknowns::deep});
}

void add_searches(Table& table) {
  const Parameter str = string_parameter("str");
  table.push_back({.name = "split",
                   .parameters = {string_parameter("separator"), str},
                   .result = ValueKind::list,
                   .summary = "Cuts a text into a list at every occurrence of the separator.",
                   .example = "split(\",\", \"wms,wfs\")",
                   .example_result = "[\"wms\",\"wfs\"]",
                   .implementation = split});
  table.push_back({.name = "replace",
                   .parameters = {str, string_parameter("substr"), string_parameter("replacement")},
                   .result = ValueKind::string,
                   .summary = "Replaces every occurrence of a text; the text is taken literally.",
                   .example = "replace(\"a-b-c\", \"-\", \"_\")",
                   .example_result = "\"a_b_c\"",
                   .implementation = replace});
  table.push_back({.name = "indent",
                   .parameters = {number_parameter("spaces"), str},
                   .result = ValueKind::string,
                   .summary = "Adds spaces at the start of every line but the first.",
                   .example = "indent(2, \"a\\nb\")",
                   .example_result = "\"a\\n  b\"",
                   .implementation = indent});
  table.push_back({.name = "startswith",
                   .parameters = {str, string_parameter("prefix")},
                   .result = ValueKind::boolean,
                   .summary = "Tells whether a text starts with another.",
                   .example = "startswith(\"public.roads\", \"public.\")",
                   .example_result = "true",
                   .implementation = startswith});
  table.push_back({.name = "endswith",
                   .parameters = {str, string_parameter("suffix")},
                   .result = ValueKind::boolean,
                   .summary = "Tells whether a text ends with another.",
                   .example = "endswith(\"roads.gpkg\", \".gpkg\")",
                   .example_result = "true",
                   .implementation = endswith});
  table.push_back({.name = "strcontains",
                   .parameters = {str, string_parameter("substr")},
                   .result = ValueKind::boolean,
                   .summary = "Tells whether a text contains another.",
                   .example = "strcontains(\"public.roads\", \"road\")",
                   .example_result = "true",
                   .implementation = strcontains});
}

}  // namespace

void add_string_functions(Table& table) {
  add_changes(table);
  add_searches(table);
}

}  // namespace honua::evaluation
