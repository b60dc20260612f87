// What an isolate does around a function. It is read before the function's module, so whatever that changes of the language's own
// objects, these references are the true ones.
import { depth, logLineLength, logLines } from "./limits.js";

export const { parse } = JSON;
const { stringify } = JSON;
const { isArray } = Array;
const isFiniteNumber = Number.isFinite;
const { keys } = Object;
const text = String;
const bind = (method) => Function.prototype.call.bind(method);
const tagOf = bind(Object.prototype.toString);
const isWellFormed = bind(String.prototype.isWellFormed);
const cut = bind(String.prototype.slice);
const append = bind(Array.prototype.push);
const encoder = new TextEncoder();
const encode = encoder.encode.bind(encoder);

let log = [];

/** Begins the log of a call. What is logged outside of one is not kept. */
export function beginLog() {
  log = [];
  return log;
}

for (const method of ["log", "info", "warn", "error", "debug", "trace"]) {
  console[method] = (...values) => {
    if (log.length > logLines) return;
    append(log, log.length === logLines ? `the log ends here: a call keeps ${logLines} lines` : lineOf(values));
  };
}

function lineOf(values) {
  let line = "";
  for (let at = 0; at < values.length && line.length < logLineLength; at++)
    line += `${at === 0 ? "" : " "}${show(values[at])}`;
  return cut(line, 0, logLineLength);
}

function show(value) {
  if (typeof value === "string") return value;
  try {
    if (tagOf(value) === "[object Error]") return text(value.stack);
    return stringify(value) ?? text(value);
  } catch {
    return tagOf(value);
  }
}

/** What was thrown, whatever it is. */
export function describe(thrown) {
  try {
    if (typeof thrown === "object" && thrown !== null) {
      const { name, message, stack } = thrown;
      if (typeof message === "string") {
        const told = typeof name === "string" && name !== "" ? `${name}: ${message}` : message;
        return { message: cut(told, 0, 2000), stack: typeof stack === "string" ? cut(stack, 0, 20_000) : null };
      }
    }
    const what = typeof thrown === "string" ? stringify(cut(thrown, 0, 1000)) : show(thrown);
    return { message: `it threw ${cut(what, 0, 2000)}, which is no Error`, stack: null };
  } catch {
    return { message: "it threw a value that cannot be looked at", stack: null };
  }
}

/** What a function returned, as JSON text; or why it has none. Nothing returned is null. */
export function writeJson(value, mostBytes) {
  const writing = { out: "", mostBytes, problem: null };
  write(writing, value === undefined ? null : value, "", 0);
  if (writing.problem !== null) return { state: "failed", stack: null, ...writing.problem };
  const bytes = encode(writing.out).length;
  if (bytes > mostBytes) return { state: "failed", stack: null, ...tooLarge(mostBytes) };
  return { state: "returned", value: writing.out };
}

function tooLarge(mostBytes) {
  return { code: "output_too_large", message: `what it returned takes more than ${mostBytes} bytes of JSON` };
}

/** Appends a value's JSON. Stops at the first problem. */
function write(writing, given, path, level) {
  if (writing.problem !== null) return;
  const value = withToJson(given);
  switch (typeof value) {
    case "string":
      if (value.length > writing.mostBytes) writing.problem = tooLarge(writing.mostBytes);
      else if (!isWellFormed(value)) refuse(writing, path, "text with half of a surrogate pair, which is no character");
      else put(writing, stringify(value));
      return;
    case "number":
      if (isFiniteNumber(value)) put(writing, value === 0 ? "0" : `${value}`);
      else refuse(writing, path, `the number ${value}`);
      return;
    case "boolean":
      put(writing, value ? "true" : "false");
      return;
    case "object":
      if (value === null) put(writing, "null");
      else if (level >= depth) refuse(writing, path, `something nested deeper than ${depth} levels, or in itself`);
      else if (isArray(value)) writeList(writing, value, path, level);
      else writeObject(writing, value, path, level);
      return;
    default:
      refuse(writing, path, typeof value === "undefined" ? "undefined" : `a ${typeof value}`);
  }
}

/** Dates and their like say themselves what they are in JSON. */
function withToJson(value) {
  if (typeof value !== "object" || value === null) return value;
  const { toJSON } = value;
  return typeof toJSON === "function" ? value.toJSON() : value;
}

function writeList(writing, list, path, level) {
  put(writing, "[");
  for (let at = 0; at < list.length && writing.problem === null; at++) {
    if (at > 0) put(writing, ",");
    write(writing, list[at], `${path}/${at}`, level + 1);
  }
  put(writing, "]");
}

function writeObject(writing, object, path, level) {
  const tag = tagOf(object);
  if (tag !== "[object Object]") {
    refuse(writing, path, `a ${cut(tag, 8, -1)}, whose content JSON cannot say`);
    return;
  }
  put(writing, "{");
  let isFirst = true;
  const names = keys(object);
  for (let at = 0; at < names.length && writing.problem === null; at++) {
    const name = names[at];
    const member = object[name];
    // As JSON has it: a member that is undefined is not there.
    if (member === undefined) continue;
    if (name === "__proto__" || !isWellFormed(name)) {
      refuse(writing, path, `an object with the key ${stringify(name)}, which no document may have`);
      return;
    }
    put(writing, `${isFirst ? "" : ","}${stringify(name)}:`);
    isFirst = false;
    write(writing, member, `${path}/${name}`, level + 1);
  }
  put(writing, "}");
}

function put(writing, piece) {
  if (writing.problem !== null) return;
  writing.out += piece;
  if (writing.out.length > writing.mostBytes) writing.problem = tooLarge(writing.mostBytes);
}

function refuse(writing, path, found) {
  const where = path === "" ? "what it returned" : `what it returned has at ${cut(path, 0, 200)}`;
  const told = path === "" ? `${where} is ${found}` : `${where} ${found}`;
  writing.problem = { code: "not_json", message: `${told}; a function returns JSON values` };
}
