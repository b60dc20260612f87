import type { Docstring } from "../contract/function/analysis.ts";
import type { Parameter, Returns } from "../contract/function/signature.ts";
import type { TemplateInterface } from "../contract/template/document.ts";
import type { Finding } from "./finding.ts";

/** What a function's signature, types and comments say of how it is called. */
export interface DerivedInterface {
  interface: TemplateInterface;
  parameters: Parameter[];
  returns: Returns;
  docs: Docstring;
  findings: Finding[];
}
