import { stat } from "node:fs/promises";
import { basename } from "node:path";
import type { CatalogueEntry } from "../../contract/artifact/catalogue.ts";
import { type ArtifactKind, artifactKind, collectionOf } from "../../contract/artifact/kind.ts";
import { repositoryOf } from "../../domain/oci/repository-kind.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { findDocuments } from "../find-files.ts";
import { gatherCatalogue } from "../gather-catalogue.ts";
import { describeFailure } from "../report-failure.ts";
import type { Session } from "../session.ts";
import { count } from "../terminal/plain-text.ts";
import { renderCatalogue } from "../terminal/render-catalogue.ts";
import { type DescribedFile, describeFile } from "./describe-file.ts";
import { ownRepository } from "./plan-push.ts";
import { notRead, type PushOptions, type PushOutcome, pushFile } from "./push-file.ts";
import { renderPush } from "./render-push.ts";

/** Pushes every document of a folder under one tag, each into the repository of its name; prints each outcome and what the registry has then. */
export async function pushFolder(
  session: Session,
  folder: string,
  tag: string,
  options: Omit<PushOptions, "target" | "attached">,
): Promise<ExitCode> {
  const { terminal } = session;
  await refuseMissing(folder);
  const oci = session.oci();
  await oci.reach();
  terminal.note(`${oci.url} answers`);
  const documents = await readFolder(folder);
  const outcomes: PushOutcome[] = [];
  let failure: unknown;
  for (const { path, described } of documents) {
    const target = targetIn(path, described, tag);
    if (failure !== undefined) {
      outcomes.push(notSent(path, failure));
      continue;
    }
    try {
      if (target.warning !== null) terminal.warn(`note: ${target.warning}`);
      const done = await pushDocument(session, path, described, {
        ...options,
        attached: [],
        target: target.repository,
      });
      outcomes.push(done.outcome);
      terminal.line(renderPush(done.outcome, done.text, terminal.colors));
    } catch (error) {
      failure = error;
      outcomes.push(notSent(path, error));
    }
  }
  if (failure !== undefined && outcomes.every(({ status }) => status === "not_sent")) throw failure;
  await tellFolder(session, folder, outcomes, failure);
  if (failure !== undefined) return describeFailure(failure).exit_code;
  return outcomes.some(({ exitCode }) => exitCode !== exitCodes.ok) ? exitCodes.invalid : exitCodes.ok;
}

async function refuseMissing(folder: string): Promise<void> {
  const facts = await stat(folder).catch(() => null);
  if (facts?.isDirectory()) return;
  const found = facts === null ? "does not exist" : "is no folder";
  throw new CommandRefusal(`${folder} ${found}; give the folder that holds the documents, like --dir workflows/`);
}

interface FolderDocument {
  path: string;
  described: DescribedFile;
}

/** YAML is an author's; of JSON only what says that it is a document. */
async function readFolder(folder: string): Promise<FolderDocument[]> {
  const found: FolderDocument[] = [];
  for (const path of await findDocuments(folder)) {
    const described = await describeFile(path);
    if (described.type === "document" || /\.ya?ml$/i.test(path)) found.push({ path, described });
  }
  return found;
}

/** Where a document goes: by its file's name, as long as that is what it calls itself. */
function targetIn(
  path: string,
  described: DescribedFile,
  tag: string,
): { repository: string | undefined; warning: string | null } {
  const own = ownRepository(described);
  if (own === null) return { repository: undefined, warning: null };
  const [stem = ""] = basename(path).split(/\.(?:ya?ml|json)$/i);
  const repository = `${repositoryOf(own.kind, own.name)}:${tag}`;
  const warning =
    stem === own.name
      ? null
      : `${path} is called ${stem} and says that it is ${own.name}; it is pushed to ${repository}`;
  return { repository, warning };
}

async function pushDocument(session: Session, path: string, described: DescribedFile, options: PushOptions) {
  if (options.target !== undefined) return pushFile(session, { path, mediaType: null }, options);
  const issues = described.type === "other" ? described.issues : [];
  return { outcome: notRead(path, issues), text: described.text };
}

function notSent(file: string, failure: unknown): PushOutcome {
  const { code, message, exit_code: exitCode } = describeFailure(failure);
  return { ...notRead(file, []), status: "not_sent", code, message, exitCode };
}

async function tellFolder(
  { client, terminal }: Session,
  folder: string,
  outcomes: readonly PushOutcome[],
  failure: unknown,
): Promise<void> {
  const kinds = artifactKind.options.filter((kind) => outcomes.some((one) => one.kind === kind));
  const listing: Partial<Record<ArtifactKind, CatalogueEntry[]>> = {};
  if (failure === undefined) for (const kind of kinds) listing[kind] = await gatherCatalogue(client(), kind, {});
  const counts = { pushed: 0, unchanged: 0, rejected: 0, not_sent: 0 };
  for (const { status } of outcomes) counts[status] += 1;
  const results = outcomes.map(({ exitCode: _, ...outcome }) => outcome);
  terminal.answer({ folder, counts, results, listing }, () => {
    if (outcomes.length === 0) return `no *.yaml and no *.yml in ${folder}; nothing was pushed`;
    const notSentText = counts.not_sent === 0 ? "" : `, ${counts.not_sent} not sent`;
    const lines = [
      `${count(outcomes.length, "document")}: ${counts.pushed} pushed, ${counts.unchanged} unchanged, ${counts.rejected} rejected${notSentText}`,
    ];
    for (const kind of kinds) {
      const entries = listing[kind];
      if (entries === undefined) continue;
      lines.push("", terminal.colors.dim(`${collectionOf[kind]} in the registry:`));
      lines.push(renderCatalogue(terminal, kind, entries, undefined));
    }
    return lines.join("\n");
  });
  if (failure !== undefined) {
    terminal.warn(`${terminal.colors.red("error")}  broken off: ${describeFailure(failure).message}`);
    terminal.note("run it again: what is pushed already stays as it is");
  }
}
