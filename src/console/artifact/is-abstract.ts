import type { Callable } from "../../contract/artifact/callable.ts";

/** Whether it exists to be extended only, and cannot run. */
export function isAbstract(callable: Callable | null): boolean {
  return callable !== null && "abstract" in callable && callable.abstract === true;
}
