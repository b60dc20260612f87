import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { aDocument, ask, publish } from "./a-registry.ts";
import { aRun, plainInputs } from "./a-run.ts";
import { expectSound } from "./an-answer.ts";

let known = "";

beforeAll(async () => {
  await publish(
    aDocument("eater", {
      inputs: {
        ...plainInputs,
        photo: { type: "file", format: ["png"] },
        notes: { type: "array", items: { type: "file" } },
        box: { type: "object", properties: { x: { type: "integer", default: 1 }, y: { type: "file" } } },
        any: { type: "object", additional_properties: true },
      },
      execution: { pool: "fuzz" },
    }),
  );
  known = (await aRun("eater")).id;
});

const odd = fc.oneof(
  fc.constantFrom<unknown>(
    "",
    "@",
    "@@",
    "@x",
    "@018f0000-0000-7000-8000-000000000000.a",
    "@018f0000-0000-7000-8000-000000000000[",
    `sha256:${"a".repeat(64)}`,
    "sha256:",
    -0,
    1e308,
    2 ** 60,
    null,
    true,
    [],
    {},
    "\u0000",
    "__proto__",
  ),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.jsonValue({ maxDepth: 3 }),
);
const names = ["prompt", "steps", "photo", "notes", "box", "any"];
const inputs = fc.dictionary(fc.oneof(fc.constantFrom(...names, "__proto__", "constructor", ""), fc.string()), odd, {
  maxKeys: 6,
});
const body = fc.oneof(
  fc.record(
    {
      inputs: fc.oneof(
        inputs,
        inputs.map((given) => ({ prompt: "x", ...given })),
        odd,
      ),
      priority: fc.oneof(fc.integer({ min: -2, max: 12 }), odd),
      pool: fc.oneof(fc.constantFrom("fuzz", "a.b", "A", ""), odd),
      labels: fc.oneof(fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 }), odd),
      timeout_seconds: fc.oneof(fc.integer(), odd),
      max_attempts: fc.oneof(fc.integer({ min: 0, max: 30 }), odd),
      runner_labels: fc.oneof(fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 }), odd),
      reason: odd,
      extra: odd,
    },
    { requiredKeys: [] },
  ),
  odd,
);
/** What may well be accepted: odd values only where any are. */
const fitting = fc.record(
  {
    inputs: fc.record(
      {
        prompt: fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }),
        steps: fc.integer({ min: 0, max: 101 }),
        any: fc.dictionary(fc.string({ unit: "binary", maxLength: 10 }), odd, { maxKeys: 3 }),
      },
      { requiredKeys: ["prompt"] },
    ),
    priority: fc.integer({ min: 1, max: 10 }),
    labels: fc.dictionary(fc.stringMatching(/^[a-z]{1,9}$/), fc.string({ maxLength: 9 }), { maxKeys: 3 }),
  },
  { requiredKeys: ["inputs"] },
);
const text = fc.oneof(
  fitting.map((value) => JSON.stringify(value)),
  body.map((value) => JSON.stringify(value) ?? ""),
  fc.string({ unit: "binary", maxLength: 60 }),
);
const headerText = fc.oneof(
  fc.constantFrom("", "wait=0", "wait=-1", "wait=", "respond-async", '"a', '"a\\"b"', "0", "7", "99999999999999999999"),
  fc.stringMatching(/^[\x20-\x7e]{0,60}$/),
);
const id = fc.oneof(
  fc.constantFrom("KNOWN", "018f0000-0000-7000-8000-000000000000", "%00", "..", "KNOWN%20"),
  fc.string({ maxLength: 20 }).map(encodeURIComponent),
);
const query = fc
  .array(
    fc.tuple(
      fc.constantFrom("after", "limit", "cursor", "attempt", "state", "label", "entity", "name", "pool", "kind", "x"),
      fc.oneof(fc.string({ maxLength: 20 }), fc.nat().map(String), fc.constantFrom("eyJhZnRlciI6MX0", "queued", "a:b")),
    ),
    { maxLength: 3 },
  )
  .map((pairs) => (pairs.length === 0 ? "" : `?${new URLSearchParams(pairs)}`));

it("answers any request for a run with a run or with a refusal that says why, never with a 5xx", async () => {
  let made = 0;
  const types = fc.constantFrom(
    "application/json",
    "application/json",
    "multipart/form-data; boundary=x",
    "text/plain",
    "",
  );
  await fc.assert(
    fc.asyncProperty(text, types, headerText, headerText, async (sent, type, key, prefer) => {
      const response = await ask("POST", "/v1/templates/eater/runs", {
        body: sent,
        type,
        headers: { ...(key === "" ? {} : { "Idempotency-Key": key }), Prefer: prefer.replace(/wait/gi, "wai") },
      });
      if (response.status < 300) made += 1;
      await expectSound(response);
    }),
    { numRuns: 250 },
  );
  expect(made).toBeGreaterThan(5);
});

it("answers any other question about runs soundly too", async () => {
  const paths = fc.constantFrom("", "/events", "/logs", ":cancel", ":replay", ":destroy");
  const accepts = fc.constantFrom("*/*", "text/plain", "application/json", "text/html", "");
  await fc.assert(
    fc.asyncProperty(id, paths, query, accepts, headerText, text, async (run, path, asked, accept, last, sent) => {
      const at = `/v1/runs/${run.replace("KNOWN", known)}${path}${asked}`;
      const headers = { Accept: accept, ...(last === "" ? {} : { "Last-Event-ID": last }) };
      const isPost = path.startsWith(":");
      const type = "application/json";
      // Cancelling would end what the other requests ask about.
      const body = path === ":cancel" ? '{"reason":7}' : sent;
      await expectSound(await ask(isPost ? "POST" : "GET", at, isPost ? { headers, body, type } : { headers }));
    }),
    { numRuns: 250 },
  );
  await fc.assert(
    fc.asyncProperty(query, async (asked) => void (await expectSound(await ask("GET", `/v1/runs${asked}`)))),
    { numRuns: 200 },
  );
});
