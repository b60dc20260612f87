import type { Client } from "../../client/create-client.ts";
import { artifactName } from "../../contract/artifact/name.ts";
import { workflowRoutes } from "../../contract/http/workflows.ts";
import { type WorkflowDocument, workflowDocument } from "../../contract/workflow/document.ts";
import { splitReference } from "../../domain/artifact/parse-reference.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { exitCodes } from "../exit-codes.ts";
import { plainText } from "../terminal/plain-text.ts";

/** A reference to a workflow, where nothing else is meant: its kind may stand before it. */
export function workflowReference(text: string): string {
  const reference = text.replace(/^workflows?\//, "");
  if (artifactName.safeParse(splitReference(reference).name).success) return reference;
  throw new CommandRefusal(
    `${plainText(text)} is no workflow's name; those are made of a-z, 0-9 and single . _ - between them, like code-generation. \`callsheet workflows\` lists them`,
  );
}

/** The workflow that a reference means, as it was published. */
export async function findWorkflow(client: Client, reference: string): Promise<WorkflowDocument> {
  const found = await client.call(workflowRoutes.get, { params: { reference } });
  const read = workflowDocument.safeParse(found.document);
  if (read.success) return read.data;
  throw new CommandRefusal(
    `${found.name} ${found.version} has a document that this callsheet cannot read; update it`,
    exitCodes.internal,
  );
}
