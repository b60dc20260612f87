import { env } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { blobKey } from "../../src/bindings/r2/blob-store.ts";
import { limits } from "../../src/contract/limits.ts";
import { digestOfBytes } from "../../src/domain/document/canonical-digest.ts";
import { ask, read, refusalOf } from "./a-registry.ts";
import {
  aFunctionName,
  aFunctionText,
  anArrayText,
  getFunction,
  postSource,
  publishSource,
  registrationOf,
} from "./a-source.ts";

describe("a source that is published", () => {
  it("answers 201, where its function is, and at which seq; and lookups see it", async () => {
    const name = aFunctionName();
    const text = aFunctionText(name, {
      docs: "Measures.\n\n    At length.\n\n    Args:\n        value: In metres.\n    ",
    });
    const response = await postSource(text, "?file=measure.py");
    expect(response.headers.get("location")).toBe(`/v1/functions/python.${name}@1.0.0`);
    const seq = Number(response.headers.get("callsheet-seq"));
    const told = await registrationOf(response, 201);
    const digest = digestOfBytes(new TextEncoder().encode(text));
    expect(told).toMatchObject({ dry_run: false, seq, source: { digest, language: "python", file: "measure.py" } });
    expect(told.functions).toMatchObject([
      { kind: "function", name: `python.${name}`, version: "1.0.0", status: "created", seq, tags: { latest: "1.0.0" } },
    ]);
    const { document, published_by } = await getFunction(`python.${name}`);
    expect(published_by).toBe("admin");
    expect(document.function).toMatchObject({
      id: `python.${name}`,
      version: "1.0.0",
      name,
      description: "Measures.\n\nAt length.",
      runtime: "python",
      language: "python",
      api: 1,
      entry: name,
      code: { digest, media_type: "text/x-python" },
      interface: {
        inputs: { value: { type: "float", description: "In metres." } },
        outputs: { result: { type: "float" } },
      },
      requirements: { resources: { gpu: false } },
    });
  });

  it("answers 200 and changes nothing when it comes again, whatever its line ends", async () => {
    const text = aFunctionText(aFunctionName());
    const first = await publishSource(text);
    for (const again of [text, text.replaceAll("\n", "\r\n"), `\uFEFF${text}`]) {
      const told = await registrationOf(await postSource(again));
      expect(told.seq).toBeNull();
      expect(told.functions).toMatchObject([
        { status: "unchanged", version: "1.0.0", digest: first.functions[0]?.digest, seq: first.seq },
      ]);
    }
  });

  it("publishes all its functions with one commit", async () => {
    const names = [aFunctionName("first"), aFunctionName("second"), aFunctionName("third")];
    const response = await postSource(names.map((name) => aFunctionText(name)).join("\n\n"));
    expect(response.headers.get("location")).toBeNull();
    const { functions, seq } = await registrationOf(response, 201);
    expect(functions.map(({ name }) => name)).toEqual(names.map((name) => `python.${name}`));
    expect(functions.map((one) => one.seq)).toEqual([Number(seq) - 2, Number(seq) - 1, seq]);
    for (const name of names) expect((await getFunction(`python.${name}`)).version).toBe("1.0.0");
  });

  it("publishes none of them when one is bad, and tells all that is wrong with its place", async () => {
    const [good, bad] = [aFunctionName("good"), aFunctionName("bad")];
    const text = `import os
from callsheet.memory import python


@python
${aFunctionText(good)}

@python
def ${bad}(value) -> float:
    return eval("1.0")
`;
    const { code, detail, issues } = await refusalOf(await postSource(text, "?file=two.py"), 422);
    expect(code).toBe("INVALID_DOCUMENT");
    expect(detail).toMatch(/^the source is refused: two\.py:1:8: .*; \d findings in all$/);
    const errors = issues.filter((issue) => issue.severity === "error");
    expect(errors.map((issue) => [issue.code, issue.line])).toEqual([
      ["forbidden_import", 1],
      ["missing_hint", 12],
      ["forbidden_call", 13],
    ]);
    for (const issue of errors) {
      expect(issue.column).toBeGreaterThan(0);
      expect(issue.snippet).toBe(text.split("\n")[Number(issue.line) - 1]);
    }
    expect((await read(`/v1/functions/python.${good}`)).status).toBe(404);
  });

  it("keeps its bytes, its document, its code and its analysis", async () => {
    const name = aFunctionName();
    await publishSource(aFunctionText(name).replaceAll("\n", "\r\n"));
    const row = await env.DB.prepare(
      "SELECT source_digest, digest, flattened_digest, code_digest, analysis_digest, source_file FROM artifact_version WHERE name = ?",
    )
      .bind(`python.${name}`)
      .first<Record<string, string | null>>();
    const { source_file: file, ...digests } = row ?? {};
    expect(file).toBeNull();
    for (const digest of Object.values(digests)) {
      expect(await env.BLOBS.head(blobKey(digest ?? "")), `${digest}`).not.toBeNull();
    }
    expect(digests.code_digest).not.toBe(digests.source_digest);
    const analysis = await env.BLOBS.get(blobKey(digests.analysis_digest ?? ""));
    expect(await analysis?.json()).toMatchObject({ language: "python", functions: [{ entry: name }] });
  });

  it("is not executed", async () => {
    const name = aFunctionName();
    await publishSource(`${aFunctionText(name)}\nraise SystemExit("executed")\n`);
    expect((await getFunction(`python.${name}`)).version).toBe("1.0.0");
  });
});

describe("a dry run", () => {
  it("does the same, and leaves D1, KV and R2 as they were", async () => {
    const name = aFunctionName();
    const text = aFunctionText(name);
    const before = await storedThings();
    const response = await postSource(text, "?dry_run=true");
    expect(response.headers.get("callsheet-seq")).toBeNull();
    const told = await registrationOf(response);
    expect(told).toMatchObject({ dry_run: true, seq: null });
    expect(told.functions).toMatchObject([{ version: "1.0.0", status: "created", dry_run: true, seq: null }]);
    expect(await storedThings()).toEqual(before);
    expect((await read(`/v1/functions/python.${name}`)).status).toBe(404);
    expect((await publishSource(text)).functions[0]?.digest).toBe(told.functions[0]?.digest);
  });

  it("refuses what publishing would refuse", async () => {
    await refusalOf(await postSource("import os\n", "?dry_run=true"), 422);
    const name = aFunctionName();
    await publishSource(aFunctionText(name), "?version=1.0.0");
    const taken = await postSource(aFunctionText(name, { body: "return 2.0" }), "?dry_run=true&version=1.0.0");
    expect((await refusalOf(taken, 409)).code).toBe("VERSION_TAKEN");
  });
});

describe("a body that is no source", () => {
  it.each<[string, string | undefined, string, number]>([
    ["application/json", "{}", "", 415],
    ["text/plain", "def f(): pass", "", 415],
    ["text/plain", "def f(): pass", "?file=f.rb", 415],
    ["application/octet-stream", "def f(): pass", "?file=f.py", 415],
  ])("of type %s is refused, and is told what is read", async (type, body, query, status) => {
    const response = await ask("POST", `/v1/functions${query}`, { type, ...(body === undefined ? {} : { body }) });
    const { detail, code } = await refusalOf(response, status);
    expect(code).toBe("UNSUPPORTED_MEDIA_TYPE");
    for (const read of ["text/x-python", "application/typescript", "text/javascript", ".py"])
      expect(detail).toContain(read);
  });

  it.each(["application/x-python", "text/x-python; charset=utf-8"])("may also be called %s", async (type) => {
    await publishSource(aFunctionText(aFunctionName()), "", type);
  });

  it("may be plain text when the file's name tells the language", async () => {
    const { source } = await publishSource(aFunctionText(aFunctionName()), "?file=Measure.PY", "text/plain");
    expect(source.language).toBe("python");
  });

  it("may be as large as the limit, and no larger", async () => {
    const name = aFunctionName();
    const text = aFunctionText(name);
    const padded = (size: number) => `${text}#${" ".repeat(size - text.length - 2)}\n`;
    await publishSource(padded(limits.codeBytes));
    expect((await refusalOf(await postSource(padded(limits.codeBytes + 1)), 413)).code).toBe("BODY_TOO_LARGE");
  });

  it("must be UTF-8", async () => {
    const { code, detail } = await refusalOf(await postSource(new Uint8Array([0x23, 0xff, 0xfe])), 400);
    expect(code).toBe("INVALID_REQUEST");
    expect(detail).toContain("UTF-8");
  });

  it.each(["", "\n", "# nothing here\n", "x = 1\n"])("that publishes nothing is refused: %j", async (text) => {
    const { code, issues } = await refusalOf(await postSource(text), 422);
    expect(code).toBe("INVALID_DOCUMENT");
    expect(issues.map((issue) => issue.code)).toContain("no_function");
  });

  it("needs a token", async () => {
    const response = await ask("POST", "/v1/functions", { body: "x", type: "text/x-python", token: null });
    await refusalOf(response, 401);
  });

  it.each(["?file=", `?file=${"a".repeat(256)}.py`, "?version=1.0", "?versoin=1.0.0", "?dry_run=yes"])(
    "with the query %s is refused",
    async (query) => {
      await refusalOf(await postSource(aFunctionText(aFunctionName()), query), 400);
    },
  );

  it.each(["folder/a b.py", "%00.py", "%F0%9F%A6%8A.py", "%22%0d%0aSet-Cookie:a=b%22.py", "%ff.py"])(
    "may have any file name: %s",
    async (file) => {
      const name = aFunctionName();
      await publishSource(aFunctionText(name), `?file=${file}`);
      const shown = await read(`/v1/functions/python.${name}`, { Accept: "text/x-python" });
      expect(shown.status).toBe(200);
      expect(shown.headers.get("set-cookie")).toBeNull();
      await shown.body?.cancel();
    },
  );
});

describe("its warnings", () => {
  it("are told and refuse nothing", async () => {
    const name = aFunctionName("stack");
    const { issues, functions } = await publishSource(`${anArrayText(name)}\n\ndef spare(a):\n    return a\n`);
    expect(functions.map((one) => one.name)).toEqual([`numpy.${name}`]);
    expect(issues).toMatchObject([{ severity: "warning", code: "undecorated_function" }]);
  });
});

async function storedThings(): Promise<unknown> {
  const counts = await env.DB.batch([
    env.DB.prepare("SELECT COUNT(*) AS n FROM artifact_version"),
    env.DB.prepare("SELECT COUNT(*) AS n FROM announcement"),
    env.DB.prepare("SELECT COUNT(*) AS n FROM pending_effect"),
  ]);
  const blobs = await env.BLOBS.list();
  const keys = await env.LOOKUPS.list();
  return [counts.map(({ results }) => results), blobs.objects.length, keys.keys.length];
}
