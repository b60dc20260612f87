import type { SourceMediaType } from "../../contract/artifact/published.ts";
import { sourceMediaTypes } from "../../contract/function/runtime.ts";
import type { Issue } from "../../contract/issue.ts";
import { isMap, type JsonMap, own } from "../../domain/document/json-value.ts";
import type { DocumentKind } from "../../domain/document/kind-of-document.ts";
import { languageOfFile } from "../../domain/function/source-language.ts";
import { readDocuments, type SourceDocument } from "../documents/read-documents.ts";
import { textMediaType } from "../files/media-types.ts";
import { sizeOf } from "../files/open-local-file.ts";
import { checkSources } from "../sources/check-sources.ts";
import { readSources } from "../sources/read-sources.ts";

/** What a file that is to be pushed holds, as it says itself. */
export type DescribedFile =
  | {
      type: "document";
      kind: DocumentKind;
      name: string | null;
      version: string | null;
      title: string | null;
      description: string | null;
      /** Whether all that the registry tells of it is written in it, not in a parent. */
      isWhole: boolean;
      mediaType: SourceMediaType;
      text: string;
    }
  | { type: "source"; names: string[]; version: string | null; mediaType: SourceMediaType; text: string }
  /** Neither, or one that cannot be read: then `issues` say why. */
  | { type: "other"; mediaType: string; text: string | null; issues: Issue[] };

/** Reads what a file is, by its name and, where that says document or source, by its content. */
export async function describeFile(path: string): Promise<DescribedFile> {
  await sizeOf(path);
  if (languageOfFile(path) !== null) return describeSource(path);
  if (/\.(ya?ml|json)$/i.test(path)) return describeDocument(path);
  return { type: "other", mediaType: textMediaType(path) ?? anyBytes, text: null, issues: [] };
}

const anyBytes = "application/octet-stream";

async function describeSource(path: string): Promise<DescribedFile> {
  const [checked] = await checkSources(await readSources([path]));
  if (checked === undefined) throw new Error(`${path} was not read`);
  const { source, analysis, issues } = checked;
  const mediaType = sourceMediaTypes[source.language];
  if (analysis === null || analysis.functions.length === 0)
    return { type: "other", mediaType, text: source.text, issues };
  const names = analysis.functions.map(({ id }) => id);
  return { type: "source", names, version: analysis.version, mediaType, text: source.text };
}

async function describeDocument(path: string): Promise<DescribedFile> {
  const { documents, sources } = await readDocuments([path]);
  const text = [...sources.values()][0] ?? null;
  const mediaType = /\.json$/i.test(path) ? "application/json" : "application/yaml";
  const [only, second] = documents;
  if (only?.document == null || only.kind === null || second !== undefined || text === null) {
    const issues = documents.flatMap((one) => one.issues);
    return {
      type: "other",
      mediaType,
      text,
      issues: second === undefined ? issues : [...issues, severalDocuments(second)],
    };
  }
  const { id: name, version, extends: parent } = only.header;
  const told = toldIn(only.kind, isMap(only.document.value) ? only.document.value : {});
  return { type: "document", kind: only.kind, name, version, ...told, isWhole: parent === null, mediaType, text };
}

function severalDocuments({ firstLine }: SourceDocument): Issue {
  return {
    severity: "error",
    path: "",
    line: firstLine,
    column: 1,
    code: "several_documents",
    message: "one document is pushed at a time; a second one begins here",
    suggestion: "split the file, or use callsheet publish",
  };
}

/** Title and description, where each kind has them. */
function toldIn(kind: DocumentKind, value: JsonMap): { title: string | null; description: string | null } {
  const root = { template: own(value, "template"), workflow: own(value, "metadata"), agent: value }[kind];
  const map = isMap(root) ? root : {};
  return { title: textIn(map, "name"), description: textIn(map, "description") };
}

function textIn(map: JsonMap, key: string): string | null {
  const found = own(map, key);
  return typeof found === "string" ? found : null;
}
