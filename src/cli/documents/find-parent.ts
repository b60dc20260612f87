import semver from "semver";
import { CallFailure } from "../../client/call-failure.ts";
import type { Client } from "../../client/create-client.ts";
import type { NameIndex } from "../../contract/artifact/name-index.ts";
import { templateRoutes } from "../../contract/http/templates.ts";
import { type Template, template } from "../../contract/template/document.ts";
import { chooseVersion } from "../../domain/artifact/choose-version.ts";
import { parseSelector } from "../../domain/artifact/parse-reference.ts";
import { canonicalDigest } from "../../domain/document/canonical-digest.ts";
import type { JsonValue } from "../../domain/document/json-value.ts";

/** A document that was checked before: a parent for those that come after. `template` is null when it has errors. */
export interface CheckedVersion {
  id: string;
  version: string;
  value: JsonValue;
  template: Template | null;
  chainLength: number;
}

/** A document's parent, or why it could not be had. */
export type FoundParent =
  | { found: true; template: Template; chainLength: number }
  | { found: false; severity: "error" | "warning"; code: string; message: string };

/** The parent that `name@selector` means: among the documents at hand, else in the registry where one may be asked. */
export async function findParent(
  parent: { name: string; selector: string },
  known: readonly CheckedVersion[],
  client: Client | null,
): Promise<FoundParent> {
  const reference = `${parent.name}@${parent.selector}`;
  const near = chooseKnown(parent, known);
  if (near !== null) {
    if (near.template !== null) return { found: true, template: near.template, chainLength: near.chainLength };
    return notChecked(`its parent ${near.id} ${near.version} has errors; mend that first`);
  }
  if (client !== null) return askRegistry(client, reference);
  return notChecked(
    `its parent ${reference} is not among the given files; give its file too, or ask the registry with --online`,
  );
}

function chooseKnown(
  parent: { name: string; selector: string },
  known: readonly CheckedVersion[],
): CheckedVersion | null {
  const named = known.filter(({ id }) => id === parent.name).sort((a, b) => semver.rcompare(a.version, b.version));
  const selector = parseSelector(parent.selector);
  const highest = named[0];
  if (highest === undefined || !selector.ok) return null;
  const index: NameIndex = {
    kind: "template",
    name: parent.name,
    seq: 0,
    as_of: unpublished,
    versions: named.map(({ version, value }) => ({
      version,
      digest: canonicalDigest(value),
      state: "live",
      notice: null,
      published_at: unpublished,
      published_by: "",
    })),
    tags: { latest: highest.version },
  };
  const chosen = chooseVersion(index, selector.value);
  return chosen.ok ? (named.find(({ version }) => version === chosen.value.version) ?? null) : null;
}

const unpublished = new Date(0).toISOString();

async function askRegistry(client: Client, reference: string): Promise<FoundParent> {
  try {
    const answer = await client.call(templateRoutes.get, { params: { reference } });
    const parsed = template.safeParse(answer.document.template);
    if (parsed.success) return { found: true, template: parsed.data, chainLength: 1 };
    return notChecked(
      `its parent ${reference} was answered by ${client.url} in a shape that this release does not read`,
    );
  } catch (error) {
    if (!(error instanceof CallFailure) || error.status === null || error.status >= 500) throw error;
    return { found: false, severity: "error", code: "parent_not_found", message: error.message };
  }
}

function notChecked(message: string): FoundParent {
  return { found: false, severity: "warning", code: "parent_not_checked", message };
}
