import { describe, expect, it } from "vitest";
import { type ResolvedArtifact, resolvedArtifact } from "../../src/contract/artifact/resolved.ts";
import { headers } from "../../src/contract/http/headers.ts";
import type { IncomingDelivery } from "../../src/contract/webhook/delivery.ts";
import { aSource, hookAnswerOf, push, pushBody, sendSigned, statusesOf, whenDone } from "./a-hook.ts";
import { aDocument, aName, ask, askJson, read, refusalOf } from "./a-registry.ts";
import { aFunctionText } from "./a-source.ts";

/** As it is after a push: an isolate may answer from before it for a moment, unless it is told what to be at. */
async function getTemplate(reference: string, after?: IncomingDelivery): Promise<ResolvedArtifact> {
  const seq = after?.outcome?.seq ?? null;
  const response = await read(`/v1/templates/${reference}`, seq === null ? {} : { [headers.minSeq]: String(seq) });
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return resolvedArtifact.parse(JSON.parse(text));
}

const aWorkflow = (id: string, skill: string, inputs = "{}") => `metadata:
  id: ${id}
  name: The ${id}
  description: Made by a test.
  version: 1.0.0
steps:
  - id: first
    skill: ${skill}
    inputs: ${inputs}
`;

describe("a push of files", () => {
  it("publishes all kinds, in the order in which they need each other, under the source's name", async () => {
    const source = await aSource();
    const [template, fn, workflow] = [aName("pushed"), aName("pushed"), `pushed-${crypto.randomUUID().slice(0, 6)}`];
    const delivery = await push(source, {
      commit: "abc123",
      files: {
        "a/workflow.yaml": aWorkflow(workflow, `template/${template}`),
        "b/template.json": aDocument(template),
        "c/source.py": aFunctionText(fn),
        "package.json": { name: "not ours" },
        "notes.yaml": "just: notes\n",
      },
    });
    expect(delivery, JSON.stringify(delivery)).toMatchObject({
      state: "succeeded",
      commit: "abc123",
      attempts: 1,
      status_posted: "no",
    });
    expect(statusesOf(delivery)).toEqual({
      "a/workflow.yaml": "created",
      "b/template.json": "created",
      "c/source.py": "created",
      "notes.yaml": "skipped",
    });
    expect(delivery.outcome).toMatchObject({ counts: { created: 3, skipped: 1 }, dry_run: false, base: null });
    expect(await getTemplate(template)).toMatchObject({
      version: "1.0.0",
      published_by: `webhook:${source.name}`,
    });
    expect((await read(`/v1/functions/python.${fn}`)).status).toBe(200);
    expect((await read(`/v1/workflows/${workflow}`)).status).toBe(200);
  });

  it("judges a workflow by the template that comes with it", async () => {
    const source = await aSource();
    const [template, workflow] = [aName("grown"), `grown-${crypto.randomUUID().slice(0, 6)}`];
    const before = aDocument(template);
    expect((await push(source, { files: { "t.json": before } })).state).toBe("succeeded");
    const after = aDocument(template, { version: "1.1.0", inputs: { word: { type: "string", default: "a" } } });
    const delivery = await push(source, {
      files: { "t.json": after, "w.yaml": aWorkflow(workflow, `template/${template}`, "{ word: hello }") },
    });
    expect(delivery.state, JSON.stringify(delivery)).toBe("succeeded");
    expect(statusesOf(delivery)).toEqual({ "t.json": "created", "w.yaml": "created" });
    expect(delivery.outcome?.files.flatMap(({ issues }) => issues)).toEqual([]);
  });

  it("publishes nothing when one file is bad, and says where", async () => {
    const source = await aSource();
    const [good, bad] = [aName(), aName()];
    const files = {
      "good.json": aDocument(good),
      "bad.yaml": `template:\n  id: ${bad}\n  version: 1.0.0\n  name: Bad\n  description: Bad.\n  interface:\n    inputs:\n      size: { type: integer, min: 5, max: 2 }\n    outputs:\n      result: { type: string }\n  requirements: { resources: {} }\n`,
    };
    const refused = await push(source, { files });
    expect(refused.state).toBe("failed");
    expect(statusesOf(refused)).toEqual({ "good.json": "held", "bad.yaml": "rejected" });
    expect(refused.reason).toMatch(/^bad\.yaml:8 /);
    expect(refused.outcome?.files.find(({ path }) => path === "bad.yaml")).toMatchObject({ code: "INVALID_DOCUMENT" });
    expect((await read(`/v1/templates/${good}`)).status).toBe(404);
    // Generic hooks bring only what changed; the mended file comes with the one that was held.
    const mended = await push(source, { files: { ...files, "bad.yaml": aDocument(bad) } });
    expect(statusesOf(mended)).toEqual({ "good.json": "created", "bad.yaml": "created" });
  });

  it("publishes each file by itself where the source says so", async () => {
    const source = await aSource({ atomic: false });
    const good = aName();
    const delivery = await push(source, { files: { "good.json": aDocument(good), "bad.yaml": "template: 1\n" } });
    expect(delivery.state).toBe("failed");
    expect(statusesOf(delivery)).toEqual({ "good.json": "created", "bad.yaml": "rejected" });
    expect((await getTemplate(good)).version).toBe("1.0.0");
  });

  it("only says what would be where the source says plan", async () => {
    const source = await aSource({ mode: "plan" });
    const name = aName();
    const delivery = await push(source, { files: { "a.json": aDocument(name) } });
    expect(delivery).toMatchObject({
      state: "succeeded",
      outcome: { dry_run: true, seq: null, counts: { created: 1 } },
    });
    expect((await read(`/v1/templates/${name}`)).status).toBe(404);
  });

  it("says to raise the version of what changed under the same number, and where it is written", async () => {
    const source = await aSource();
    const name = aName();
    await push(source, { files: { "a.json": aDocument(name) } });
    const changed = await push(source, { files: { "a.json": aDocument(name, { description: "Other." }) } });
    expect(changed.state).toBe("failed");
    const [file] = changed.outcome?.files ?? [];
    expect(file).toMatchObject({ code: "VERSION_TAKEN", status: "rejected" });
    expect(file?.issues[0]).toMatchObject({ code: "version_taken", line: 4, suggestion: "raise the version number" });
  });

  it("deprecates what is removed, with the commit as reason, and restores it when it comes back", async () => {
    const source = await aSource();
    const [name, stays] = [aName(), aName()];
    await push(source, { files: { "a.json": aDocument(name), "b.json": aDocument(stays) } });
    await push(source, { files: { "a.json": aDocument(name, { version: "1.0.1" }) } });
    const removed = await push(source, { commit: "c0ffee", removed: ["a.json"] });
    expect(statusesOf(removed)).toEqual({ "a.json": "deprecated" });
    for (const version of ["1.0.0", "1.0.1"]) {
      const told = await getTemplate(`${name}@${version}`, removed);
      expect(told).toMatchObject({
        state: "deprecated",
        notice: { message: `removed from acme/${source.name} in c0ffee` },
      });
    }
    expect((await getTemplate(stays)).state).toBe("live");
    const back = await push(source, { files: { "c.json": aDocument(name, { version: "1.0.1" }) } });
    expect(statusesOf(back)).toEqual({ "c.json": "restored" });
    for (const version of ["1.0.0", "1.0.1"])
      expect((await getTemplate(`${name}@${version}`, back)).state).toBe("live");
  });

  it("leaves what is only renamed as it is", async () => {
    const source = await aSource();
    const name = aName();
    await push(source, { files: { "a.json": aDocument(name) } });
    const renamed = await push(source, { files: { "folder/b.json": aDocument(name) }, removed: ["a.json"] });
    expect(renamed.outcome?.files).toMatchObject([
      { path: "folder/b.json", change: "renamed", previous_path: "a.json", status: "unchanged", artifacts: [{ name }] },
    ]);
    expect((await getTemplate(name)).state).toBe("live");
    const removed = await push(source, { removed: ["folder/b.json"] });
    expect(statusesOf(removed)).toEqual({ "folder/b.json": "deprecated" });
  });

  it("deprecates a function that its source no longer has, and lets removals be where it is told to", async () => {
    const [source, lenient] = [await aSource(), await aSource({ removals: "ignore" })];
    const [one, two] = [aName("one"), aName("two")];
    await push(source, { files: { "f.py": `${aFunctionText(one)}\n${aFunctionText(two)}` } });
    const fewer = await push(source, { files: { "f.py": aFunctionText(one) } });
    expect(fewer.outcome?.files[0]?.message).toContain(`python.${two}`);
    const told = await read(`/v1/functions/python.${two}`);
    expect(resolvedArtifact.parse(await told.json()).state).toBe("deprecated");
    const name = aName();
    await push(lenient, { files: { "a.json": aDocument(name) } });
    expect(statusesOf(await push(lenient, { removed: ["a.json"] }))).toEqual({ "a.json": "skipped" });
    expect((await getTemplate(name)).state).toBe("live");
  });

  it("looks only at watched paths", async () => {
    const source = await aSource({ paths: ["templates/**", "!**/drafts/**"] });
    const [watched, draft, other] = [aName(), aName(), aName()];
    const delivery = await push(source, {
      files: {
        "templates/a.json": aDocument(watched),
        "templates/drafts/b.json": aDocument(draft),
        "c.json": aDocument(other),
      },
    });
    expect(statusesOf(delivery)).toEqual({ "templates/a.json": "created" });
  });

  it("lets what it does not watch any more be as it is", async () => {
    const source = await aSource();
    const [name, other] = [aName(), aName()];
    await push(source, { files: { "old/a.json": aDocument(name), "new/b.json": aDocument(other) } });
    await askJson("PUT", `/v1/webhook-sources/${source.name}`, { paths: ["new/**"] });
    const delivery = await push(source, { files: { "new/c.json": aDocument(aName()) } });
    expect(statusesOf(delivery)).toEqual({ "new/c.json": "created" });
    expect((await getTemplate(name, delivery)).state).toBe("live");
    const told = await ask("GET", `/v1/webhook-sources/${source.name}`);
    expect(await told.json()).toMatchObject({ files: 2 });
  });

  it("keeps an outcome whole however large it is", async () => {
    const source = await aSource({ atomic: false });
    const files = Object.fromEntries(
      Array.from({ length: 300 }, (_, at) => [`deep/${"x".repeat(200)}/${at}.yaml`, `template: ${at}\n`]),
    );
    const delivery = await push(source, { files });
    expect(delivery.outcome?.files).toHaveLength(300);
    const list = await ask("GET", `/v1/webhook-sources/${source.name}/deliveries`);
    expect(await list.json()).toMatchObject({
      items: [{ id: delivery.id, outcome: { files: [], counts: { rejected: 300 } } }],
    });
  });
});

describe("a delivery that comes again", () => {
  it("is a duplicate by its id, and another by another id", async () => {
    const source = await aSource();
    const name = aName();
    const body = pushBody({ files: { "a.json": aDocument(name) } });
    const first = await hookAnswerOf(await sendSigned(source, body, { id: "msg_1" }), 202);
    const again = await hookAnswerOf(await sendSigned(source, body, { id: "msg_1" }), 200);
    expect(again).toMatchObject({ status: "duplicate", delivery_id: first.delivery_id });
    const other = await hookAnswerOf(await sendSigned(source, body, { id: "msg_2" }), 202);
    expect((await whenDone(source, other.delivery_id ?? "")).outcome?.files).toEqual([]);
  });

  it("is done again when somebody asks for it, unless newer files came since", async () => {
    const source = await aSource();
    const delivery = await push(source, { files: { "a.json": aDocument(aName()) } });
    const path = (id: string) => `/v1/webhook-sources/${source.name}/deliveries/${id}:redeliver`;
    const queued = await ask("POST", path(delivery.id));
    expect(queued.status, await queued.clone().text()).toBe(202);
    expect(await whenDone(source, delivery.id)).toMatchObject({ state: "succeeded", attempts: 1 });
    await push(source, { files: { "b.json": aDocument(aName()) } });
    expect((await refusalOf(await ask("POST", path(delivery.id)), 409)).code).toBe("STATE_CONFLICT");
    expect((await refusalOf(await ask("POST", path(`whd_${"0".repeat(24)}`)), 404)).code).toBe("DELIVERY_NOT_FOUND");
  });

  it("waits for nobody, and is only kept, while its source is paused", async () => {
    const source = await aSource();
    await askJson("PUT", `/v1/webhook-sources/${source.name}`, { state: "paused" });
    const answer = await hookAnswerOf(
      await sendSigned(source, pushBody({ files: { "a.json": aDocument(aName()) } })),
      200,
    );
    expect(answer.status).toBe("ignored");
    expect(await whenDone(source, answer.delivery_id ?? "")).toMatchObject({ state: "ignored", outcome: null });
  });
});
