import { loadName } from "../../bindings/d1/artifact/load-name.ts";
import { loadVersionRow } from "../../bindings/d1/artifact/version-row.ts";
import type { ParentPin } from "../../contract/artifact/published.ts";
import { limits } from "../../contract/limits.ts";
import type { Template } from "../../contract/template/document.ts";
import { chooseVersion } from "../../domain/artifact/choose-version.ts";
import { parseSelector } from "../../domain/artifact/parse-reference.ts";
import type { NameState } from "../../domain/registration/name-state.ts";
import { indexOf } from "../../domain/registration/name-state.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { readTemplate } from "../registration/read-callable.ts";

/** The version that `extends` means now, and its flattened template. */
export interface Parent {
  pin: ParentPin;
  template: Template;
}

/** Finds what a child extends; a refusal is the reason in words, for an issue at the child's `extends`. */
export type FindParent = (reference: { name: string; selector: string }) => Promise<Result<Parent, string>>;

export interface ParentSources {
  state: (name: string) => Promise<NameState>;
  template: (flattenedDigest: string) => Promise<Template>;
  /** The parent of a published version, for counting the chain. */
  parentOf: (name: string, version: string) => Promise<{ name: string; version: string } | null>;
}

/** Parents as D1's primary and R2 have them. */
export function publishedParents(db: D1Database, blobs: R2Bucket): ParentSources {
  return {
    state: async (name) => (await loadName(db, "template", name)).state,
    template: (flattenedDigest) => readTemplate(blobs, flattenedDigest),
    parentOf: async (name, version) => {
      const row = await loadVersionRow(db, "template", name, version);
      return row?.parent_name && row.parent_version ? { name: row.parent_name, version: row.parent_version } : null;
    },
  };
}

/** Resolves `extends` to one exact version, and refuses a chain that is too long. */
export async function findParent(
  sources: ParentSources,
  reference: { name: string; selector: string },
): Promise<Result<Parent, string>> {
  const selector = parseSelector(reference.selector);
  if (!selector.ok) return refusal(selector.failure.message);
  const state = await sources.state(reference.name);
  const chosen = chooseVersion(indexOf(state, state.seq, ""), selector.value);
  if (!chosen.ok) return refusal(chosen.failure.message);
  const stored = state.versions.find((entry) => entry.version === chosen.value.version);
  if (stored === undefined) return refusal(`${reference.name}@${chosen.value.version} is gone`);

  const pin = { name: reference.name, version: stored.version, digest: stored.digest };
  const depth = await chainLength(sources, pin);
  if (depth + 1 > limits.inheritanceDepth) {
    return refusal(
      `the chain of extends would be ${depth + 1} documents long; ${limits.inheritanceDepth} are allowed, the child included`,
    );
  }
  return success({ pin, template: await sources.template(stored.flattened_digest) });
}

/** Documents from this version up to the last parent, itself included. */
async function chainLength(sources: ParentSources, from: { name: string; version: string }): Promise<number> {
  let length = 1;
  let next = await sources.parentOf(from.name, from.version);
  while (next !== null && length <= limits.inheritanceDepth) {
    length += 1;
    next = await sources.parentOf(next.name, next.version);
  }
  return length;
}
