import type { FunctionDefinition } from "../function/document.ts";
import type { Template } from "../template/document.ts";

/** What templates and functions have in common: an interface that is looked up, documented, checked and compared. */
export type Callable = Template | FunctionDefinition;
