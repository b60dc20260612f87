import type { VersionState } from "../../../src/contract/artifact/name-index.ts";
import type { Random } from "./random.ts";

/** A version as the writer of its name knows it. */
export interface ModelVersion {
  /** Null until a publisher was answered with it, or it was found. */
  digest: string | null;
  state: VersionState;
  message: string | null;
}

/** What a name must look like after every change that was acknowledged. Versions are in the order of their numbers. */
export interface NameModel {
  name: string;
  versions: ReadonlyMap<string, ModelVersion>;
  /** Without `latest`. */
  tags: ReadonlyMap<string, string>;
}

/** One change of a name. */
export type Operation =
  | { type: "publish"; version: string; digest: string | null }
  | { type: "state"; version: string; state: VersionState; message: string | null }
  | { type: "tag"; tag: string; version: string | null };

/** The name after a change. */
export function applyOperation(model: NameModel, operation: Operation): NameModel {
  const versions = new Map(model.versions);
  const tags = new Map(model.tags);
  switch (operation.type) {
    case "publish":
      versions.set(operation.version, { digest: operation.digest, state: "live", message: null });
      break;
    case "state": {
      const { version, state, message } = operation;
      versions.set(version, { digest: versions.get(version)?.digest ?? null, state, message });
      if (state === "deleted") for (const [tag, target] of model.tags) if (target === version) tags.delete(tag);
      break;
    }
    case "tag":
      if (operation.version === null) tags.delete(operation.tag);
      else tags.set(operation.tag, operation.version);
      break;
  }
  return { name: model.name, versions, tags };
}

/** Where `latest` must point: the highest live version, else the highest deprecated one. */
export function latestOfModel({ versions }: NameModel): string | null {
  const highestFirst = [...versions].reverse();
  const found =
    highestFirst.find(([, { state }]) => state === "live") ??
    highestFirst.find(([, { state }]) => state === "deprecated");
  return found?.[0] ?? null;
}

/** The next change of a name: mostly a new version, and now and then everything else that can be done to it. */
export function chooseOperation(model: NameModel, random: Random): Operation {
  const next: Operation = { type: "publish", version: `1.0.${model.versions.size}`, digest: null };
  const inState = (...states: VersionState[]) =>
    [...model.versions].filter(([, { state }]) => states.includes(state)).map(([version]) => version);
  const live = inState("live");
  const chosen = random.next();
  if (chosen < 0.55 || live.length < 2) return next;
  if (chosen < 0.7) {
    const version = random.pick(inState("live", "deprecated"));
    const tag = random.pick(["stable", "canary"]);
    return model.tags.get(tag) === version ? next : { type: "tag", tag, version };
  }
  const [movable] = model.tags.keys();
  if (chosen < 0.75) return movable === undefined ? next : { type: "tag", tag: movable, version: null };
  const message = `chosen at ${chosen}`;
  if (chosen < 0.83) return { type: "state", version: random.pick(live), state: "deprecated", message };
  if (chosen < 0.9) return { type: "state", version: random.pick(live), state: "yanked", message };
  if (chosen < 0.95) return { type: "state", version: random.pick(live), state: "deleted", message };
  const restorable = inState("deprecated", "yanked");
  if (restorable.length === 0) return next;
  return { type: "state", version: random.pick(restorable), state: "live", message: null };
}
