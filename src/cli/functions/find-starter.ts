import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { arrayRuntimes } from "../../contract/function/runtime.ts";
import { packageFolder } from "../package-facts.ts";

const endings = { python: ".py", typescript: ".ts", javascript: ".js" } as const;

/** What a starter is asked for by: an array library, or a language. */
export type StarterKind = (typeof starterKinds)[number];
export const starterKinds = [...arrayRuntimes, "python", "typescript", "javascript"] as const;

/** A source to begin with, as it ships with the CLI. */
export interface ShippedStarter {
  kind: StarterKind;
  source: string;
  /** The name that its function has. */
  name: string;
  /** How its file's name ends, dot and all. */
  ending: string;
}

/** Reads a starter from the package; no registry is asked. */
export async function findStarter(kind: StarterKind): Promise<ShippedStarter> {
  const ending = kind === "typescript" || kind === "javascript" ? endings[kind] : endings.python;
  const path = join(packageFolder, "templates", "starters", `${kind}${ending}`);
  const source = await readFile(path, "utf8");
  const [, name] = definition.exec(source) ?? [];
  if (name === undefined) throw new Error(`${path} defines no function`);
  return { kind, source, name: name, ending };
}

/** The starter's source with another name for its function. Its own name stands nowhere else: a starter does not call itself. */
export function renameFunction({ source, name }: ShippedStarter, wanted: string): string {
  return source.replace(definition, (text) => text.slice(0, -name.length) + wanted);
}

/** Where a starter names its function: the first that is not private. */
const definition = /^(?:(?:async )?def |export (?:default )?(?:async )?function )([A-Za-z]\w*)/m;
