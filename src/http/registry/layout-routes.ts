import type { Hono } from "hono";
import type { LayoutSelection } from "../../bindings/d1/oci/layout-rows.ts";
import { type ArtifactKind, collectionOf } from "../../contract/artifact/kind.ts";
import type { Failure } from "../../contract/failure.ts";
import { headers } from "../../contract/http/headers.ts";
import { exportLayout, importLayout as importRoute, layoutMediaType } from "../../contract/http/layout.ts";
import { repositoryOf } from "../../domain/oci/repository-kind.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { collectLayout } from "../../operations/oci/layout/collect-layout.ts";
import { importLayout } from "../../operations/oci/layout/import-layout.ts";
import { openLayout } from "../../operations/oci/layout/open-layout.ts";
import { answerJson } from "../answers/answer-json.ts";
import { bindRoute } from "../bind-route.ts";
import type { AppEnv } from "../needs.ts";
import { announcedSize } from "../requests/announced-size.ts";

/** The registry as one OCI image layout, and back. */
export function bindLayoutRoutes(app: Hono<AppEnv>): void {
  bindRoute(app, exportLayout, async ({ query, needs }) => {
    const selection = selectionOf(query);
    if (!selection.ok) return selection;
    const layout = await collectLayout(needs, selection.value);
    if (!layout.ok) return layout;
    const { stream, sizeBytes, done } = openLayout(needs.blobs, layout.value);
    needs.later(done.catch((error: unknown) => tellBrokenExport(error, needs.requestId)));
    const told = {
      "Content-Type": layoutMediaType,
      "Content-Length": String(sizeBytes),
      "Content-Disposition": 'attachment; filename="callsheet.tar"',
      // Compressed on its way it would lose its length, by which a reader sees that it broke off.
      "Cache-Control": "no-store, no-transform",
      [headers.requestId]: needs.requestId,
    };
    return success(new Response(stream, { headers: told }));
  });

  bindRoute(app, importRoute, async ({ query, request, needs, caller }) => {
    const size = announcedSize(request);
    if (!size.ok) return size;
    const archive = request.body ?? new Blob([]).stream();
    const imported = await importLayout(needs, archive, { repository: query.repository ?? null, by: caller.name });
    return imported.ok ? success(answerJson(imported.value, needs.requestId)) : imported;
  });
}

/** The status was sent already: whoever reads sees a body that is too short. */
function tellBrokenExport(error: unknown, requestId: string): void {
  console.error(JSON.stringify({ level: "error", request_id: requestId, export: String(error) }));
}

function selectionOf({
  kind,
  name,
  repository,
}: {
  kind?: ArtifactKind | undefined;
  name?: string | undefined;
  repository?: string | undefined;
}): Result<LayoutSelection, Failure> {
  if (repository !== undefined && kind === undefined && name === undefined) {
    return success({ of: "repository", repository });
  }
  if (repository !== undefined || (name !== undefined && kind === undefined)) {
    const message = "say kind, kind and name, repository, or nothing for the whole registry";
    return refusal({ code: "INVALID_REQUEST", message });
  }
  if (kind === undefined) return success({ of: "all" });
  if (name === undefined) return success({ of: "collection", collection: collectionOf[kind] });
  return success({ of: "repository", repository: repositoryOf(kind, name) });
}
