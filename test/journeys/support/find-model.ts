import { isDeepStrictEqual } from "node:util";
import { versionList } from "../../../src/contract/artifact/resolved.ts";
import { latestTag } from "../../../src/contract/artifact/tag.ts";
import { applyOperation, latestOfModel, type ModelVersion, type NameModel, type Operation } from "./name-model.ts";

/** Which of the two states that are right after a crash a name is in; a complaint when it is in another one. */
export type FoundModel = { ok: true; model: NameModel; pendingHappened: boolean } | { ok: false; complaint: string };

/** Reads a name's index and compares it with all that was acknowledged, and with that and the unanswered change. */
export async function findModel(url: string, model: NameModel, pending: Operation | null): Promise<FoundModel> {
  const observed = await observe(url, model.name);
  if (fits(observed, model)) return { ok: true, model, pendingHappened: false };
  if (pending !== null) {
    const digest = pending.type === "publish" ? (observed.versions.get(pending.version)?.digest ?? null) : null;
    const after = applyOperation(model, pending.type === "publish" ? { ...pending, digest } : pending);
    if (fits(observed, after)) return { ok: true, model: after, pendingHappened: true };
  }
  const told = (versions: ReadonlyMap<string, ModelVersion>, tags: ReadonlyMap<string, string>) =>
    JSON.stringify([[...versions], [...tags]]);
  return {
    ok: false,
    complaint: `${model.name} is ${told(observed.versions, observed.tags)}; acknowledged was ${told(model.versions, model.tags)}; unanswered ${JSON.stringify(pending)}`,
  };
}

interface Observed {
  versions: Map<string, ModelVersion>;
  /** With `latest`. */
  tags: Map<string, string>;
}

function fits(observed: Observed, model: NameModel): boolean {
  const latest = latestOfModel(model);
  const tags = new Map([...model.tags, ...(latest === null ? [] : [[latestTag, latest] as const])]);
  return isDeepStrictEqual(observed.versions, model.versions) && isDeepStrictEqual(observed.tags, tags);
}

async function observe(url: string, name: string): Promise<Observed> {
  const observed: Observed = { versions: new Map(), tags: new Map() };
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const response = await fetch(`${url}/v1/templates/${name}/versions?limit=200${query}`);
    const text = await response.text();
    if (response.status === 404 && text.includes("NAME_NOT_FOUND")) return observed;
    if (response.status !== 200) throw new Error(`the versions of ${name} were answered ${response.status}: ${text}`);
    const page = versionList.parse(JSON.parse(text));
    observed.tags = new Map(Object.entries(page.tags));
    for (const { version, digest, state, notice } of page.versions)
      observed.versions.set(version, { digest, state, message: notice?.message ?? null });
    cursor = page.next_cursor;
  } while (cursor !== null);
  return observed;
}
