import type { Run } from "../../contract/run/run.ts";
import { entityBox } from "../entity/entity-box.ts";
import type { Registry } from "../open-registry.ts";
import { element } from "../parts/element.ts";

/** What a run gave; nothing, unless it succeeded. */
export function outputSection(registry: Registry, run: Run, left: AbortSignal): HTMLElement[] {
  if (run.state !== "succeeded") return [];
  return run.outputs.map(({ entity, output_index: index, outputs }) =>
    element(
      "section",
      {},
      element("h2", {}, run.outputs.length === 1 ? "Outputs" : `Outputs ${index + 1} of ${run.outputs.length}`),
      entityBox(registry, "the outputs", entity, outputs, left),
    ),
  );
}
