import type { z } from "zod";
import type { ArtifactKind } from "../artifact/kind.ts";
import { templateName } from "../artifact/name.ts";
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

export const functionCollection: Collection = {
  kind: "function",
  path: "/v1/functions",
  Noun: "Function",
  Plural: "Functions",
  name: functionName,
};
