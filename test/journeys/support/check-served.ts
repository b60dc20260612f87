import { latestTag } from "../../../src/contract/artifact/tag.ts";
import { tagHistory } from "../../../src/contract/http/tag-routes.ts";
import { latestOfModel, type ModelVersion, type NameModel } from "./name-model.ts";
import { isWhole, lookUp, versionedSource } from "./registry-calls.ts";

/** What the lookups of a check found, over all names that it was given. */
export interface Served {
  lookups: number;
  /** How many answers each tier gave. */
  tiers: Map<string, number>;
  wrong: string[];
}

/** Nothing looked up yet. */
export function emptyServed(): Served {
  return { lookups: 0, tiers: new Map(), wrong: [] };
}

/** Asks for versions of a name by number, by digest and as source, and for all its tags; everything must be as the model says. */
export async function checkServed(
  url: string,
  model: NameModel,
  versions: Iterable<string>,
  served: Served,
): Promise<void> {
  for (const version of versions) await checkVersion(url, model, version, served);
  const latest = latestOfModel(model);
  const tags = [...model.tags, ...(latest === null ? [] : [[latestTag, latest] as const])];
  for (const [tag, version] of tags) {
    const known = model.versions.get(version);
    await expectLookup(url, model, tag, known?.state === "yanked" ? "VERSION_YANKED" : version, served);
    await checkHistory(url, model.name, tag, version, served);
  }
  if (model.versions.size > 0 && !model.tags.has("stable"))
    await expectLookup(url, model, "stable", "TAG_NOT_FOUND", served);
}

async function checkVersion(url: string, model: NameModel, version: string, served: Served): Promise<void> {
  const known = model.versions.get(version);
  if (known === undefined) {
    const code = model.versions.size === 0 ? "NAME_NOT_FOUND" : "VERSION_NOT_FOUND";
    return expectLookup(url, model, version, code, served);
  }
  const wanted = known.state === "deleted" ? "VERSION_DELETED" : version;
  await expectLookup(url, model, version, wanted, served);
  if (known.digest !== null) await expectLookup(url, model, known.digest, wanted, served);
  if (known.state !== "deleted") await checkSource(url, model.name, version, served);
}

/** `wanted` is a version of the model, or the code of a refusal. */
async function expectLookup(
  url: string,
  model: NameModel,
  selector: string,
  wanted: string,
  served: Served,
): Promise<void> {
  const { status, artifact, tier, text } = await lookUp(url, `${model.name}@${selector}`);
  served.lookups += 1;
  served.tiers.set(tier, (served.tiers.get(tier) ?? 0) + 1);
  const known = model.versions.get(wanted);
  const isRight =
    known === undefined || known.state === "deleted"
      ? text.includes(`"${wanted}"`)
      : artifact !== null &&
        artifact.version === wanted &&
        isWhole(artifact) &&
        isSame(known, {
          digest: artifact.digest,
          state: artifact.state,
          message: artifact.notice?.message ?? null,
        });
  if (!isRight) served.wrong.push(`${model.name}@${selector} must be ${wanted}; answered ${status}: ${text}`);
}

function isSame(known: ModelVersion, answered: ModelVersion): boolean {
  return known.digest === answered.digest && known.state === answered.state && known.message === answered.message;
}

async function checkSource(url: string, name: string, version: string, served: Served): Promise<void> {
  const response = await fetch(`${url}/v1/templates/${name}@${version}`, { headers: { accept: "application/yaml" } });
  const text = await response.text();
  if (text !== versionedSource(name, version))
    served.wrong.push(`the source of ${name}@${version} was answered ${response.status}: ${text}`);
}

async function checkHistory(url: string, name: string, tag: string, version: string, served: Served): Promise<void> {
  const response = await fetch(`${url}/v1/templates/${name}/tags/${tag}/history?limit=1`);
  const text = await response.text();
  const last = response.status === 200 ? tagHistory.parse(JSON.parse(text)).moves[0] : undefined;
  if (last?.to_version !== version)
    served.wrong.push(`${tag} of ${name} points at ${version}; its history was answered ${response.status}: ${text}`);
}
