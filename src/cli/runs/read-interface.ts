import { functionDefinition } from "../../contract/function/document.ts";
import type { CallableKind } from "../../contract/http/artifacts.ts";
import { concreteTemplate, type Inputs, type Outputs } from "../../contract/template/document.ts";
import { workflowDocument } from "../../contract/workflow/document.ts";
import { interfaceOfWorkflow } from "../../domain/workflow/skill-interface.ts";

/** What can be run takes and gives. `inputs` is null where anything may be given. */
export interface ReadInterface {
  inputs: Inputs | null;
  outputs: Outputs;
}

/** What a document declares that is complete; null where it is not, or cannot be read. */
export function readInterface(kind: CallableKind, document: Record<string, unknown>): ReadInterface | null {
  switch (kind) {
    case "template":
      return concreteTemplate.safeParse(document.template).data?.interface ?? null;
    case "function":
      return functionDefinition.safeParse(document.function).data?.interface ?? null;
    case "workflow": {
      const read = workflowDocument.safeParse(document);
      if (!read.success) return null;
      const { inputs, outputs } = interfaceOfWorkflow(read.data);
      return { inputs, outputs: outputs ?? {} };
    }
  }
}
