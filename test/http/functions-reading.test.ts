import { env } from "cloudflare:test";
import { beforeAll, describe, expect, it } from "vitest";
import { blobKey } from "../../src/bindings/r2/blob-store.ts";
import { type CataloguePage, cataloguePage } from "../../src/contract/artifact/catalogue.ts";
import { functionRuntime } from "../../src/contract/function/runtime.ts";
import { starter, starterList } from "../../src/contract/function/starter.ts";
import { maintenanceAnswer } from "../../src/contract/http/registry.ts";
import { sweepBlobs } from "../../src/operations/maintenance/sweep-blobs.ts";
import { sweepMemberships } from "../../src/operations/oci/garbage/sweep-memberships.ts";
import { repositoriesOf } from "../../src/worker/repositories.ts";
import { ask, askJson, read, refusalOf } from "./a-registry.ts";
import { aFunctionText, anArrayText, getFunction, postSource, publishSource, registrationOf } from "./a-source.ts";

const text = anArrayText("blur_deeply", { parameters: "sigma: float = 2.0" }).replaceAll("\n", "\r\n");

beforeAll(async () => {
  await publishSource(text, "?file=blur%20deeply.py");
  await publishSource(aFunctionText("weigh_cells", { docs: "Weighs what was segmented." }));
});

describe("a function is found", () => {
  it("in the list, by its runtime, and by its words", async () => {
    const names = ({ items }: CataloguePage) => items.map(({ name }) => name);
    const list = async (query: string) => cataloguePage.parse(await (await read(`/v1/functions${query}`)).json());
    const all = await list("");
    expect(names(all)).toEqual(["numpy.blur_deeply", "python.weigh_cells"]);
    expect(all.items[0]).toMatchObject({
      kind: "function",
      version: "1.0.0",
      title: "blur_deeply",
      description: "Changes a stack.",
      runtime: "numpy",
      gpu: false,
      abstract: false,
    });
    expect(names(await list("?runtime=python"))).toEqual(["python.weigh_cells"]);
    expect(names(await list("?gpu=true"))).toEqual([]);
    expect(names(await list("?q=segmented"))).toEqual(["python.weigh_cells"]);
    expect(names(await list("?q=blur"))).toEqual(["numpy.blur_deeply"]);
    expect(names(cataloguePage.parse(await (await read("/v1/templates?q=blur")).json()))).toEqual([]);
  });

  it("and is served as its author sent it, byte for byte, under its file's name", async () => {
    const response = await read("/v1/functions/numpy.blur_deeply", { Accept: "text/x-python" });
    expect(response.headers.get("content-type")).toBe("text/x-python; charset=utf-8");
    expect(response.headers.get("content-disposition")).toBe("inline; filename*=UTF-8''blur%20deeply.py");
    expect(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await response.arrayBuffer())).toBe(text);
    const etag = response.headers.get("etag") ?? "";
    const again = await read("/v1/functions/numpy.blur_deeply", { Accept: "text/x-python", "If-None-Match": etag });
    expect(again.status).toBe(304);
  });

  it("with a schema of its inputs, an OpenAPI document, and a path in the API's own", async () => {
    const schema = await (await read("/v1/functions/numpy.blur_deeply/schema")).json<{ inputs: object }>();
    expect(schema.inputs).toMatchObject({ required: ["image"], properties: { sigma: { type: "number", default: 2 } } });
    const own = await (await read("/v1/functions/numpy.blur_deeply/openapi.json")).json<{ paths: object }>();
    expect(Object.keys(own.paths)).toEqual(["/v1/functions/numpy.blur_deeply/runs"]);
    const all = await (await read("/openapi.json")).json<{ paths: object }>();
    expect(Object.keys(all.paths)).toEqual(expect.arrayContaining(["/v1/functions/python.weigh_cells/runs"]));
  });

  it("and its inputs are checked as a run would check them", async () => {
    const validate = (inputs: object) => askJson("POST", "/v1/functions/python.weigh_cells/validate", { inputs });
    const accepted = await validate({ value: 2.5 });
    expect(await accepted.json()).toMatchObject({
      name: "python.weigh_cells",
      inputs: { value: 2.5 },
      resources: { gpu: false },
    });
    const { code, issues } = await refusalOf(await validate({ value: "2.5", more: 1 }), 422);
    expect(code).toBe("INVALID_INPUTS");
    expect(issues).toHaveLength(2);
  });

  it.each(["blur_deeply", "python", "Numpy.blur", "cobol.add", "numpy.", "numpy.a b"])(
    "but not as %j, which no function is called",
    async (name) => {
      await refusalOf(await read(`/v1/functions/${encodeURIComponent(name)}`), 400);
    },
  );

  it("but not when there is none, nor among templates", async () => {
    expect((await refusalOf(await read("/v1/functions/numpy.nothing"), 404)).code).toBe("NAME_NOT_FOUND");
    await refusalOf(await read("/v1/templates/numpy.blur_deeply"), 400);
  });
});

describe("the starters", () => {
  it("are there for every runtime, and each registers as it is", async () => {
    const { items } = starterList.parse(await (await read("/v1/starters")).json());
    expect(new Set(items.map(({ runtime }) => runtime))).toEqual(new Set(functionRuntime.options));
    const mediaTypes = { python: "text/x-python", typescript: "application/typescript", javascript: "text/javascript" };
    for (const { runtime, language, file, source } of items) {
      const query = `?dry_run=true&file=${file}`;
      const told = await registrationOf(await postSource(source, query, mediaTypes[language]));
      for (const { name } of told.functions) expect(name.startsWith(`${runtime}.`)).toBe(true);
    }
  });

  it("are answered one by one, of JavaScript in the language that is asked for", async () => {
    const of = async (path: string) => starter.parse(await (await read(`/v1/starters/${path}`)).json());
    expect(await of("torch")).toMatchObject({ runtime: "torch", language: "python" });
    expect(await of("javascript")).toMatchObject({ language: "typescript" });
    expect(await of("javascript?language=javascript")).toMatchObject({ language: "javascript" });
    expect((await refusalOf(await read("/v1/starters/torch?language=typescript"), 400)).detail).toContain("python");
    await refusalOf(await read("/v1/starters/cobol"), 400);
  });
});

describe("admin", () => {
  it("verifies functions, and names what R2 has lost of them", async () => {
    const verify = async () => maintenanceAnswer.parse(await (await ask("GET", "/v1/admin/verify")).json());
    const [{ name = "" } = {}] = (await publishSource(aFunctionText("kept_whole").replace("1.0", "3.0"))).functions;
    await publishSource(`${aFunctionText("kept_whole")}\r\n`);
    expect((await verify()).disagreements).toEqual([]);
    const row = await env.DB.prepare("SELECT * FROM artifact_version WHERE name = ? AND version = '1.0.1'")
      .bind(name)
      .first<Record<string, string>>();
    const digests = [row?.code_digest ?? "", row?.analysis_digest ?? ""];
    const lost = await Promise.all(
      digests.map(async (digest) => [digest, await (await env.BLOBS.get(blobKey(digest)))?.arrayBuffer()] as const),
    );
    await env.BLOBS.delete(digests.map(blobKey));
    // Both versions were analysed alike, and their analysis is one blob.
    expect((await verify()).disagreements.map(({ version, where }) => [version, where])).toEqual([
      ["1.0.0", "r2_analysis"],
      ["1.0.1", "r2_code"],
      ["1.0.1", "r2_analysis"],
    ]);
    for (const [digest, bytes] of lost) await env.BLOBS.put(blobKey(digest), bytes ?? "");
  });

  it("sweeps no blob of a function, until its version is deleted", async () => {
    const inTwoDays = new Date(Date.now() + 48 * 3600 * 1000);
    await publishSource(aFunctionText("swept_around").replaceAll("\n", "\r\n"));
    const row = await env.DB.prepare(
      "SELECT source_digest, digest, flattened_digest, code_digest, analysis_digest FROM artifact_version WHERE name = ?",
    )
      .bind("python.swept_around")
      .first<Record<string, string>>();
    const digests = Object.values(row ?? {});
    const left = async () =>
      (await Promise.all(digests.map((digest) => env.BLOBS.head(blobKey(digest))))).filter((found) => found !== null);
    await sweepBlobs({ db: env.DB, blobs: env.BLOBS }, inTwoDays);
    expect(await left()).toHaveLength(5);
    expect((await ask("DELETE", "/v1/functions/python.swept_around/versions/1.0.0")).status).toBe(200);
    await env.DB.prepare("DELETE FROM sweep_position").run();
    // Its repository lets go of the source first.
    await sweepMemberships({ db: env.DB, repositories: repositoriesOf(env) }, inTwoDays);
    await sweepBlobs({ db: env.DB, blobs: env.BLOBS }, inTwoDays);
    expect(await left()).toHaveLength(0);
  });

  it("looks a function up from D1 and R2 when KV has forgotten it", async () => {
    await publishSource(aFunctionText("remembered"));
    await env.LOOKUPS.delete("doc/function/python.remembered/1.0.0");
    await env.LOOKUPS.delete("index/function/python.remembered");
    expect((await getFunction("python.remembered@1.0.0")).document.function).toMatchObject({ entry: "remembered" });
    await ask("POST", "/v1/admin/rebuild");
    expect(await env.LOOKUPS.get("doc/function/python.remembered/1.0.0")).not.toBeNull();
  });
});
