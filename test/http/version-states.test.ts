import { expect, it } from "vitest";
import { changeAnswer } from "../../src/contract/artifact/resolved.ts";
import { aDocument, aName, ask, askJson, change, postDocument, publish, read, refusalOf } from "./a-registry.ts";

async function withVersions(...versions: string[]): Promise<string> {
  const name = aName("lived");
  for (const version of versions) await publish(aDocument(name, { version }));
  return name;
}

const act = (name: string, version: string, verb: string, body: unknown = {}) =>
  askJson("POST", `/v1/templates/${name}/versions/${version}:${verb}`, body);

it("warns of a deprecated version in headers, and still resolves it", async () => {
  const name = await withVersions("1.0.0", "2.0.0");
  const notice = { message: "old", successor: `${name}@^2`, sunset: "2031-02-03T04:05:06Z" };
  const told = changeAnswer.parse(await (await act(name, "1.0.0", "deprecate", notice)).json());
  expect(told).toMatchObject({ changed: true, version: { state: "deprecated", notice }, tags: { latest: "2.0.0" } });

  const response = await read(`/v1/templates/${name}@^1`);
  const since = Math.floor(Date.parse(told.version?.notice?.since ?? "") / 1000);
  expect(response.headers.get("deprecation")).toBe(`@${since}`);
  expect(response.headers.get("sunset")).toBe("Mon, 03 Feb 2031 04:05:06 GMT");
  expect(response.headers.get("link")).toBe(`</v1/templates/${name}@%5E2>; rel="successor-version"`);
  expect(await response.json()).toMatchObject({ version: "1.0.0", state: "deprecated", notice });

  const source = await read(`/v1/templates/${name}@1.0.0`, { Accept: "application/yaml" });
  expect(source.headers.get("deprecation")).toBe(`@${since}`);
  await source.body?.cancel();
});

it("gives no such header for a live version", async () => {
  const name = await withVersions("1.0.0");
  const response = await read(`/v1/templates/${name}`);
  for (const header of ["deprecation", "sunset", "link"]) expect(response.headers.get(header)).toBeNull();
  await response.body?.cancel();
});

it.each(["Not A Name", "name@nonsense!", '"><script>', "name@1.0.0\nX: y", "@"])(
  "refuses %j as a successor, which goes into a header",
  async (successor) => {
    const name = await withVersions("1.0.0");
    const response = await act(name, "1.0.0", "deprecate", { successor });
    expect((await refusalOf(response, 400)).code).toBe("INVALID_REQUEST");
  },
);

it("lets ranges and tags pass over a yanked version, and serves it by exact version and digest", async () => {
  const name = await withVersions("1.0.0", "1.1.0");
  const digest = (await (await read(`/v1/templates/${name}@1.1.0`)).json<{ digest: string }>()).digest;
  await change("PUT", `/v1/templates/${name}/tags/stable`, { version: "1.1.0" });
  const told = await change("POST", `/v1/templates/${name}/versions/1.1.0:yank`, { message: "it burns" });
  expect(told).toMatchObject({ tags: { latest: "1.0.0", stable: "1.1.0" } });

  for (const reference of [name, `${name}@^1`, `${name}@latest`]) {
    expect(await (await read(`/v1/templates/${reference}`)).json()).toMatchObject({ version: "1.0.0" });
  }
  for (const selector of ["1.1.0", digest]) {
    const response = await read(`/v1/templates/${name}@${selector}`);
    expect(response.headers.get("cache-control")).toBe("no-cache");
    expect(await response.json()).toMatchObject({ version: "1.1.0", state: "yanked", notice: { message: "it burns" } });
  }
  const byTag = await refusalOf(await read(`/v1/templates/${name}@stable`), 404);
  expect(byTag.code).toBe("VERSION_YANKED");
  expect(byTag.detail).toContain("it burns");
});

it("has no latest when every version is yanked, and says so", async () => {
  const name = await withVersions("1.0.0");
  const told = await change("POST", `/v1/templates/${name}/versions/1.0.0:yank`);
  expect(told).toMatchObject({ tags: {} });
  expect((await refusalOf(await read(`/v1/templates/${name}`), 404)).code).toBe("VERSION_NOT_FOUND");
});

it("lets a deprecated version be latest only when none is live", async () => {
  const name = await withVersions("1.0.0", "1.1.0");
  expect(await change("POST", `/v1/templates/${name}/versions/1.1.0:deprecate`)).toMatchObject({
    tags: { latest: "1.0.0" },
  });
  expect(await change("POST", `/v1/templates/${name}/versions/1.0.0:deprecate`)).toMatchObject({
    tags: { latest: "1.1.0" },
  });
});

it("restores a version that was yanked or deprecated", async () => {
  const name = await withVersions("1.0.0", "1.1.0");
  for (const verb of ["yank", "deprecate"]) {
    await change("POST", `/v1/templates/${name}/versions/1.1.0:${verb}`, { message: "for now" });
    const told = changeAnswer.parse(await (await act(name, "1.1.0", "restore")).json());
    expect(told).toMatchObject({ version: { state: "live", notice: null }, tags: { latest: "1.1.0" } });
    const response = await read(`/v1/templates/${name}@1.1.0`);
    expect(response.headers.get("cache-control")).toContain("immutable");
    await response.body?.cancel();
  }
});

it("answers 410 for a deleted version, by number and by digest, and never lets its number be used again", async () => {
  const name = await withVersions("1.0.0", "1.1.0");
  const { digest } = await (await read(`/v1/templates/${name}@1.1.0`)).json<{ digest: string }>();
  await change("PUT", `/v1/templates/${name}/tags/stable`, { version: "1.1.0" });
  const told = await change("DELETE", `/v1/templates/${name}/versions/1.1.0?message=a+secret+in+it`);
  expect(told).toMatchObject({ changed: true, tags: { latest: "1.0.0" }, version: { state: "deleted" } });

  for (const selector of ["1.1.0", digest]) {
    const refused = await refusalOf(await read(`/v1/templates/${name}@${selector}`), 410);
    expect(refused.code).toBe("VERSION_DELETED");
    expect(refused.detail).toContain("a secret in it");
  }
  for (const accept of ["application/yaml", "application/json"]) {
    await refusalOf(await read(`/v1/templates/${name}@1.1.0`, { Accept: accept }), 410);
  }
  expect((await refusalOf(await read(`/v1/templates/${name}@stable`), 404)).code).toBe("TAG_NOT_FOUND");
  const documents = [aDocument(name, { version: "1.1.0" }), aDocument(name, { version: "1.1.0", name: "Another" })];
  for (const document of documents) {
    expect((await refusalOf(await postDocument(document), 410)).code).toBe("VERSION_DELETED");
  }
  for (const verb of ["restore", "yank", "deprecate"]) await refusalOf(await act(name, "1.1.0", verb), 410);
  expect((await refusalOf(await askJson("PUT", `/v1/templates/${name}/tags/x1`, { version: "1.1.0" }), 410)).code).toBe(
    "VERSION_DELETED",
  );
});

it("changes nothing when asked for the state that is", async () => {
  const name = await withVersions("1.0.0", "1.1.0");
  const path = `/v1/templates/${name}/versions/1.0.0`;
  const body = { message: "old" };
  for (const [method, at] of [
    ["POST", `${path}:deprecate`],
    ["POST", `${path}:restore`],
    ["POST", `${path}:yank`],
    ["DELETE", path],
  ] as const) {
    const first = await change(method, at, body);
    expect(await change(method, at, body)).toMatchObject({ changed: false, seq: first.seq });
  }
});

it("refuses to deprecate what is yanked, since ranges would choose it again", async () => {
  const name = await withVersions("1.0.0");
  await change("POST", `/v1/templates/${name}/versions/1.0.0:yank`);
  expect((await refusalOf(await act(name, "1.0.0", "deprecate"), 409)).code).toBe("STATE_CONFLICT");
});

it("refuses what is not there", async () => {
  const name = await withVersions("1.0.0");
  expect((await refusalOf(await act(name, "3.0.0", "yank"), 404)).code).toBe("VERSION_NOT_FOUND");
  expect((await refusalOf(await act(aName(), "3.0.0", "yank"), 404)).code).toBe("NAME_NOT_FOUND");
  await refusalOf(await act(name, "1.0", "yank"), 400);
  await refusalOf(await act(name, "1.0.0", "yank", { mesage: "x" }), 400);
  await refusalOf(await act(name, "1.0.0", "explode"), 405);
});

it("takes a verb without a body", async () => {
  const name = await withVersions("1.0.0");
  expect((await ask("POST", `/v1/templates/${name}/versions/1.0.0:yank`)).status).toBe(200);
});
