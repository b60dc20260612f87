// expect error forbidden_import 10:1
// expect error forbidden_import 11:1
// expect error forbidden_import 12:1
// expect error forbidden_import 13:1
// expect error forbidden_import 14:1
// expect error forbidden_import 15:14
// expect error forbidden_import 18:32
// expect error forbidden_import 19:10
// expect error forbidden_import 22:31
import { readFile } from "node:fs/promises";
import type { Inputs } from "./types.ts";
import lodash, * as all from "lodash";
export { other } from "./other.js";
export * from "./more.js";
const path = require("path");

export async function f({ text }: { text: string }): Promise<string> {
  const { createHash } = await import("node:crypto");
  return import.meta.url + text + (typeof createHash) + readFile.name + path + lodash + all;
}

export function g({ a }: { a: import("./types.ts").Inputs }): string {
  return String(a);
}
