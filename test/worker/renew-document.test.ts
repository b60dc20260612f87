import { env } from "cloudflare:test";
import { expect, it } from "vitest";
import { renewDocument } from "../../src/operations/lookup/renew-document.ts";
import { loadPublished } from "../../src/operations/registration/load-published.ts";
import { aDocument, aName, change, publish } from "../http/a-registry.ts";

async function aPublished(name: string) {
  await publish(aDocument(name));
  const published = await loadPublished(env.DB, env.BLOBS, "template", name, "1.0.0");
  if (published === null) throw new Error("it was just published");
  return published;
}

it("puts back into KV what a lookup found missing there", async () => {
  const name = aName();
  const published = await aPublished(name);
  await env.LOOKUPS.delete(`doc/template/${name}/1.0.0`);
  await renewDocument(env.DB, env.LOOKUPS, published);
  expect(await env.LOOKUPS.get(`doc/template/${name}/1.0.0`, "json")).toEqual(published);
});

it("leaves nothing in KV of a version that was deleted while a lookup read it", async () => {
  const name = aName();
  const published = await aPublished(name);
  await change("DELETE", `/v1/templates/${name}/versions/1.0.0`);
  await renewDocument(env.DB, env.LOOKUPS, published);
  expect(await env.LOOKUPS.get(`doc/template/${name}/1.0.0`)).toBeNull();
});
