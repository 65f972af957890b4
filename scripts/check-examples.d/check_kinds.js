// SPDX-License-Identifier: MIT
// check_kinds.js NODE_MODULES: reads Kubernetes objects, a list in JSON, and prints what is wrong with them, a list of
// texts: what the kind's schema refuses, and members that it does not know.
"use strict";
const path = require("path");
const fs = require("fs");

// Whatever a validator knows, it reads: what it has not read is no member of the kind.
function watched(value, place, seen, known) {
  if (value === null || typeof value !== "object") return value;
  if (!known.has(value)) {
    const members = new Set();
    seen.push({ value, place, members });
    known.set(value, new Proxy(value, {
      get(target, name) {
        const member = Reflect.get(target, name);
        if (typeof name !== "string") return member;
        members.add(name);
        return watched(member, `${place}/${name}`, seen, known);
      },
    }));
  }
  return known.get(value);
}

function problemsOf(object, modules) {
  const name = `${object.kind} ${object.metadata && object.metadata.name}`;
  let Kind;
  try {
    Kind = require(path.join(modules, "kubernetes-models", object.apiVersion))[object.kind];
  } catch (error) {
    Kind = undefined;
  }
  if (Kind === undefined) return [`${name}: there is no such kind in ${object.apiVersion}`];
  const problems = [];
  const model = new Kind(object);
  const seen = [];
  try {
    Kind.prototype.validate.call(watched(model, "", seen, new Map()));
  } catch (error) {
    problems.push(`${name}: ${error.message}`);
  }
  for (const one of seen) {
    if (Array.isArray(one.value)) continue;
    for (const member of Object.keys(one.value)) {
      if (!one.members.has(member)) problems.push(`${name}: ${one.place}/${member} is no member of its kind`);
    }
  }
  return problems;
}

const objects = JSON.parse(fs.readFileSync(0, "utf8"));
const problems = objects.flatMap((object) => problemsOf(object, path.resolve(process.argv[2])));
process.stdout.write(JSON.stringify(problems));
