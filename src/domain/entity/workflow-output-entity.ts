import { attributeSources } from "../workflow-run/attribute-sources.ts";
import type { SourcedMap } from "../workflow-run/sourced.ts";
import { outputEntity } from "./make-entity.ts";
import type { NewEntity } from "./new-entity.ts";

type Birth = Omit<Parameters<typeof outputEntity>[0], "data" | "outputIndex">;

/** What a run of a workflow gave: made by the run from its input entity, and each part of it from where its steps had it. */
export function workflowOutputEntity({ outputs, ...birth }: Birth & { outputs: SourcedMap }): NewEntity {
  const made = outputEntity({ ...birth, data: outputs.values, outputIndex: 0 });
  const { attributeSource, borrowed } = attributeSources(outputs);
  return { ...made, attributeSource, borrowed: [...made.borrowed, ...borrowed] };
}
