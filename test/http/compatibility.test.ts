import { expect, it } from "vitest";
import { registration } from "../../src/contract/artifact/registration.ts";
import { aDocument, aName, change, postDocument, publish, refusalOf } from "./a-registry.ts";

const size = { type: "integer", min: 0, max: 10, default: 1 };

it("refuses a breaking change under a minor number, lists every break and says which number it needs", async () => {
  const name = aName();
  await publish(aDocument(name, { inputs: { size, note: { type: "string" } } }));
  const narrowed = { size: { ...size, max: 5 }, must: { type: "string", required: true } };
  const refused = await refusalOf(await postDocument(aDocument(name, { version: "1.1.0", inputs: narrowed })), 409);
  expect(refused.code).toBe("INCOMPATIBLE_CHANGE");
  expect(refused.detail).toContain("2.0.0");
  expect(refused.issues.map(({ path }) => path.split("/")[4]).sort()).toEqual(["must", "note", "size"]);
  expect(refused.issues.every(({ suggestion }) => suggestion?.includes("2.0.0"))).toBe(true);
  await publish(aDocument(name, { version: "2.0.0", inputs: narrowed }));
});

it("lets a new optional input pass as minor, and refuses it as patch", async () => {
  const name = aName();
  await publish(aDocument(name));
  const grown = (version: string) => postDocument(aDocument(name, { version, inputs: { size } }));
  expect((await refusalOf(await grown("1.0.1"), 409)).code).toBe("INCOMPATIBLE_CHANGE");
  const told = registration.parse(await (await grown("1.1.0")).json());
  expect(told.comparison).toMatchObject({ against: "1.0.0", bump: "minor" });
});

it("lets other words pass as patch", async () => {
  const name = aName();
  await publish(aDocument(name));
  const told = await postDocument(aDocument(name, { version: "1.0.1", description: "Better words." }));
  expect(registration.parse(await told.json()).comparison).toMatchObject({ bump: "patch" });
});

it("lets anything pass under 0.x by the minor number", async () => {
  const name = aName();
  await publish(aDocument(name, { version: "0.1.0", inputs: { size } }));
  expect((await postDocument(aDocument(name, { version: "0.1.1" }))).status).toBe(409);
  expect((await postDocument(aDocument(name, { version: "0.2.0" }))).status).toBe(201);
});

it("judges a version that comes late against the one above it too", async () => {
  const name = aName();
  await publish(aDocument(name));
  await publish(aDocument(name, { version: "1.2.0", inputs: { size } }));
  const other = { other: { type: "string" } };
  const late = await postDocument(aDocument(name, { version: "1.1.0", inputs: other }));
  expect((await refusalOf(late, 409)).detail).toContain("1.2.0 is already published");
  const fits = registration.parse(await (await postDocument(aDocument(name, { version: "1.0.5" }))).json());
  expect(fits.tags.latest).toBe("1.2.0");
});

it("does not judge by a version that is yanked", async () => {
  const name = aName();
  await publish(aDocument(name, { inputs: { size } }));
  await change("POST", `/v1/templates/${name}/versions/1.0.0:yank`);
  expect((await postDocument(aDocument(name, { version: "1.0.1" }))).status).toBe(201);
});

it("does not judge across majors", async () => {
  const name = aName();
  await publish(aDocument(name, { version: "2.0.0", inputs: { size } }));
  const told = await postDocument(aDocument(name, { version: "1.0.0" }));
  expect(registration.parse(await told.json())).toMatchObject({ comparison: null, tags: { latest: "2.0.0" } });
});
