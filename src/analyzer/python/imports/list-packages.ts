import type { SourceImport } from "./list-imports.ts";
import { standardModules } from "./standard-modules.ts";

/** Top-level modules that a runner must be able to import: neither Python's own nor ours, nor such as the file can do without. */
export function listPackages(imports: readonly SourceImport[]): string[] {
  const packages = new Set<string>();
  for (const { module, isTypeOnly, isOptional } of imports) {
    const [top = ""] = module.split(".", 1);
    if (isTypeOnly || isOptional || top === "" || top === "__main__" || standardModules.has(top) || isOurs(module))
      continue;
    packages.add(top);
  }
  return [...packages].sort();
}

/** What every runner carries. Of openhcs that is the decorators alone. */
function isOurs(module: string): boolean {
  return /^callsheet(\.|$)/.test(module) || /^openhcs(\.core(\.memory(\.decorators)?)?)?$/.test(module);
}
