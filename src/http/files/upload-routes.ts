import type { Hono } from "hono";
import {
  abandonUpload as abandonRoute,
  beginUpload as beginRoute,
  completeUpload as completeRoute,
  getUpload as getRoute,
  sendPart as partRoute,
} from "../../contract/http/files.ts";
import { success } from "../../domain/result.ts";
import { abandonUpload } from "../../operations/file/abandon-upload.ts";
import { beginUpload } from "../../operations/file/begin-upload.ts";
import { completeUpload } from "../../operations/file/complete-upload.ts";
import { findUpload, uploadAnswer } from "../../operations/file/find-upload.ts";
import { sendPart } from "../../operations/file/send-part.ts";
import { answerJson } from "../answers/answer-json.ts";
import { bindRoute } from "../bind-route.ts";
import type { AppEnv } from "../needs.ts";
import { announcedSize } from "../requests/announced-size.ts";

/** Routes under /v1/uploads: large files, sent in parts. */
export function bindUploadRoutes(app: Hono<AppEnv>): void {
  bindRoute(app, beginRoute, async ({ body, needs, caller }) => {
    const begun = await beginUpload(needs, body, caller.name);
    if (!begun.ok) return begun;
    const { id, path } = begun.value;
    return success(answerJson(begun.value, needs.requestId, id === null ? 200 : 201, path ? { Location: path } : {}));
  });

  bindRoute(app, getRoute, async ({ params, needs }) => {
    const found = await findUpload(needs, params.upload_id);
    if (!found.ok) return found;
    const { row, parts } = found.value;
    return success(answerJson(uploadAnswer(needs.signer, row, parts), needs.requestId));
  });

  bindRoute(app, partRoute, async ({ params, request, needs }) => {
    const size = announcedSize(request);
    if (!size.ok) return size;
    const sent = await sendPart(needs, {
      uploadId: params.upload_id,
      part: params.part,
      body: request.body ?? new ArrayBuffer(0),
      sizeBytes: size.value,
    });
    return sent.ok ? success(answerJson(sent.value, needs.requestId)) : sent;
  });

  bindRoute(app, completeRoute, async ({ params, needs }) => {
    const completing = completeUpload(needs, params.upload_id);
    // Copying gigabytes takes a while; a caller who does not wait finds it done when they ask again.
    needs.later(completing.catch(() => undefined));
    const completed = await completing;
    return completed.ok ? success(answerJson(completed.value, needs.requestId)) : completed;
  });

  bindRoute(app, abandonRoute, async ({ params, needs }) => {
    await abandonUpload(needs, params.upload_id);
    return success(answerJson({ id: params.upload_id }, needs.requestId));
  });
}
