import type { ConcreteTemplate } from "../../../src/contract/template/document.ts";
import type { Field } from "../../../src/contract/template/field.ts";

/** A valid template; a test states only what matters to it. */
export function aTemplate(
  parts: Partial<ConcreteTemplate> & { inputs?: Record<string, Field>; outputs?: Record<string, Field> } = {},
): ConcreteTemplate {
  const { inputs = {}, outputs = {}, ...rest } = parts;
  return {
    id: "sharpen",
    version: "1.0.0",
    name: "Sharpen",
    interface: { inputs, outputs },
    requirements: { resources: { gpu: false, cpu_cores: 1, memory_gb: 2 } },
    ...rest,
  };
}
