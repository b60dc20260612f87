import { version } from "../../contract/artifact/version.ts";
import type { Finding } from "../finding.ts";
import { findingOf } from "./finding-of.ts";
import type { PythonModule } from "./syntax/python-module.ts";

/** The version that a file asks for in `__version__`; one that is no version is said to be none. */
export function readVersion(module: PythonModule): { version: string | null; findings: Finding[] } {
  const written = module.assigned.get("__version__");
  if (written?.type !== "string" || written.value === null) return { version: null, findings: [] };
  const parsed = version.safeParse(written.value);
  if (parsed.success) return { version: parsed.data, findings: [] };
  const message = `__version__ is ${JSON.stringify(written.value)}, which is no version, so the registry picks one`;
  const suggestion = "write MAJOR.MINOR.PATCH, like 1.2.0";
  return {
    version: null,
    findings: [findingOf("warning", "decorator", "ignored_version", written, message, suggestion)],
  };
}
