import { z } from "zod";
import { reference } from "../artifact/selector.ts";
import { limits } from "../limits.ts";
import { run } from "../run/run.ts";
import { runRequest } from "../run/run-request.ts";
import type { Collection } from "./collection.ts";
import { route } from "./route.ts";

/** The route by which one kind of artifact is run. */
export function runRoute(of: Collection) {
  return route({
    operationId: `run${of.Noun}`,
    method: "POST",
    path: `${of.path}/{reference}/runs`,
    tag: "Runs",
    summary: `Run a ${of.kind}`,
    description:
      "Checks the inputs, resolves `@` references to entities, records both and queues the work. `Prefer: wait=N` (RFC 7240) waits up to N seconds for the end and then answers 200. `Idempotency-Key` makes a repetition safe: it answers the run that the first one made. `multipart/form-data` is taken as well: a part `request` with this JSON, and one file part for each file input, named as the input.",
    access: "run",
    params: z.strictObject({ reference }),
    body: { as: "run", schema: runRequest, limitBytes: limits.runRequestBytes },
    answers: {
      202: { description: "Queued; Location names the run", schema: run },
      200: {
        description:
          "Ended: a JavaScript function, or within `Prefer: wait`; or the answer to an Idempotency-Key seen before",
        schema: run,
      },
    },
    failures: [
      "INVALID_REQUEST",
      "INVALID_INPUTS",
      "UNAUTHENTICATED",
      "FORBIDDEN",
      "NAME_NOT_FOUND",
      "VERSION_NOT_FOUND",
      "VERSION_YANKED",
      "VERSION_DELETED",
      "TAG_NOT_FOUND",
      "ENTITY_NOT_FOUND",
      "FILE_NOT_FOUND",
      "IDEMPOTENCY_CONFLICT",
      "SKILL_NOT_FOUND",
      "STATE_CONFLICT",
      "LIMIT_REACHED",
      "BODY_TOO_LARGE",
      "UNSUPPORTED_MEDIA_TYPE",
      "SEQ_NOT_REACHED",
      "UNAVAILABLE",
    ],
  });
}
