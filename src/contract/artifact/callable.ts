import type { FunctionDefinition } from "../function/document.ts";
import type { AbstractTemplate, Template } from "../template/document.ts";

/** What templates and functions have in common: an interface that is looked up, documented, checked and compared. */
export type Callable = Template | FunctionDefinition;

/** Abstract templates exist to be extended: they cannot run. */
export function isAbstract(callable: Callable): callable is AbstractTemplate {
  return "abstract" in callable && callable.abstract === true;
}
