import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import type { FailureCode } from "../../contract/failure.ts";
import type { Issue } from "../../contract/issue.ts";
import { limits } from "../../contract/limits.ts";
import type { DocumentKind } from "../../domain/document/kind-of-document.ts";
import type { FileArtifact } from "../../domain/webhook/diff-files.ts";
import { refusalIssue } from "../../domain/webhook/file-refusal.ts";
import { moveDown, type PushedContent, type PushedDocument } from "../../domain/webhook/read-pushed-file.ts";
import { agentKind } from "../agent/prepare-agent.ts";
import { registerDocuments } from "../artifact/register-documents.ts";
import type { RegisterSourceNeeds } from "../function/register-source.ts";
import { registerSources } from "../function/register-sources.ts";
import type { DocumentSource } from "../registration/document-source.ts";
import { registerTemplates } from "../template/register-templates.ts";
import { AssumedSkills } from "../workflow/assumed-skills.ts";
import { workflowKindOf } from "../workflow/workflow-kind.ts";

/** What registering a file did, or, as a dry run, would do. */
export interface FileResult {
  status: "created" | "unchanged" | "rejected" | "skipped";
  artifacts: FileArtifact[];
  code: FailureCode | null;
  message: string | null;
  issues: Issue[];
  seq: number | null;
}

/** A part that registering needs did not answer: nobody's fault who wrote a file. */
export class RegistryAway extends Error {}

interface Unit {
  path: string;
  kind: ArtifactKind;
  results: readonly { name: string | null; version: string | null; seq: number | null }[];
  status: "created" | "unchanged" | "rejected";
  code: FailureCode | null;
  message: string | null;
  issues: readonly Issue[];
}

/** Registers what files hold, kinds in the order in which they need each other. A dry run's members see those before them as published. */
export async function registerFiles(
  needs: RegisterSourceNeeds,
  contents: ReadonlyMap<string, PushedContent>,
  how: { by: string; isDryRun: boolean },
): Promise<Map<string, FileResult>> {
  const assumed = new AssumedSkills();
  const assuming = { ...how, assume: assumed.add.bind(assumed) };
  const documents = [...contents].flatMap(([path, content]) =>
    content.type === "documents" ? content.documents.map((document) => ({ path, document })) : [],
  );
  const ofKind = (kind: DocumentKind) => documents.filter(({ document }) => document.kind === kind);
  const units: Unit[] = [];
  const templates = ofKind("template");
  if (templates.length > 0) {
    const { results } = await registerTemplates(needs, templates.map(sourceOf), assuming);
    units.push(...results.flatMap((result) => unitOf(templates[result.index], result)));
  }
  units.push(...(await registerAllSources(needs, contents, assuming)));
  for (const kind of ["agent", "workflow"] as const) {
    const members = ofKind(kind);
    if (members.length === 0) continue;
    const registering = kind === "agent" ? agentKind : workflowKindOf(needs, assumed);
    const { results } = await registerDocuments(needs, registering, members.map(sourceOf), how);
    units.push(...results.flatMap((result) => unitOf(members[result.index], result)));
  }
  const byPath = Map.groupBy(units, ({ path }) => path);
  return new Map([...contents].map(([path, content]) => [path, resultOf(content, byPath.get(path) ?? [])]));
}

interface Member {
  path: string;
  document: PushedDocument;
}

function sourceOf({ path, document: { reading, text } }: Member): DocumentSource {
  return {
    reading,
    bytes: new TextEncoder().encode(text),
    mediaType: /\.json$/i.test(path) ? "application/json" : "application/yaml",
    file: fileName(path),
  };
}

/** Of a path that is longer than a file's name may be, its end. */
function fileName(path: string): string {
  return path.length <= limits.fileNameLength ? path : path.slice(-limits.fileNameLength);
}

function unitOf(
  member: Member | undefined,
  result: Omit<Unit, "path" | "kind" | "results"> & Unit["results"][number],
): Unit[] {
  if (member === undefined) return [];
  const { path, document } = member;
  const { status, code, message } = answered(result);
  const issues = placed(result, document).map((issue) => moveDown(issue, document.firstLine - 1));
  return [{ path, kind: document.kind, results: [result], status, code, message, issues }];
}

/** A refusal that has no place of its own stands where the document says its version. */
function placed(
  { status, code, message, issues }: Pick<Unit, "status" | "code" | "message" | "issues">,
  given: PushedDocument,
): readonly Issue[] {
  if (status !== "rejected" || code === null || code === "INVALID_DOCUMENT") return issues;
  const { document } = given.reading;
  const own = refusalIssue(code, message ?? code, document === null ? null : { kind: given.kind, document });
  if (!issues.some(({ severity }) => severity === "error")) return [own, ...issues];
  return issues.map((issue) => (issue.line === null ? { ...issue, line: own.line, column: own.column } : issue));
}

async function registerAllSources(
  needs: RegisterSourceNeeds,
  contents: ReadonlyMap<string, PushedContent>,
  how: Parameters<typeof registerSources>[2],
): Promise<Unit[]> {
  const sources = [...contents].flatMap(([path, content]) =>
    content.type === "source" ? [{ path, language: content.language, text: content.text }] : [],
  );
  if (sources.length === 0) return [];
  const members = sources.map(({ path, language, text }) => {
    const bytes = new TextEncoder().encode(text);
    const value = { bytes, text, language, file: fileName(path), version: null };
    return { file: path, source: { ok: true as const, value } };
  });
  const { results } = await registerSources(needs, members, how);
  return results.flatMap((result) => {
    const path = sources[result.index]?.path;
    if (path === undefined) return [];
    const { status, code, message } = answered(result);
    const isTold = status !== "rejected" || code === null || result.issues.some(({ severity }) => severity === "error");
    const issues = isTold ? result.issues : [refusalIssue(code, message ?? code, null), ...result.issues];
    return [{ path, kind: "function" as const, results: result.functions, status, code, message, issues }];
  });
}

/** A result that says something about the file, and not about the registry. */
function answered<R extends { code: FailureCode | null; message: string | null }>(result: R): R {
  const { code, message } = result;
  if (code === "UNAVAILABLE" || code === "INTERNAL") throw new RegistryAway(message ?? code);
  return result;
}

function resultOf(content: PushedContent, units: readonly Unit[]): FileResult {
  const nothing = { artifacts: [], code: null, seq: null };
  if (content.type === "skipped") return { ...nothing, status: "skipped", message: content.message, issues: [] };
  if (content.type === "rejected") {
    return {
      ...nothing,
      status: "rejected",
      code: "INVALID_DOCUMENT",
      message: content.message,
      issues: content.issues,
    };
  }
  const refused = units.filter(({ status }) => status === "rejected");
  const [first] = refused;
  if (first !== undefined && refused.every(isWithoutFunction)) {
    return { ...nothing, status: "skipped", message: "the source publishes no function", issues: [] };
  }
  const artifacts = units.flatMap(({ kind, results }) =>
    results.flatMap(({ name, version }) => (name === null ? [] : [{ kind, name, version }])),
  );
  const seqs = units.flatMap(({ results }) => results.flatMap(({ seq }) => seq ?? []));
  const isNew = units.some(({ status }) => status === "created");
  return {
    status: first !== undefined ? "rejected" : isNew ? "created" : "unchanged",
    artifacts,
    code: first?.code ?? null,
    message: first?.message ?? null,
    issues: units.flatMap(({ issues }) => issues).slice(0, limits.issues),
    seq: seqs.length === 0 ? null : Math.max(...seqs),
  };
}

/** Code of something else that lies among functions. */
function isWithoutFunction({ kind, issues }: Unit): boolean {
  const errors = issues.filter(({ severity }) => severity === "error");
  return kind === "function" && errors.length > 0 && errors.every(({ code }) => code === "no_function");
}
