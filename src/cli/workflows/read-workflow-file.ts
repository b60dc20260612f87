import { type WorkflowDocument, workflowDocument } from "../../contract/workflow/document.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { checkDocuments } from "../documents/check-documents.ts";
import { readDocuments } from "../documents/read-documents.ts";
import { isThere, standardInput } from "../find-files.ts";
import { isAccepted } from "../sources/check-sources.ts";
import type { FileIssue } from "../terminal/render-issues.ts";

/** A workflow out of a file, or all that is wrong with it. */
export type WorkflowFile =
  | { workflow: WorkflowDocument }
  | { workflow: null; issues: FileIssue[]; texts: Map<string, string> };

/** Whether a text means a file rather than a workflow's name. */
export async function isWorkflowFile(text: string): Promise<boolean> {
  return text === standardInput || /\.(ya?ml|json)$/i.test(text) || (await isThere(text));
}

/** Reads the one workflow of a file. Only one that passes every rule can be drawn. */
export async function readWorkflowFile(path: string): Promise<WorkflowFile> {
  const { documents, sources: texts } = await readDocuments([path]);
  const [source, another] = documents;
  if (source === undefined) throw new CommandRefusal(`${path} holds no document`);
  if (another !== undefined) {
    throw new CommandRefusal(`${path} holds ${documents.length} documents; give a file with the one that is meant`);
  }
  if (source.kind !== null && source.kind !== "workflow") {
    throw new CommandRefusal(`${path} holds a document of kind ${source.kind}, not a workflow`);
  }
  const issues = (await checkDocuments([source], null)).flatMap((checked) => checked.issues);
  const workflow = workflowDocument.safeParse(source.document?.value).data;
  if (workflow !== undefined && isAccepted({ issues })) return { workflow };
  return { workflow: null, issues: issues.map((found) => ({ ...found, file: source.file })), texts };
}
