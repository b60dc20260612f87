import { basename } from "node:path";
import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import type { Issue } from "../../contract/issue.ts";
import { artifactManifestOf } from "../../domain/oci/artifact-manifest.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { openLocalFile } from "../files/open-local-file.ts";
import { OciRefusal } from "../oci/oci-refusal.ts";
import type { Session } from "../session.ts";
import { type DescribedFile, describeFile } from "./describe-file.ts";
import { type PushPlan, planPush } from "./plan-push.ts";
import { manifestOfLayers, type PushedArtifact, type PushLayer, pushArtifact } from "./push-artifact.ts";

/** What pushing one file came to. */
export interface PushOutcome {
  file: string;
  repository: string | null;
  tags: string[];
  /** The artifact that was registered; null of plain files. */
  kind: ArtifactKind | null;
  name: string | null;
  /** As the file says it; null where it does not: then the registry has chosen one. */
  version: string | null;
  status: PushedArtifact["status"] | "rejected" | "not_sent";
  digest: string | null;
  layers: PushedArtifact["layers"];
  code: string | null;
  message: string | null;
  issues: readonly Issue[];
  exitCode: ExitCode;
}

/** A file with the media type that it is pushed under; null: by what it is. */
export interface TypedFile {
  path: string;
  mediaType: string | null;
}

/** What a push takes besides its file. */
export interface PushOptions {
  /** `repository`, `repository:tag`; undefined: as the file says. */
  target: string | undefined;
  attached: readonly TypedFile[];
  annotations: Record<string, string>;
  artifactType: string | undefined;
}

/** Pushes one file. A refusal of the registry is an outcome; what keeps it from being asked is thrown. */
export async function pushFile(
  session: Session,
  file: TypedFile,
  options: PushOptions,
): Promise<{ outcome: PushOutcome; text: string | null }> {
  const described = await describeFile(file.path);
  const { text } = described;
  if (options.target === undefined && described.type === "other" && described.issues.length > 0) {
    return { outcome: notRead(file.path, described.issues), text };
  }
  const plan = planPush(file.path, described, options.target);
  const layers = await openLayers([{ ...file, mediaType: file.mediaType ?? described.mediaType }, ...options.attached]);
  const manifest = ownManifest(plan, described, layers, options) ?? filesManifest(plan, layers, options);
  const { repository, tags } = plan;
  const { kind = null, name = null } = plan.artifact ?? {};
  const told = { file: file.path, repository, tags, kind, name, version: plan.version };
  const client = session.oci();
  await client.reach();
  try {
    const done = await pushArtifact(client, session.terminal, { repository, tags, layers, manifest });
    return { outcome: { ...told, ...done, ...nothingWrong }, text };
  } catch (error) {
    if (!(error instanceof OciRefusal)) throw error;
    const { code, message, issues, exitCode } = error;
    return {
      outcome: { ...told, status: "rejected", digest: null, layers: [], code, message, issues, exitCode },
      text,
    };
  }
}

const nothingWrong = { code: null, message: null, issues: [], exitCode: exitCodes.ok };

/** A file that cannot be read as what its name says it is. */
export function notRead(file: string, issues: readonly Issue[]): PushOutcome {
  return {
    ...{ file, repository: null, tags: [], kind: null, name: null, version: null },
    ...{ status: "rejected", digest: null, layers: [], code: "INVALID_DOCUMENT" },
    message: "not sent: it says neither what it is nor where it belongs",
    issues,
    exitCode: exitCodes.invalid,
  };
}

async function openLayers(files: readonly TypedFile[]): Promise<PushLayer[]> {
  const layers: PushLayer[] = [];
  for (const { path, mediaType } of files) {
    const source = await openLocalFile(path);
    const type = mediaType ?? source.mediaType ?? "application/octet-stream";
    layers.push({ path, title: basename(path), mediaType: type, source });
  }
  return layers;
}

/**
 * The manifest that the registry itself makes of a document, so that a push after a publish changes nothing. Null where it cannot be made here: the
 * push says more, or the document less than the registry knows.
 */
function ownManifest(
  { artifact, version }: PushPlan,
  described: DescribedFile,
  layers: readonly PushLayer[],
  { annotations, artifactType }: PushOptions,
): Uint8Array<ArrayBuffer> | null {
  const [layer, second] = layers;
  if (artifact === null || version === null || described.type !== "document" || !described.isWhole) return null;
  if (layer === undefined || second !== undefined || layer.mediaType !== described.mediaType) return null;
  if (artifactType !== undefined || Object.keys(annotations).length > 0) return null;
  const { title, description, mediaType } = described;
  const { digest, sizeBytes } = layer.source;
  const source = { digest, sizeBytes, mediaType, file: layer.title };
  const { bytes } = artifactManifestOf({ ...artifact, version, title, description, source });
  return new Uint8Array(bytes);
}

function filesManifest(plan: PushPlan, layers: readonly PushLayer[], options: PushOptions): Uint8Array<ArrayBuffer> {
  return manifestOfLayers(layers, options.artifactType ?? plan.artifactType, options.annotations);
}
