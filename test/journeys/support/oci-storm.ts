import { askOci, digestOf, manifestOf, type OciTarget, pushBlob, putManifest } from "./oci-calls.ts";
import { versionedSource } from "./registry-calls.ts";

/** One push of the storm. */
export interface StormPush {
  repository: string;
  tag: string;
  manifest: string;
  /** Content of its layers. */
  layers: string[];
  /** The version that it registers, in a typed repository. */
  version: string | null;
}

/** What a repository's writer did until the registry was gone. */
export interface StormWritten {
  acknowledged: StormPush[];
  /** Sent, perhaps in part, and not answered. */
  pending: StormPush | null;
  wrong: string[];
}

/**
 * The push number `at` into a repository. Into `templates/…` it registers a version. Into others, manifests differ and layers repeat, so that
 * most of a storm is manifests on their way.
 */
export function stormPush(repository: string, at: number): StormPush {
  const name = /^templates\/(.*)$/.exec(repository)?.[1];
  const version = name === undefined ? null : `1.0.${at}`;
  const layers =
    name !== undefined && version !== null
      ? [versionedSource(name, version)]
      : [`${repository} ${at % 4}`, `shared ${at % 3}`];
  const described = layers.map((layer) => ({
    ...(version === null ? {} : { mediaType: "application/yaml" }),
    digest: digestOf(layer),
    size: Buffer.byteLength(layer),
  }));
  const manifest = manifestOf(described, { annotations: { push: `${at}` } });
  return { repository, tag: `build-${at}`, manifest, layers, version };
}

/** Sends a push as clients do: blobs that are not there, then the manifest. Null when the registry is gone, else how it was answered. */
export async function sendPush(target: OciTarget, push: StormPush): Promise<{ status: number; text: string } | null> {
  try {
    for (const blob of ["{}", ...push.layers]) {
      const asked = await askOci(target, `/v2/${push.repository}/blobs/${digestOf(blob)}`, { method: "HEAD" });
      if (asked.status !== 200) await pushBlob(target, push.repository, blob);
    }
    const response = await putManifest(target, push.repository, push.tag, push.manifest);
    return { status: response.status, text: await response.text() };
  } catch (error) {
    // What was answered, but wrongly, is no lost connection.
    if (error instanceof Error && error.message.includes("was answered")) return { status: 0, text: error.message };
    return null;
  }
}

/** Pushes one after another as fast as they are answered, until the registry is gone. */
export async function storm(
  target: OciTarget,
  repository: string,
  from: number,
  onAcknowledged: () => void,
): Promise<StormWritten> {
  const acknowledged: StormPush[] = [];
  for (let at = from; ; at++) {
    const push = stormPush(repository, at);
    const answer = await sendPush(target, push);
    if (answer === null) return { acknowledged, pending: push, wrong: [] };
    if (answer.status !== 201) {
      const wrong = [`${repository}:${push.tag} was answered ${answer.status}: ${answer.text}`];
      return { acknowledged, pending: null, wrong };
    }
    acknowledged.push(push);
    onAcknowledged();
  }
}

/** What the registry has of a push: all of it, nothing, or (which must never be) a part. */
export async function findPush(target: OciTarget, push: StormPush): Promise<"all" | "nothing" | string> {
  const digest = digestOf(push.manifest);
  const parts: Record<string, boolean> = {};
  for (const reference of [push.tag, digest]) {
    const response = await askOci(target, `/v2/${push.repository}/manifests/${reference}`);
    const body = await response.text();
    parts[reference] = response.status === 200;
    if (response.status !== 200 && response.status !== 404)
      return `${reference} was answered ${response.status}: ${body}`;
    if (response.status === 200 && digestOf(body) !== digest) return `${reference} is another manifest: ${body}`;
  }
  const listed = await askOci(target, `/v2/${push.repository}/tags/list`);
  const list: { tags?: string[] } = await listed.json();
  parts["the tag list"] = list.tags?.includes(push.tag) ?? false;
  if (push.version !== null) {
    const { status } = await fetch(`${target.url}/v1/${push.repository}@${push.version}`);
    parts[`version ${push.version}`] = status === 200;
  }
  const there = Object.values(parts);
  if (there.every((one) => !one)) return "nothing";
  if (!there.every((one) => one)) return `only a part is there: ${JSON.stringify(parts)}`;
  for (const layer of push.layers) {
    const response = await askOci(target, `/v2/${push.repository}/blobs/${digestOf(layer)}`);
    if ((await response.text()) !== layer) return `a layer was answered ${response.status}, or is another`;
  }
  return "all";
}
