import { loadSource, type SourceRow } from "../../bindings/d1/webhook/source-row.ts";
import type { Failure } from "../../contract/failure.ts";
import type { WebhookSource } from "../../contract/webhook/source.ts";
import { type Result, refusal, success } from "../../domain/result.ts";

/** The source of a name. */
export async function findSource(db: D1Database, name: string): Promise<Result<SourceRow, Failure>> {
  const row = await loadSource(db, name);
  if (row !== null) return success(row);
  const message = `there is no webhook source ${name}; \`callsheet webhooks list\` shows those that there are`;
  return refusal({ code: "SOURCE_NOT_FOUND", message });
}

/** A source as it is told: without its secrets. */
export function sourceOf(row: SourceRow): WebhookSource {
  const { settings, secret: _, credential, ...told } = row;
  return {
    ...settings,
    ...told,
    api_url: settings.api_url ?? null,
    hook_path: `/v1/webhooks/${row.provider}/${row.name}`,
    has_credential: credential !== null,
  };
}
