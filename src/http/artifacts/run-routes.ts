import type { Hono } from "hono";
import type { CallableRoutes } from "../../contract/http/artifact-routes.ts";
import { runArtifact } from "../../operations/run/run-artifact.ts";
import { bindRoute } from "../bind-route.ts";
import type { AppEnv } from "../needs.ts";
import { readReference } from "../requests/artifact-reference.ts";
import { readMinSeq } from "../requests/min-seq.ts";
import { readRunBody } from "../requests/run-body.ts";
import { readIdempotencyKey } from "../requests/run-key.ts";
import { readWait } from "../requests/run-wait.ts";
import { answerCreatedRun } from "../runs/answer-run.ts";

/** `POST /v1/{templates,functions}/{reference}/runs`. */
export function bindRunRoutes(app: Hono<AppEnv>, { of, run }: CallableRoutes): void {
  bindRoute(app, run, async ({ params, request, needs, caller }) => {
    const reference = readReference(of, params.reference, undefined);
    if (!reference.ok) return reference;
    const minSeq = readMinSeq(request);
    if (!minSeq.ok) return minSeq;
    const key = readIdempotencyKey(request);
    if (!key.ok) return key;
    const body = await readRunBody(request);
    if (!body.ok) return body;
    const asked = { kind: of.kind, ...reference.value, minSeq: minSeq.value };
    const created = await runArtifact(needs, { reference: asked, ...body.value, caller: caller.name, key: key.value });
    return created.ok ? answerCreatedRun(needs, created.value, readWait(request)) : created;
  });
}
