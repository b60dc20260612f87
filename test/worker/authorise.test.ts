import { env } from "cloudflare:test";
import { expect, it } from "vitest";
import { allRoutes } from "../../src/contract/http/all-routes.ts";
import type { Route, SignedFor } from "../../src/contract/http/route.ts";
import { createSigner } from "../../src/domain/file/create-signer.ts";
import { authorise } from "../../src/worker/authorise.ts";
import { signerOf } from "../../src/worker/signer.ts";

const signer = createSigner("a key of this test");
const guarded = allRoutes.filter((route) => route.access !== "read" && route.access !== "open");
const params = { digest: "some-digest", upload_id: "some-upload" };
const inAnHour = () => new Date(Date.now() + 3600 * 1000);

/** What a route says to a request with this Authorization and this query. */
function authorised(route: Route, authorization: string | null, query = "", given: Env = env) {
  const headers: Record<string, string> = authorization === null ? {} : { Authorization: authorization };
  const needs = { env: given, signer, later: () => undefined, note: () => undefined };
  return authorise(needs, new Request(`http://localhost/${query}`, { headers }), route, params);
}

it("lets nobody in, whatever they send, when no token was ever set", async () => {
  const { CALLSHEET_ADMIN_TOKEN: _, CALLSHEET_RUNNER_TOKEN: __, ...rest } = env;
  for (const without of [rest, { ...rest, CALLSHEET_ADMIN_TOKEN: "", CALLSHEET_RUNNER_TOKEN: "" }]) {
    for (const route of allRoutes.filter(({ refusesWrongTokens }) => refusesWrongTokens !== true)) {
      for (const sent of [null, "Bearer ", "Bearer undefined", "Bearer null"]) {
        const expected = guarded.includes(route) ? { ok: false, failure: { code: "FORBIDDEN" } } : { ok: true };
        expect(await authorised(route, sent, "", without)).toMatchObject(expected);
      }
    }
  }
});

it.each([
  "Bearer test-admin-toke",
  "Bearer test-admin-token2",
  "Bearer TEST-ADMIN-TOKEN",
  "Bearer test-admin-token x",
  "test-admin-token",
])("refuses %s", async (sent) => {
  for (const route of guarded) {
    expect(await authorised(route, sent)).toMatchObject({ ok: false, failure: { code: "UNAUTHENTICATED" } });
  }
});

it("lets the admin token do everything", async () => {
  for (const route of allRoutes) {
    expect(await authorised(route, "Bearer test-admin-token")).toMatchObject({ ok: true });
  }
});

it("lets the runner token connect a runner and nothing else", async () => {
  const withRunner = { ...env, CALLSHEET_RUNNER_TOKEN: "a-runner-token" };
  for (const route of guarded) {
    expect(await authorised(route, "Bearer a-runner-token", "", withRunner)).toMatchObject({
      ok: route.access === "runner",
    });
  }
  expect(guarded.some((route) => route.access === "runner")).toBe(true);
});

it("takes a signature only on the routes that are signed for just that", async () => {
  const subjects: Record<SignedFor, string> = { file: "some-digest", run_files: "some-run", upload: "some-upload" };
  for (const purpose of ["file", "run_files", "upload"] as const) {
    const query = `${signer.sign(purpose, subjects[purpose], inAnHour())}&run_id=some-run`;
    for (const route of guarded) {
      expect(await authorised(route, null, query), `${purpose} on ${route.operationId}`).toMatchObject({
        ok: route.signedFor === purpose,
      });
    }
  }
  const signed = Object.fromEntries(
    (["file", "run_files", "upload"] as const).map((purpose) => [
      purpose,
      guarded.filter((route) => route.signedFor === purpose).map((route) => route.operationId),
    ]),
  );
  expect(signed).toEqual({
    file: ["getFile"],
    run_files: ["sendFile", "beginUpload"],
    upload: ["getUpload", "sendPart", "completeUpload", "abandonUpload"],
  });
});

it("goes by the signature alone where there is one: a token does not mend it", async () => {
  const [getFile] = guarded.filter((route) => route.signedFor === "file");
  const query = signer.sign("file", "another-digest", inAnHour());
  expect(getFile && (await authorised(getFile, "Bearer test-admin-token", query))).toMatchObject({
    ok: false,
    failure: { code: "FORBIDDEN" },
  });
});

it("signs with a key of its own when one is set, and never alike without any secret", () => {
  const { CALLSHEET_ADMIN_TOKEN: _, CALLSHEET_SIGNING_KEY: __, ...bare } = env;
  const at = inAnHour();
  const sign = (given: Env) => signerOf(given).sign("file", "x", at);
  expect(sign({ ...bare, CALLSHEET_ADMIN_TOKEN: "t" })).toBe(createSigner("t").sign("file", "x", at));
  expect(sign({ ...bare, CALLSHEET_ADMIN_TOKEN: "t", CALLSHEET_SIGNING_KEY: "k" })).toBe(
    createSigner("k").sign("file", "x", at),
  );
  expect(sign(bare)).not.toBe(sign(bare));
});
