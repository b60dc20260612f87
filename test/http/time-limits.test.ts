import { createExecutionContext, env } from "cloudflare:test";
import { afterEach, expect, it, vi } from "vitest";
import { limits } from "../../src/contract/limits.ts";
import { createApp } from "../../src/http/app.ts";
import { answerOci } from "../../src/http/oci/answer-oci.ts";
import { wireRequest } from "../../src/worker/wire-request.ts";
import { refusalOf } from "./a-registry.ts";

afterEach(() => {
  vi.useRealTimers();
});

/** What a request needs, but that nobody ever hears who asks. */
function hanging(request: Request) {
  const never = () => new Promise<never>(() => undefined);
  return { ...wireRequest(env, createExecutionContext(), request), authorise: never, authoriseOci: never };
}

it.each([
  ["GET", "/v1/runs", limits.routeSeconds, "nothing was changed"],
  ["DELETE", "/v1/templates/x/tags/stable", limits.routeSeconds, "may still be done"],
  ["POST", "/v1/templates", limits.longRouteSeconds, "may still be done"],
])("%s %s is answered after its time, whatever hangs behind it", async (method, path, seconds, says) => {
  const request = new Request(`http://localhost${path}`, { method });
  const needs = hanging(request);
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  let isAnswered = false;
  const answering = Promise.resolve(createApp().fetch(request, needs)).finally(() => {
    isAnswered = true;
  });
  await vi.advanceTimersByTimeAsync(seconds * 1000 - 1);
  expect(isAnswered).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  const refused = await refusalOf(await answering, 503);
  expect(refused.code).toBe("TIMED_OUT");
  expect(refused.detail).toContain(says);
});

it("so it is at /v2/, but for what streams bytes in", async () => {
  const tags = new Request("http://localhost/v2/models/x/tags/list");
  const upload = new Request("http://localhost/v2/models/x/blobs/uploads/", { method: "POST" });
  const needs = { tags: hanging(tags), upload: hanging(upload) };
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const answering = answerOci(tags, needs.tags);
  let isUploadAnswered = false;
  void answerOci(upload, needs.upload).finally(() => {
    isUploadAnswered = true;
  });
  await vi.advanceTimersByTimeAsync(24 * 3600 * 1000);
  const answered = await answering;
  expect(answered.status).toBe(503);
  expect(await answered.json()).toEqual({ errors: [] });
  expect(isUploadAnswered).toBe(false);
});
