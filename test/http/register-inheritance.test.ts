import { expect, it } from "vitest";
import { z } from "zod";
import { registration } from "../../src/contract/artifact/registration.ts";
import { aDocument, aName, change, postDocument, publish, read, refusalOf } from "./a-registry.ts";

const served = z.object({
  version: z.string(),
  extends: z.object({ name: z.string(), version: z.string(), digest: z.string() }).nullable(),
  document: z.object({
    template: z.looseObject({ interface: z.object({ inputs: z.record(z.string(), z.unknown()) }) }),
  }),
});

const prompt = { type: "string", required: true };
const seed = { type: "integer", default: 7 };

it("pins the parent's exact version and digest, and goes on serving it when the parent moves on", async () => {
  const [parent, child] = [aName("parent"), aName("child")];
  const first = await publish(aDocument(parent, { version: "1.1.0", inputs: { prompt } }));
  const registered = await postDocument(aDocument(child, { extends: `${parent}@^1`, inputs: { seed } }));
  expect(registration.parse(await registered.json()).extends).toEqual({
    name: parent,
    version: "1.1.0",
    digest: first.digest,
  });

  await publish(aDocument(parent, { version: "1.2.0", inputs: { prompt, strength: { type: "float", default: 1 } } }));
  const { document, extends: pin } = served.parse(await (await read(`/v1/templates/${child}`)).json());
  expect(pin?.version).toBe("1.1.0");
  expect(Object.keys(document.template.interface.inputs).sort()).toEqual(["prompt", "seed"]);
});

it("takes the newest parent for the next version of a child", async () => {
  const [parent, child] = [aName("parent"), aName("child")];
  await publish(aDocument(parent, { inputs: { prompt } }));
  await publish(aDocument(child, { extends: parent }));
  await publish(aDocument(parent, { version: "1.1.0", inputs: { prompt, seed } }));
  await publish(aDocument(child, { version: "1.1.0", extends: parent }));
  const { extends: pin } = served.parse(await (await read(`/v1/templates/${child}`)).json());
  expect(pin?.version).toBe("1.1.0");
});

it("refuses a parent that is not there, at the child's line", async () => {
  const { issues } = await refusalOf(await postDocument(aDocument(aName(), { extends: "nobody_knows_me@^1" })), 422);
  expect(issues).toMatchObject([{ code: "parent_not_found", path: "/template/extends", line: 1 }]);
  expect(issues[0]?.message).toContain("nobody_knows_me");
});

it("refuses a yanked parent for a range, and takes it by its exact version", async () => {
  const parent = aName("parent");
  await publish(aDocument(parent));
  await change("POST", `/v1/templates/${parent}/versions/1.0.0:yank`);
  await refusalOf(await postDocument(aDocument(aName(), { extends: `${parent}@^1` })), 422);
  await publish(aDocument(aName(), { extends: `${parent}@1.0.0` }));
});

it("refuses the ninth document of a chain", async () => {
  let parent: string | null = null;
  for (let depth = 1; depth <= 8; depth++) {
    const name = aName("chain");
    await publish(aDocument(name, parent === null ? {} : { extends: parent }));
    parent = name;
  }
  const { issues } = await refusalOf(await postDocument(aDocument(aName("chain"), { extends: parent })), 422);
  expect(issues[0]?.message).toContain("8 are allowed");
});

it("registers an abstract template that is incomplete, serves it, and lets nobody run it", async () => {
  const [base, child] = [aName("base"), aName("child")];
  await publish({ template: { id: base, version: "1.0.0", abstract: true, interface: { inputs: { prompt } } } });
  expect((await read(`/v1/templates/${base}`)).status).toBe(200);
  expect((await refusalOf(await read(`/v1/templates/${base}/openapi.json`), 409)).code).toBe("STATE_CONFLICT");
  await publish(aDocument(child, { extends: base }));
  const { document } = served.parse(await (await read(`/v1/templates/${child}`)).json());
  expect(Object.keys(document.template.interface.inputs)).toEqual(["prompt"]);
  expect(document.template.abstract).toBeUndefined();
});

it("removes what a child sets to null", async () => {
  const [parent, child] = [aName("parent"), aName("child")];
  await publish(aDocument(parent, { inputs: { prompt, seed } }));
  await publish(aDocument(child, { extends: parent, inputs: { seed: null } }));
  const { document } = served.parse(await (await read(`/v1/templates/${child}`)).json());
  expect(Object.keys(document.template.interface.inputs)).toEqual(["prompt"]);
});
