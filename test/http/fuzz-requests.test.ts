import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { allRoutes } from "../../src/contract/http/all-routes.ts";
import { maintenanceAnswer } from "../../src/contract/http/registry.ts";
import { aDocument, ask, change, publish } from "./a-registry.ts";
import { expectSound } from "./an-answer.ts";

const runs = { numRuns: 300 };

beforeAll(async () => {
  for (const version of ["1.0.0", "1.1.0", "2.0.0"]) await publish(aDocument("fuzzed", { version }));
  await change("PUT", "/v1/templates/fuzzed/tags/stable", { version: "1.0.0" });
  await change("POST", "/v1/templates/fuzzed/versions/2.0.0:yank");
});

/** Text as a careless program might put it into a URL: raw, encoded, encoded wrongly. */
const inUrl = fc.oneof(
  fc.string({ maxLength: 30 }).map(encodeURIComponent),
  fc.string({ unit: "binary", maxLength: 12 }).map((text) => encodeURIComponent(text.toWellFormed())),
  fc.stringMatching(/^(%[0-9A-Fa-f]{2}|%|%[g-z]|[a-z@^~.*<>=|:-]){0,12}$/),
  fc.constantFrom(
    "%00",
    "%",
    "%zz",
    "%C0%80",
    "%2F",
    "%2e%2e",
    "%F0%9F%92%A9",
    "__proto__",
    "constructor",
    "%0A",
    "%EF%BF%BF",
  ),
);
const version = fc.tuple(fc.nat(30), fc.nat(30), fc.nat(30)).map((parts) => parts.join("."));
const selectorText = fc.oneof(
  version,
  fc
    .tuple(fc.constantFrom("^", "~", ">=", "<", "=", ">", "*", "x", "v"), fc.oneof(version, fc.nat(30).map(String)))
    .map((parts) => parts.join("")),
  fc.constantFrom(
    "latest",
    "stable",
    "1.x",
    "*",
    "x",
    "",
    "@",
    "1 || 2",
    "1.0.0 - 2",
    "||",
    "^",
    ">",
    "1.0.0-rc.1",
    "1.0.0+b",
    "sha256:",
    `sha256:${"a".repeat(64)}`,
    "9".repeat(200),
  ),
  fc.stringMatching(/^[\d^~<>=*xX. |-]{0,40}$/),
  fc.string({ maxLength: 250 }),
);
const referenceText = fc.oneof(
  selectorText.map((selector) => `fuzzed@${encodeURIComponent(selector)}`),
  inUrl.map((text) => `fuzzed@${text}`),
  inUrl,
  fc.constantFrom("fuzzed", "fuzzed@latest", "nobody"),
);
const headerText = fc
  .string({
    unit: "grapheme-ascii",
    maxLength: 60,
  })
  .map((text) => text.trim());
const headersOf = fc.record(
  {
    "Callsheet-Min-Seq": fc.oneof(headerText, fc.integer().map(String), fc.bigInt().map(String)),
    "If-None-Match": fc.oneof(headerText, fc.constantFrom("*", '"a"', 'W/"a", "b"', '"')),
    Accept: fc.oneof(
      headerText,
      fc
        .array(
          fc
            .tuple(
              fc.constantFrom("application/yaml", "application/json", "*/*", "text/*", "x"),
              fc.constantFrom("", ";q=0", ";q=0.5", ";q=", ";q=x", ";v=1"),
            )
            .map((parts) => parts.join("")),
          { maxLength: 5 },
        )
        .map((all) => all.join(",")),
    ),
    "Content-Type": fc.oneof(
      headerText,
      fc.constantFrom("application/json", "application/yaml", "text/yaml;charset=x", "application/json; ="),
    ),
    "Content-Encoding": fc.constantFrom("identity", "gzip", "br", ""),
    Range: fc.constantFrom("bytes=0-1", "bytes=-1", "x"),
    "X-Request-Id": headerText,
  },
  { requiredKeys: [] },
);

it("answers any reference and any headers soundly", async () => {
  const suffix = fc.constantFrom("", "", "", "/schema", "/openapi.json", "/versions", "/tags", "/compare?from=1");
  await fc.assert(
    fc.asyncProperty(
      referenceText,
      suffix,
      headersOf,
      fc.constantFrom("GET", "HEAD"),
      async (reference, after, headers, method) => {
        await expectSound(await ask(method, `/v1/templates/${reference}${after}`, { headers: definite(headers) }));
      },
    ),
    { numRuns: 600 },
  );
});

it("answers any query soundly", async () => {
  const key = fc.oneof(
    fc.constantFrom(
      "q",
      "category",
      "tag",
      "runtime",
      "gpu",
      "state",
      "limit",
      "cursor",
      "version",
      "from",
      "to",
      "dry_run",
      "message",
      "__proto__",
    ),
    inUrl,
  );
  const value = fc.oneof(
    inUrl,
    selectorText.map(encodeURIComponent),
    fc.integer().map(String),
    fc.constantFrom("true", "live", ""),
  );
  const queryText = fc
    .array(fc.tuple(key, value), { maxLength: 4 })
    .map((pairs) => pairs.map((pair) => pair.join("=")).join("&"));
  const path = fc.constantFrom(
    "/v1/templates",
    "/v1/templates/fuzzed",
    "/v1/templates/fuzzed/versions",
    "/v1/templates/fuzzed/compare",
    "/v1/templates/fuzzed/tags/stable/history",
    "/v1/admin/verify",
    "/healthz",
  );
  await fc.assert(
    fc.asyncProperty(path, queryText, async (at, query) => {
      await expectSound(await ask("GET", `${at}?${query}`));
    }),
    runs,
  );
});

it("answers any cursor soundly, be it of the right form", async () => {
  const place = fc.oneof(
    fc.record({ rank: fc.oneof(fc.integer(), fc.double(), fc.maxSafeInteger()), name: fc.string() }),
    fc.record({ after: fc.oneof(version, fc.string()) }),
    fc.record({ before: fc.oneof(fc.maxSafeInteger(), fc.string()) }),
    fc.record({ kind: fc.string(), name: fc.string() }),
    fc.jsonValue(),
  );
  const path = fc.constantFrom(
    "/v1/templates",
    "/v1/templates/fuzzed/versions",
    "/v1/templates/fuzzed/tags/stable/history",
    "/v1/admin/verify",
  );
  await fc.assert(
    fc.asyncProperty(path, place, async (at, told) => {
      const bytes = new TextEncoder().encode(JSON.stringify(told));
      const cursor = btoa(String.fromCharCode(...bytes))
        .replaceAll("+", "-")
        .replaceAll("/", "_")
        .replaceAll("=", "");
      await expectSound(await ask("GET", `${at}?cursor=${cursor}`));
    }),
    runs,
  );
});

it("answers any method on any path soundly", async () => {
  const known = fc.constantFrom(...allRoutes.map((route) => route.path)).chain((path) =>
    fc
      .array(fc.oneof(fc.constantFrom("fuzzed", "stable", "1.0.0"), version, inUrl), { minLength: 2, maxLength: 2 })
      .map((texts) => {
        let at = 0;
        return path.replaceAll(/\{\w+\}/g, () => texts[at++] ?? "");
      }),
  );
  const unknown = fc.array(inUrl, { maxLength: 6 }).map((parts) => `/${parts.join("/")}`);
  const method = fc.constantFrom(
    "GET",
    "HEAD",
    "POST",
    "PUT",
    "DELETE",
    "PATCH",
    "OPTIONS",
    "get",
    "PROPFIND",
    "PURGE",
    "SEARCH",
  );
  const body = fc.oneof(
    fc.constant(undefined),
    fc.json(),
    fc.string(),
    fc.constantFrom("{}", "null", "[]", '{"version":"1.0.0"}', '{"inputs":{}}'),
  );
  await fc.assert(
    fc.asyncProperty(fc.oneof(known, known, unknown), method, headersOf, body, async (path, how, headers, text) => {
      fc.pre(!path.startsWith("//"));
      const hasBody = text !== undefined && !["GET", "HEAD", "get"].includes(how);
      await expectSound(
        await ask(how, path, { headers: definite(headers), ...(hasBody ? { body: text.toWellFormed() } : {}) }),
      );
    }),
    { numRuns: 600 },
  );
});

it("answers any JSON body soundly", async () => {
  const value = fc.jsonValue({ maxDepth: 3 });
  const body = fc.oneof(
    value,
    fc.record(
      { version: fc.oneof(version, value), reason: fc.oneof(fc.string({ unit: "binary" }), value) },
      { requiredKeys: [] },
    ),
    fc.record(
      {
        message: fc.string({ unit: "binary" }),
        successor: fc.oneof(fc.string(), referenceText),
        sunset: fc.oneof(
          fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
          fc.string(),
        ),
      },
      { requiredKeys: [] },
    ),
    fc.record({ inputs: fc.oneof(value, fc.dictionary(fc.string(), value)) }),
  );
  const target = fc.constantFrom(
    ["POST", "/v1/templates/fuzzed/validate"],
    ["PUT", "/v1/templates/fuzzed/tags/canary"],
    ["POST", "/v1/templates/fuzzed/versions/1.0.0:deprecate"],
    ["POST", "/v1/templates/fuzzed/versions/1.1.0:yank"],
    ["POST", "/v1/templates/fuzzed/versions/1.1.0:restore"],
  );
  await fc.assert(
    fc.asyncProperty(target, body, async ([method = "", path = ""], told) => {
      await expectSound(await ask(method, path, { body: JSON.stringify(told), type: "application/json" }));
    }),
    runs,
  );
});

it("has a registry in order after all that", async () => {
  const told = maintenanceAnswer.parse(await (await ask("GET", "/v1/admin/verify")).json());
  expect(told.disagreements).toEqual([]);
  expect(told.names).toBeGreaterThan(0);
  expect((await ask("GET", "/v1/templates/fuzzed@^1")).status).toBeLessThan(500);
});

/** Without the keys that were not drawn. */
function definite(headers: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
