// SPDX-License-Identifier: MIT
#include "evaluation/dump.h"

#include <map>

namespace honua::evaluation {

namespace {

void append_body(std::string& out, syntax::Body body, EvaluationContext& context, Secrets secrets);

void append_attributes(std::string& out, syntax::Body body, EvaluationContext& context, Secrets secrets) {
  std::map<std::string, std::string> texts;
  // Of attributes with the same name the first one stands.
  for (const syntax::Attribute& attribute : body.attributes()) {
    texts.try_emplace(attribute.name(), to_json(evaluate(attribute.expression(), context), secrets));
  }
  bool first = true;
  for (const auto& [name, text] : texts) {
    if (!first) out += ',';
    first = false;
    append_json_string(out, name);
    out += ':';
    out += text;
  }
}

void append_block(std::string& out, const syntax::Block& block, EvaluationContext& context, Secrets secrets) {
  out += "{\"type\":";
  append_json_string(out, block.type());
  out += ",\"labels\":[";
  bool first = true;
  for (const syntax::Label& label : block.labels()) {
    if (!first) out += ',';
    first = false;
    append_json_string(out, label.value());
  }
  const std::uint32_t line = block.tree().file().position(block.data().begin).line;
  out += "],\"line\":" + std::to_string(line) + ",\"body\":";
  append_body(out, block.body(), context, secrets);
  out += '}';
}

void append_body(std::string& out, syntax::Body body, EvaluationContext& context, Secrets secrets) {
  out += "{\"attributes\":{";
  append_attributes(out, body, context, secrets);
  out += "},\"blocks\":[";
  bool first = true;
  for (const syntax::Block& block : body.blocks()) {
    if (!first) out += ',';
    first = false;
    append_block(out, block, context, secrets);
  }
  out += "]}";
}

}  // namespace

std::string dump_evaluated_body(syntax::Body body, EvaluationContext& context, Secrets secrets) {
  std::string out;
  append_body(out, body, context, secrets);
  return out;
}

}  // namespace honua::evaluation
