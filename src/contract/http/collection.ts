import type { z } from "zod";
import type { ArtifactKind } from "../artifact/kind.ts";
import { artifactName, templateName } from "../artifact/name.ts";
import { functionName } from "../function/name.ts";

/** One kind of artifact as its routes name it. */
export interface Collection {
  kind: ArtifactKind;
  path: `/v1/${string}`;
  /** In ids of operations: `listTemplates`, `getTemplateTag`. */
  Noun: string;
  /** In titles: `Templates`. */
  Plural: string;
  name: z.ZodString;
}

export const templateCollection: Collection = {
  kind: "template",
  path: "/v1/templates",
  Noun: "Template",
  Plural: "Templates",
  name: templateName,
};

export const workflowCollection: Collection = {
  kind: "workflow",
  path: "/v1/workflows",
  Noun: "Workflow",
  Plural: "Workflows",
  name: artifactName,
};

export const agentCollection: Collection = {
  kind: "agent",
  path: "/v1/agents",
  Noun: "Agent",
  Plural: "Agents",
  name: artifactName,
};

export const functionCollection: Collection = {
  kind: "function",
  path: "/v1/functions",
  Noun: "Function",
  Plural: "Functions",
  name: functionName,
};
