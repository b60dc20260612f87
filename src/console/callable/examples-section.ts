import type { Example } from "../../contract/template/document.ts";
import { codeBlock } from "../parts/code-block.ts";
import { element } from "../parts/element.ts";

/** A template's examples, one to be opened at a time. */
export function examplesSection(examples: readonly Example[]): HTMLElement | null {
  if (examples.length === 0) return null;
  return element("section", {}, element("h2", {}, "Examples"), ...examples.map(exampleBox));
}

function exampleBox(example: Example, index: number): HTMLElement {
  return element(
    "details",
    { open: index === 0 },
    element("summary", {}, example.name),
    example.description === undefined ? null : element("p", {}, example.description),
    codeBlock(`inputs of ${example.name}`, JSON.stringify(example.inputs, null, 2), "json"),
    example.outputs === undefined ? null : element("p", { class: "quiet" }, "gives"),
    example.outputs === undefined
      ? null
      : codeBlock(`outputs of ${example.name}`, JSON.stringify(example.outputs, null, 2), "json"),
  );
}
