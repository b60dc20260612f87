import type { Hono } from "hono";
import { mediaType } from "../../contract/file/file.ts";
import { getFile, getFileFacts, sendFile, signFile as signRoute } from "../../contract/http/files.ts";
import { success } from "../../domain/result.ts";
import { findFile } from "../../operations/file/find-file.ts";
import { holdFile } from "../../operations/file/hold-file.ts";
import { signFile } from "../../operations/file/sign-file.ts";
import { storeFile } from "../../operations/file/store-file.ts";
import { answerJson } from "../answers/answer-json.ts";
import { bindRoute } from "../bind-route.ts";
import type { AppEnv } from "../needs.ts";
import { announcedSize } from "../requests/announced-size.ts";
import { mediaTypeOf } from "../requests/read-json.ts";
import { answerFile } from "./answer-file.ts";
import { bindUploadRoutes } from "./upload-routes.ts";

/** Routes under /v1/files and /v1/uploads. */
export function bindFileRoutes(app: Hono<AppEnv>): void {
  bindUploadRoutes(app);

  bindRoute(app, sendFile, async ({ query, request, needs, caller }) => {
    const size = announcedSize(request);
    if (!size.ok) return size;
    const stored = await storeFile(needs, {
      body: request.body ?? new ArrayBuffer(0),
      sizeBytes: size.value,
      digest: query.digest ?? null,
      name: query.name ?? null,
      // A header that is no media type says nothing.
      mediaType: query.media_type ?? mediaType.safeParse(mediaTypeOf(request)).data ?? null,
      by: caller.name,
    });
    if (!stored.ok) return stored;
    const { file, isNew } = stored.value;
    const location = { Location: `/v1/files/${file.digest}` };
    return success(answerJson(file, needs.requestId, isNew ? 201 : 200, location));
  });

  bindRoute(app, getFile, async ({ params, query, request, needs }) => {
    const found = await findFile(needs, params.digest);
    return found.ok ? answerFile(needs, request, found.value, query.download === "true") : found;
  });

  bindRoute(app, getFileFacts, async ({ params, needs }) => {
    const found = await holdFile(needs, params.digest);
    return found.ok ? success(answerJson(found.value, needs.requestId)) : found;
  });

  bindRoute(app, signRoute, async ({ params, body, request, needs }) => {
    const signed = await signFile(needs, params.digest, body.expires_in_seconds ?? null);
    if (!signed.ok) return signed;
    const { address, expiresAt } = signed.value;
    const answer = { url: new URL(address, request.url).href, expires_at: expiresAt.toISOString() };
    return success(answerJson(answer, needs.requestId));
  });
}
