import { anything, type Derived, just, placeOf, refuseOf, type Type, type TypeReading } from "./type-reading.ts";

/** Refuses a type whose values JSON does not have, and says what would do. */
export function notJson(reading: TypeReading, type: Type, what: string): Derived {
  const verb = reading.side === "input" ? "comes in" : "goes out";
  const message = `what ${verb} is JSON, and ${what} is none`;
  refuseOf(reading, placeOf(type), "not_json", message, instead.get(what) ?? "use strings, numbers, lists and objects");
  return just(anything);
}

const instead: ReadonlyMap<string, string> = new Map([
  ["a Date", "use a string with `/** @format date-time */`: toISOString() gives one, and new Date(text) takes it"],
  ["a bigint", "use a number, or a string of digits"],
  ["a Map", "use an object: Record<string, …>"],
  ["a Set", "use a list: [...set] gives one, and new Set(list) takes it"],
  ["a function", "use the name of what is to be done"],
  ["a symbol", "use a string"],
  ["a RegExp", "use the pattern as a string"],
  ["a URL", "use a string with `/** @format uri */`"],
  ["a Promise", "use the value itself"],
]);

const binary = "bytes";

/** Well-known classes whose instances are no JSON, and how they are called in a message. */
export const notJsonTypes: ReadonlyMap<string, string> = new Map([
  ["Date", "a Date"],
  ["Map", "a Map"],
  ["ReadonlyMap", "a Map"],
  ["WeakMap", "a Map"],
  ["Set", "a Set"],
  ["ReadonlySet", "a Set"],
  ["WeakSet", "a Set"],
  ["Function", "a function"],
  ["Symbol", "a symbol"],
  ["BigInt", "a bigint"],
  ["RegExp", "a RegExp"],
  ["URL", "a URL"],
  ["Promise", "a Promise"],
  ["PromiseLike", "a Promise"],
  ["Error", "an Error"],
  ["ArrayBuffer", binary],
  ["ArrayBufferLike", binary],
  ["SharedArrayBuffer", binary],
  ["DataView", binary],
  ["Blob", binary],
  ["File", binary],
  ["Buffer", binary],
  ...["Int8", "Uint8", "Uint8Clamped", "Int16", "Uint16", "Int32", "Uint32", "Float32", "Float64", "BigInt64"].map(
    (kind): [string, string] => [`${kind}Array`, "a typed array"],
  ),
  ["ReadableStream", "a stream"],
  ["Request", "a Request"],
  ["Response", "a Response"],
  ["Generator", "a generator"],
  ["AsyncGenerator", "a generator"],
  ["Iterator", "an iterator"],
  ["Iterable", "an iterator"],
  ["AsyncIterable", "an iterator"],
]);
