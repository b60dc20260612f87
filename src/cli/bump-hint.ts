import { CallFailure } from "../client/call-failure.ts";
import type { Client } from "../client/create-client.ts";
import { templateRoutes } from "../contract/http/templates.ts";
import { type Template, template } from "../contract/template/document.ts";
import { compareCallables } from "../domain/template/compare/compare-callables.ts";
import { mayFollow } from "../domain/template/compare/required-bump.ts";

/** Which version an author should write next, where the one in the file is published with other content. Null when it cannot be told. */
export async function bumpHint(client: Client, changed: Template | null): Promise<string | null> {
  if (changed === null) return null;
  const major = changed.version.split(".")[0];
  try {
    const before = await client.call(templateRoutes.get, { params: { reference: `${changed.id}@${major}.x` } });
    const published = template.safeParse(before.document.template);
    if (!published.success) return null;
    const found = compareCallables(published.data, changed);
    const { neededVersion } = mayFollow(found, before.version, changed.version);
    return `against ${before.version} the change is ${found.bump === "none" ? "none" : found.bump}: write version: ${neededVersion}`;
  } catch (error) {
    if (error instanceof CallFailure) return null;
    throw error;
  }
}
