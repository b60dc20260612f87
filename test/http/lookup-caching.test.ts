import { beforeAll, expect, it } from "vitest";
import { aDocument, ask, change, postYaml, publish, read, readSource, refusalOf } from "./a-registry.ts";

const name = "cached_well";
const exact = `/v1/templates/${name}@1.0.0`;
const source = `# as written\n${JSON.stringify(aDocument(name), null, 2)}\n`;
let digest = "";

beforeAll(async () => {
  const response = await postYaml(source);
  digest = (await response.json<{ digest: string }>()).digest;
});

it("lets exact versions and digests be kept for ever, and what may move for no time", async () => {
  for (const selector of ["1.0.0", digest]) {
    const response = await read(`/v1/templates/${name}@${selector}`);
    expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    await response.body?.cancel();
  }
  for (const reference of [name, `${name}@latest`, `${name}@^1`]) {
    const response = await read(`/v1/templates/${reference}`);
    expect(response.headers.get("cache-control")).toBe("no-cache");
    await response.body?.cancel();
  }
});

it("has the digest for a strong ETag", async () => {
  const response = await read(exact);
  expect(response.headers.get("etag")).toBe(`"${digest}"`);
  expect(response.headers.get("vary")).toBe("Accept");
  expect(await response.json()).toMatchObject({ digest });
});

it.each([
  ["the same", () => `"${digest}"`],
  ["weak", () => `W/"${digest}"`],
  ["in a list", () => `"other", W/"and-another" , "${digest}"`],
  ["any", () => "*"],
])("answers 304 without a body to an If-None-Match that is %s", async (_how, ifNoneMatch) => {
  for (const path of [exact, `/v1/templates/${name}`]) {
    const response = await read(path, { "If-None-Match": ifNoneMatch() });
    expect(response.status).toBe(304);
    expect(await response.text()).toBe("");
    expect(response.headers.get("etag")).toBe(`"${digest}"`);
    expect(response.headers.get("callsheet-seq")).toMatch(/^\d+$/);
  }
});

it.each(['"other"', "other", '"', 'W/"sha256"', ",,,", '"a, b"'])(
  "answers 200 to an If-None-Match of %s",
  async (tag) => {
    const response = await read(exact, { "If-None-Match": tag });
    expect(response.status).toBe(200);
    await response.body?.cancel();
  },
);

it("answers HEAD like GET, without the body", async () => {
  const [got, headed] = [await read(exact), await ask("HEAD", exact, { token: null })];
  expect(headed.status).toBe(200);
  expect(await headed.text()).toBe("");
  await got.body?.cancel();
  for (const header of ["etag", "cache-control", "content-type", "callsheet-version"]) {
    expect(headed.headers.get(header)).toBe(got.headers.get(header));
  }
  expect((await ask("HEAD", "/v1/templates/not_there_at_all", { token: null })).status).toBe(404);
  expect((await ask("HEAD", "/v1/templates", { token: null })).status).toBe(200);
});

it("gives the source byte for byte to who asks for YAML", async () => {
  expect(await readSource(`${name}@1.0.0`)).toBe(source);
  const marked = `\uFEFF${source.replaceAll("\n", "\r\n").replaceAll("1.0.0", "1.0.1")}`;
  await postYaml(marked);
  expect(await readSource(`${name}@1.0.1`)).toBe(marked);
});

it("says of a source that was JSON that it is JSON", async () => {
  await publish(aDocument("sent_as_json"));
  const response = await read("/v1/templates/sent_as_json", { Accept: "application/yaml" });
  expect(response.headers.get("content-type")).toBe("application/json");
  expect(await response.json()).toEqual(aDocument("sent_as_json"));
});

it("has for the source an ETag of its own", async () => {
  const first = await read(exact, { Accept: "text/yaml" });
  const etag = first.headers.get("etag") ?? "";
  await first.body?.cancel();
  expect(etag).not.toBe(`"${digest}"`);
  expect((await read(exact, { Accept: "text/yaml", "If-None-Match": etag })).status).toBe(304);
  expect((await read(exact, { Accept: "text/yaml", "If-None-Match": `"${digest}"` })).status).toBe(200);
});

it.each([
  ["*/*", "application/json"],
  ["application/*", "application/json"],
  ["application/json", "application/json"],
  ["application/yaml", "application/yaml"],
  ["text/x-yaml", "application/yaml"],
  ["APPLICATION/YAML", "application/yaml"],
  ["application/yaml, */*;q=0.1", "application/yaml"],
  ["application/yaml;q=0.5, application/json", "application/json"],
  ["application/yaml, application/json;q=0.9", "application/yaml"],
  ["text/html, application/json;q=0.5", "application/json"],
  ["text/html,application/xhtml+xml,*/*;q=0.8", "application/json"],
  ["application/json;q=0, application/yaml;q=0.1", "application/yaml"],
])("answers Accept: %s with %s", async (accept, type) => {
  const response = await read(exact, { Accept: accept });
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe(type);
  await response.body?.cancel();
});

it.each(["text/html", "application/json;q=0", "image/*", "application/xml, text/plain", "nonsense"])(
  "refuses Accept: %s with 406, and says what it writes",
  async (accept) => {
    const refused = await refusalOf(await read(exact, { Accept: accept }), 406);
    expect(refused.code).toBe("NOT_ACCEPTABLE");
    expect(refused.detail).toContain("application/yaml");
  },
);

it("changes the ETag of an exact version when its state changes, because the body tells the state", async () => {
  await publish(aDocument("state_in_etag"));
  const path = "/v1/templates/state_in_etag@1.0.0";
  const before = await read(path);
  await before.body?.cancel();
  await change("POST", "/v1/templates/state_in_etag/versions/1.0.0:deprecate", { message: "use another" });
  const after = await read(path, { "If-None-Match": before.headers.get("etag") ?? "" });
  expect(after.status).toBe(200);
  expect(after.headers.get("cache-control")).toBe("no-cache");
  expect(await after.json()).toMatchObject({ state: "deprecated", notice: { message: "use another" } });
});
