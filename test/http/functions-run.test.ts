import { env } from "cloudflare:test";
import { beforeAll, describe, expect, it } from "vitest";
import { loadJob } from "../../src/bindings/d1/run/run-row.ts";
import { digestOfBytes } from "../../src/domain/document/canonical-digest.ts";
import { TestRunner } from "../worker/a-runner.ts";
import { someBytes } from "./a-file.ts";
import { ask, refusalOf } from "./a-registry.ts";
import { getRun, runOf } from "./a-run.ts";
import { aFunctionText, anArrayText, askFunctionRun, publishSource } from "./a-source.ts";

const measured = aFunctionText("measured", { body: "return value * 2" }).replaceAll("\n", "\r\n");
const bytesOf = (text: string) => new TextEncoder().encode(text);

beforeAll(async () => {
  await publishSource(measured);
  await publishSource(anArrayText("smoothed", { imports: "import scipy\nfrom skimage import filters" }));
  const demanding = anArrayText("demanding").replace(
    "@numpy",
    '@numpy(gpu=True, vram_gb=8, timeout_seconds=90, max_attempts=2, pool="studio", runner_labels={"zone": "eu"})',
  );
  await publishSource(demanding);
});

describe("a run of a function", () => {
  it("is answered with 202, and its job carries the code, what it is called by, and what a runner must have", async () => {
    const made = await runOf(await askFunctionRun("python.measured", { inputs: { value: 4.5 } }), 202);
    expect(made).toMatchObject({ kind: "function", name: "python.measured", version: "1.0.0", pool: "default" });
    const job = await loadJob(env.DB, made.id);
    expect(job).toMatchObject({
      handler: null,
      inputs: { value: 4.5 },
      source: {
        digest: digestOfBytes(bytesOf(measured.replaceAll("\r\n", "\n"))),
        entry: "measured",
        media_type: "text/x-python",
        runtime: "python",
        api: 1,
        returns: { shape: "value", names: ["result"] },
      },
      needs: { gpu: false, memory_type: "python", packages: [], handler: null, sandbox: true, labels: {} },
    });
    const row = await env.DB.prepare("SELECT flattened_digest FROM artifact_version WHERE name = ?")
      .bind("python.measured")
      .first("flattened_digest");
    expect(job?.flattened_digest).toBe(row);
  });

  it("asks for the packages that the source imports and the resources of its runtime", async () => {
    const image = await sendImage();
    const made = await runOf(await askFunctionRun("numpy.smoothed", { inputs: { image } }), 202);
    expect((await loadJob(env.DB, made.id))?.needs).toMatchObject({
      memory_type: "numpy",
      packages: ["numpy", "scipy", "skimage"],
      memory_mb: 2048,
      cpu_cores: 1,
    });
  });

  it("asks for what its decorator says", async () => {
    const image = await sendImage();
    const made = await runOf(await askFunctionRun("numpy.demanding", { inputs: { image } }), 202);
    expect(await loadJob(env.DB, made.id)).toMatchObject({
      pool: "studio",
      timeout_seconds: 90,
      max_attempts: 2,
      needs: { gpu: true, vram_mb: 8192, labels: { zone: "eu" } },
    });
  });

  it("takes its file as a part of the request", async () => {
    const form = new FormData();
    form.set("request", JSON.stringify({ inputs: { sigma: 2.5 } }));
    const photo = someBytes(64);
    form.set("image", new File([photo], "photo.png", { type: "image/png" }));
    const sent = new Response(form);
    const type = sent.headers.get("content-type") ?? "";
    const body = new Uint8Array(await sent.arrayBuffer());
    const made = await runOf(await ask("POST", "/v1/functions/numpy.smoothed/runs", { body, type }), 202);
    const job = await loadJob(env.DB, made.id);
    expect(job?.inputs).toMatchObject({ sigma: 2.5, image: digestOfBytes(photo), slice_by_slice: false });
    expect(job?.files).toMatchObject([{ name: "photo.png" }]);
  });

  it("is made once by one Idempotency-Key", async () => {
    const key = { "Idempotency-Key": crypto.randomUUID() };
    const made = await runOf(await askFunctionRun("python.measured", { inputs: { value: 1 } }, key), 202);
    const again = await askFunctionRun("python.measured", { inputs: { value: 1 } }, key);
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect((await runOf(again)).id).toBe(made.id);
  });

  it("is refused with inputs that do not fit", async () => {
    const { code, issues } = await refusalOf(await askFunctionRun("python.measured", { inputs: { value: "4" } }), 422);
    expect(code).toBe("INVALID_INPUTS");
    expect(issues).toMatchObject([{ path: "/value" }]);
  });

  it("is done by a runner that fetches the code by the address in its job", async () => {
    const pool = "code-readers";
    const { runner } = await TestRunner.connect({ pool, packages: ["numpy"] });
    const made = await runOf(await askFunctionRun("python.measured", { inputs: { value: 2 }, pool }), 202);
    const offer = await runner.hear("job");
    expect(offer.source).toMatchObject({ entry: "measured", runtime: "python" });
    const fetched = await ask("GET", offer.source?.url ?? "/", { token: null });
    expect(fetched.status).toBe(200);
    expect(fetched.headers.get("content-type")).toBe("text/x-python");
    const code = new Uint8Array(await fetched.arrayBuffer());
    expect(digestOfBytes(code)).toBe(offer.source?.digest);
    expect(new TextDecoder().decode(code)).toBe(measured.replaceAll("\r\n", "\n"));
    await refusalOf(await ask("GET", `/v1/files/${offer.source?.digest}`, { token: null }), 401);

    const { run_id, fence } = offer;
    runner.say({ type: "started", run_id, fence });
    runner.say({ type: "result", run_id, fence, outputs: [{ result: 4 }], outputs_digest: null, run_seconds: 0.1 });
    await runner.hear("accepted");
    expect(await getRun(made.id)).toMatchObject({ state: "succeeded", outputs: [{ outputs: { result: 4 } }] });
    runner.close();
  });

  it("waits for a runner that has its packages, and says which is missing", async () => {
    const pool = "bare";
    const { runner } = await TestRunner.connect({ pool, packages: ["numpy", "scipy"] });
    const image = await sendImage();
    const made = await runOf(await askFunctionRun("numpy.smoothed", { inputs: { image }, pool }), 202);
    await expect.poll(async () => (await getRun(made.id)).state).toBe("queued");
    await expect
      .poll(async () => JSON.stringify(await getRun(made.id)))
      .toContain("the Python package skimage (installed as scikit-image)");
    expect(await getRun(made.id)).toMatchObject({
      waiting: { why: "no_capable_runner", unmet: [{ requirement: "package", found: null }] },
    });
    const { runner: able } = await TestRunner.connect({ pool, packages: ["numpy", "scipy", "skimage"] });
    expect((await able.hear("job")).run_id).toBe(made.id);
    runner.close();
    able.close();
  });
});

describe("a run of a JavaScript function", () => {
  it("is answered within the request, with its end, and recorded as any other", async () => {
    const text =
      "export function twice({ value }: { value: number }): { doubled: number } {\n  return { doubled: value * 2 };\n}\n";
    const told = await publishSource(text, "?file=twice.ts", "application/typescript");
    expect(told.functions).toMatchObject([{ name: "javascript.twice", version: "1.0.0" }]);
    const made = await runOf(await askFunctionRun("javascript.twice", { inputs: { value: 21 } }), 200);
    expect(made).toMatchObject({ state: "succeeded", pool: "edge", outputs: [{ outputs: { doubled: 42 } }] });
    expect(await getRun(made.id)).toMatchObject({ id: made.id, state: "succeeded" });
    const { code } = await refusalOf(await askFunctionRun("javascript.twice", { inputs: { value: "21" } }), 422);
    expect(code).toBe("INVALID_INPUTS");
  });
});

async function sendImage(): Promise<string> {
  const response = await ask("POST", "/v1/files?name=photo.png", { body: someBytes(128), type: "image/png" });
  const { digest } = await response.json<{ digest: string }>();
  return digest;
}
