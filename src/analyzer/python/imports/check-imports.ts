import { didYouMean } from "../../../domain/did-you-mean.ts";
import type { Finding } from "../../finding.ts";
import type { Bindings } from "../binding/binding.ts";
import { decoratorModules, decoratorNames } from "../decorators/decorator-modules.ts";
import { findingOf } from "../finding-of.ts";
import { whyBanned } from "./banned-modules.ts";
import type { SourceImport } from "./list-imports.ts";

/** What the imports of a file are refused for. */
export function checkImports(imports: readonly SourceImport[], bindings: Bindings): Finding[] {
  const known = imports.filter(({ isTypeOnly }) => !isTypeOnly || setsTypeChecking(bindings));
  const findings = known.flatMap((imported) => checkImport(imported));
  // `from os import a, b` is one finding.
  const seen = new Set<number>();
  return findings.filter(({ span }) => !seen.has(span.from) && seen.add(span.from));
}

function checkImport({ module, name, moduleSpan, nameSpan }: SourceImport): Finding[] {
  if (module.startsWith(".")) {
    const message = `${module} is a relative import: a function's source is one file, with nothing beside it`;
    return [findingOf("error", "imports", "relative_import", moduleSpan, message, "put what it needs into this file")];
  }
  const direct = whyBanned(module);
  if (direct !== null) return [forbidden(module, moduleSpan, direct)];
  const full = name === null ? module : `${module}.${name}`;
  const through = whyBanned(full);
  if (through !== null) return [forbidden(full, nameSpan, through)];
  if (name === null || name === "*" || !decoratorModules.includes(module)) return [];
  if (decoratorNames.includes(name) || decoratorModules.includes(full)) return [];
  const meant = didYouMean(name, decoratorNames);
  const message = `${module} has no ${name}; it has ${decoratorNames.join(", ")}`;
  return [
    findingOf(
      "error",
      "decorator",
      "unknown_decorator",
      nameSpan,
      message,
      meant === null ? null : `did you mean ${meant}?`,
    ),
  ];
}

function forbidden(module: string, span: SourceImport["moduleSpan"], reason: string): Finding {
  const message = `${module} may not be imported: it ${reason}`;
  const suggestion = "take what the function needs as its parameters, and return what it makes";
  return findingOf("error", "imports", "forbidden_import", span, message, suggestion);
}

/** `TYPE_CHECKING` is false unless a file sets it. */
function setsTypeChecking(bindings: Bindings): boolean {
  return (bindings.get("TYPE_CHECKING") ?? []).some(({ bound }) => {
    return bound.type !== "import" || !/^(typing|typing_extensions)\.TYPE_CHECKING$/.test(bound.path);
  });
}
