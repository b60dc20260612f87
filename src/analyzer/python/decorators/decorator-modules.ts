import { arrayRuntimes, type FunctionRuntime } from "../../../contract/function/runtime.ts";

/** Where our decorators are imported from. */
export const decoratorModules: readonly string[] = [
  "callsheet.memory",
  "openhcs.core.memory",
  "openhcs.core.memory.decorators",
];

/** Our decorators, each named for its runtime. */
export const decoratorRuntimes = [...arrayRuntimes, "python"] as const satisfies readonly FunctionRuntime[];
export type DecoratorRuntime = (typeof decoratorRuntimes)[number];

/** The same, as plain words. */
export const decoratorNames: readonly string[] = decoratorRuntimes;

/** The decorator of that name; null when there is none. */
export function decoratorOf(name: string): DecoratorRuntime | null {
  return decoratorRuntimes.find((runtime) => runtime === name) ?? null;
}

/** What a dotted path names within one of our modules, like `numpy`; null when it leads elsewhere. */
export function nameInOurModules(path: string): string | null {
  if (decoratorModules.includes(path)) return null;
  const parent = path.slice(0, Math.max(0, path.lastIndexOf(".")));
  return decoratorModules.includes(parent) ? path.slice(parent.length + 1) : null;
}
