import { env } from "cloudflare:test";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { loadJob } from "../../src/bindings/d1/run/run-row.ts";
import { entity } from "../../src/contract/entity/entity.ts";
import { limits } from "../../src/contract/limits.ts";
import { keyOf, TestRunner } from "../worker/a-runner.ts";
import { aDocument, ask, askJson, publish, refusalOf } from "./a-registry.ts";
import { aRun, askRun, getRun, plainInputs, runOf } from "./a-run.ts";

const gpu = {
  resources: { gpu: true, vram_gb: 8, memory_gb: 4, estimated_time_seconds: 12 },
  models: [{ name: "sdxl", hash: "a".repeat(64) }],
  quality_presets: { draft: { steps: 4 }, high: { extra_vram_gb: 4, steps: 40 } },
};

beforeAll(async () => {
  await publish(aDocument("painter", { inputs: plainInputs }));
  await publish(aDocument("painter_base", { abstract: true, inputs: plainInputs }));
  await publish(
    aDocument("choosy", {
      inputs: { quality: { type: "string", enum: ["draft", "high"], default: "draft" } },
      requirements: gpu,
      stages: [{ name: "paint", weight: 1 }],
      execution: {
        handler: "brush",
        pool: "studio",
        timeout_seconds: 90,
        max_attempts: 7,
        runner_labels: { region: "eu" },
      },
    }),
  );
});

describe("a run that is asked for", () => {
  it("is answered with 202, its place, and what GET says of it", async () => {
    const response = await askRun("painter", { inputs: { prompt: "a fox" }, labels: { team: "vision" }, priority: 8 });
    const location = response.headers.get("location");
    const made = await runOf(response, 202);
    expect(location).toBe(`/v1/runs/${made.id}`);
    expect(made).toMatchObject({
      state: "queued",
      kind: "template",
      name: "painter",
      version: "1.0.0",
      pool: "default",
      priority: 8,
      labels: { team: "vision" },
      attempt: 0,
      max_attempts: 3,
      timeout_seconds: 600,
      created_by: "admin",
      attempts: [],
      replay: null,
    });
    const read = await getRun(made.id);
    expect({ ...read, waiting: null }).toEqual({ ...made, waiting: null });
  });

  it("records its inputs, defaults included, as an entity", async () => {
    const made = await aRun("painter");
    const recorded = entity.parse(await (await ask("GET", `/v1/entities/${made.input_entity}`)).json());
    expect(recorded.data).toEqual({ prompt: "a fox", steps: 20 });
    expect(recorded.type).toMatchObject({ role: "input", name: "painter", version: "1.0.0", digest: made.digest });
    expect(recorded.attribute_source).toEqual({ prompt: null, steps: null });
  });

  it("becomes a job with everything that a runner needs", async () => {
    const made = await aRun("choosy", { inputs: { quality: "high" }, runner_labels: { rack: "7" } });
    const { flattened_digest } = await flattenedOf("choosy");
    expect(await loadJob(env.DB, made.id)).toMatchObject({
      run_id: made.id,
      digest: made.digest,
      flattened_digest,
      pool: "studio",
      handler: "brush",
      source: null,
      stages: [{ name: "paint", weight: 1 }],
      estimated_seconds: 12,
      timeout_seconds: 90,
      max_attempts: 7,
      inputs: { quality: "high" },
      inputs_digest: null,
      parameters: { steps: 40 },
      quality: "high",
      needs: {
        gpu: true,
        vram_mb: 12 * 1024,
        memory_mb: 4 * 1024,
        handler: "brush",
        models: [{ name: "sdxl", hash: "a".repeat(64) }],
        labels: { region: "eu", rack: "7" },
        sandbox: false,
      },
    });
  });

  it("may say its own pool, timeout and attempts", async () => {
    const made = await aRun("choosy", { inputs: {}, pool: "night.shift", timeout_seconds: 1000, max_attempts: 1 });
    expect(made).toMatchObject({ pool: "night.shift", timeout_seconds: 1000, max_attempts: 1 });
  });

  it("pins the digest that the selector meant at that moment", async () => {
    const before = await aRun("painter@^1");
    await publish(
      aDocument("painter", { version: "1.1.0", inputs: { ...plainInputs, seed: { type: "integer", default: 1 } } }),
    );
    const after = await aRun("painter@^1");
    expect(before.version).toBe("1.0.0");
    expect(after.version).toBe("1.1.0");
    expect(after.digest).not.toBe(before.digest);
  });

  it("carries large inputs by digest", async () => {
    await publish(aDocument("reader", { inputs: { text: { type: "string" } } }));
    const text = "ö".repeat(50_000);
    const made = await aRun("reader", { inputs: { text } });
    const job = await loadJob(env.DB, made.id);
    expect(job?.inputs).toBeNull();
    const file = await ask("GET", `/v1/files/${job?.inputs_digest}`);
    expect(await file.json()).toEqual({ text });
  });
});

describe("a request that cannot run is refused", () => {
  const refused = async (reference: string, body: object, status: number, headers = {}) =>
    refusalOf(await askRun(reference, body, headers), status);

  it("when the template is abstract", async () => {
    const told = await refused("painter_base", { inputs: {} }, 409);
    expect(told).toMatchObject({ code: "STATE_CONFLICT" });
    expect(told.detail).toContain("abstract");
  });

  it("when nothing has that name, version or tag", async () => {
    expect((await refused("nobody_here", { inputs: {} }, 404)).code).toBe("NAME_NOT_FOUND");
    expect((await refused("painter@9.9.9", { inputs: {} }, 404)).code).toBe("VERSION_NOT_FOUND");
    expect((await refused("painter@nightly", { inputs: {} }, 404)).code).toBe("TAG_NOT_FOUND");
    expect((await refused("No-Name", { inputs: {} }, 400)).code).toBe("INVALID_REQUEST");
  });

  it("when inputs do not fit, with every problem at its place", async () => {
    const told = await refused("painter", { inputs: { prompt: "", steps: "42", promt: 1 } }, 422);
    expect(told.code).toBe("INVALID_INPUTS");
    expect(told.issues.map((issue) => issue.path).sort()).toEqual(["/prompt", "/promt", "/steps"]);
    expect(told.issues.find((issue) => issue.path === "/promt")?.suggestion).toContain("prompt");
  });

  it("when the body is no request", async () => {
    expect((await refused("painter", {}, 400)).issues[0]?.path).toBe("/body/inputs");
    expect((await refused("painter", { inputs: {}, pool: "No Pool" }, 400)).issues[0]?.path).toBe("/body/pool");
    expect((await refused("painter", { inputs: {}, priority: 11 }, 400)).issues[0]?.path).toBe("/body/priority");
    const typo = await refused("painter", { inputs: {}, labls: {} }, 400);
    expect(typo.issues[0]?.suggestion).toContain("labels");
    expect((await refusalOf(await ask("POST", "/v1/templates/painter/runs"), 400)).code).toBe("INVALID_REQUEST");
    const asText = await ask("POST", "/v1/templates/painter/runs", { body: "hello", type: "text/plain" });
    expect((await refusalOf(asText, 415)).code).toBe("UNSUPPORTED_MEDIA_TYPE");
  });

  it("when it is larger than a request may be", async () => {
    const told = await refused("painter", { inputs: { prompt: "x".repeat(5 * 1024 * 1024) } }, 413);
    expect(told.code).toBe("BODY_TOO_LARGE");
  });

  it("when runner_labels contradict the template's own", async () => {
    const told = await refused("choosy", { inputs: {}, runner_labels: { region: "us" } }, 400);
    expect(told.detail).toContain("region=eu");
  });

  it("when a file is not here, and says where to send it", async () => {
    await publish(aDocument("viewer", { inputs: { photo: { type: "file" } } }));
    const told = await refused("viewer", { inputs: { photo: `sha256:${"0".repeat(64)}` } }, 404);
    expect(told).toMatchObject({ code: "FILE_NOT_FOUND", issues: [{ path: "/photo" }] });
  });

  it("without a token, or with one that nobody knows", async () => {
    const asked = { body: '{"inputs":{}}', type: "application/json" };
    const none = await ask("POST", "/v1/templates/painter/runs", { ...asked, token: null });
    expect((await refusalOf(none, 401)).code).toBe("UNAUTHENTICATED");
    const wrong = await ask("POST", "/v1/templates/painter/runs", { ...asked, token: "guess" });
    expect((await refusalOf(wrong, 401)).code).toBe("UNAUTHENTICATED");
    expect((await refusalOf(await ask("GET", "/v1/runs", { token: null }), 401)).code).toBe("UNAUTHENTICATED");
  });

  it("and leaves nothing behind", async () => {
    const count = async () =>
      (await env.DB.prepare("SELECT COUNT(*) AS runs FROM run").first<{ runs: number }>())?.runs;
    const before = await count();
    await refused("painter", { inputs: {} }, 422);
    expect(await count()).toBe(before);
  });
});

describe("references in inputs", () => {
  it("are replaced by the values that they name, and each source is kept", async () => {
    const data = { scene: { title: "a hare" }, list: [3, 5] };
    const made = await askJson("POST", "/v1/entities", { data });
    const source = entity.parse(await made.json());
    const run = await aRun("painter@1.0.0", {
      inputs: { prompt: `@${source.ecs_id}.scene.title`, steps: `@${source.ecs_id}.list[1]` },
    });
    const input = entity.parse(await (await ask("GET", `/v1/entities/${run.input_entity}`)).json());
    expect(input.data).toEqual({ prompt: "a hare", steps: 5 });
    expect(input.attribute_source).toEqual({
      prompt: `@${source.ecs_id}.scene.title`,
      steps: `@${source.ecs_id}.list[1]`,
    });
    expect((await loadJob(env.DB, run.id))?.inputs).toEqual({ prompt: "a hare", steps: 5 });
    const took = await ask("GET", `/v1/runs?entity=${source.ecs_id}`);
    expect(await took.json()).toMatchObject({ items: [{ id: run.id }], next_cursor: null });
  });

  it("that name nothing are refused, and a doubled @ is a plain one", async () => {
    const missing = await askRun("painter", { inputs: { prompt: "@018f0000-0000-7000-8000-000000000000.x" } });
    expect((await refusalOf(missing, 404)).code).toBe("ENTITY_NOT_FOUND");
    const broken = await askRun("painter", { inputs: { prompt: "@nobody" } });
    expect(await refusalOf(broken, 422)).toMatchObject({ code: "INVALID_INPUTS", issues: [{ path: "/prompt" }] });
    const plain = await aRun("painter", { inputs: { prompt: "@@home" } });
    expect((await loadJob(env.DB, plain.id))?.inputs).toMatchObject({ prompt: "@home" });
  });
});

describe("Prefer: wait", () => {
  it("answers 202 when the run has not ended by then, and says for how long it waited", async () => {
    const response = await askRun("painter", { inputs: { prompt: "slow" } }, { Prefer: "respond-async, wait=1" });
    expect(response.headers.get("preference-applied")).toBe("wait=1");
    expect((await runOf(response, 202)).state).toBe("queued");
  });

  it("answers 200 as soon as the run has ended, and cuts a wait that is too long", async () => {
    await publish(aDocument("quick"));
    const { runner } = await TestRunner.connect({ pool: "waited", handlers: ["quick"] });
    const asked = askRun("quick", { inputs: {}, pool: "waited" }, { Prefer: "wait=100000" });
    runner.result(await runner.hear("job"));
    const response = await asked;
    expect(response.headers.get("preference-applied")).toBe(`wait=${limits.waitSeconds}`);
    const ended = await runOf(response, 200);
    expect(ended).toMatchObject({ state: "succeeded", outputs: [{ outputs: { result: "done" } }] });
    expect(await getRun(ended.id)).toEqual(ended);
  });

  it("is passed over when it cannot be read", async () => {
    const response = await askRun("painter", { inputs: { prompt: "slow" } }, { Prefer: "wait=soon" });
    expect(response.headers.get("preference-applied")).toBeNull();
    await runOf(response, 202);
  });
});

describe("a run that is under way", () => {
  it("says why it waits, then who has it, as its pool knows it", async () => {
    await publish(aDocument("told"));
    const { id } = await aRun("told", { inputs: {}, pool: "telling" });
    await vi.waitFor(async () => {
      expect(await getRun(id)).toMatchObject({ state: "queued", waiting: { why: "no_capable_runner", runners: 0 } });
    });
    const { runner } = await TestRunner.connect({ pool: "telling", handlers: ["told"], name: "box-7" });
    const job = await runner.hear("job");
    expect(await getRun(id)).toMatchObject({ state: "leased", attempt: 1, runner: { name: "box-7" } });
    runner.started(job);
    await runner.beat([keyOf(job)]);
    expect(await getRun(id)).toMatchObject({ state: "running", attempt: 1, runner: { name: "box-7" } });
  });
});

describe("a run that nobody knows", () => {
  it("is 404 on every route, and an id that is none is 400", async () => {
    const unknown = "018f0000-0000-7000-8000-000000000000";
    for (const path of ["", "/events", "/logs"]) {
      expect((await refusalOf(await ask("GET", `/v1/runs/${unknown}${path}`), 404)).code).toBe("RUN_NOT_FOUND");
      expect((await refusalOf(await ask("GET", `/v1/runs/nonsense${path}`), 400)).code).toBe("INVALID_REQUEST");
    }
    for (const verb of ["cancel", "replay"]) {
      expect((await refusalOf(await ask("POST", `/v1/runs/${unknown}:${verb}`), 404)).code).toBe("RUN_NOT_FOUND");
    }
  });
});

async function flattenedOf(name: string): Promise<{ flattened_digest: string }> {
  const row = await env.DB.prepare("SELECT flattened_digest FROM artifact_version WHERE name = ?")
    .bind(name)
    .first<{ flattened_digest: string }>();
  if (row === null) throw new Error(`${name} is not published`);
  return row;
}
