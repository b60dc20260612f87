import { layoutAnnotations, layoutIndex, layoutKeys } from "../../contract/oci/layout.ts";
import { annotationKeys, type Descriptor } from "../../contract/oci/manifest.ts";
import { ociTag } from "../../contract/oci/name.ts";
import { type Result, refusal, success } from "../result.ts";
import type { LayoutEntry, LayoutState } from "./layout-entry.ts";

/** Reads `index.json` of an image layout. A refusal is the reason in words. */
export function readLayoutIndex(text: string): Result<LayoutEntry[], string> {
  const json = parseJson(text);
  if (json === undefined) return refusal("index.json is no JSON");
  const index = layoutIndex.safeParse(json);
  if (!index.success) {
    const [issue] = index.error.issues;
    return refusal(`index.json is no image index: ${issue?.path.join("/") ?? ""}: ${issue?.message ?? "bad form"}`);
  }
  const entries: LayoutEntry[] = [];
  for (const [at, descriptor] of index.data.manifests.entries()) {
    const entry = readEntry(descriptor);
    if (!entry.ok) return refusal(`index.json: manifests/${at}: ${entry.failure}`);
    entries.push(entry.value);
  }
  return success(entries);
}

function readEntry(descriptor: Descriptor): Result<LayoutEntry, string> {
  const parsed = layoutAnnotations.safeParse(descriptor.annotations ?? {});
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return refusal(`annotation ${issue?.path.join("/") ?? ""}: ${issue?.message ?? "bad form"}`);
  }
  const told = parsed.data;
  const repository = told[layoutKeys.repository] ?? null;
  const version = told[layoutKeys.version] ?? null;
  const tag = told[layoutKeys.tag] ?? null;
  const isVersion = version !== null && tag === null;
  return success({
    repository,
    digest: descriptor.digest,
    mediaType: descriptor.mediaType,
    sizeBytes: descriptor.size,
    artifactType: descriptor.artifactType ?? null,
    tag: repository === null ? tagOfOthers(descriptor) : tag,
    version: repository === null ? null : version,
    published: isVersion ? (told[layoutKeys.published] ?? null) : null,
    state: isVersion ? stateIn(told) : null,
  });
}

function stateIn(told: ReturnType<typeof layoutAnnotations.parse>): LayoutState | null {
  const state = told[layoutKeys.state];
  if (state === undefined) return null;
  return {
    state,
    set: told[layoutKeys.stateSet] ?? Number.MAX_SAFE_INTEGER,
    message: told[layoutKeys.stateMessage] ?? null,
    successor: told[layoutKeys.stateSuccessor] ?? null,
    sunset: told[layoutKeys.stateSunset] ?? null,
  };
}

/** Other tools write a tag, or an image's whole name with the tag at its end. */
function tagOfOthers(descriptor: Descriptor): string | null {
  const name = descriptor.annotations?.[annotationKeys.refName]?.split(":").at(-1);
  return name !== undefined && ociTag.safeParse(name).success ? name : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
