import { env } from "cloudflare:test";
import { expect, it, vi } from "vitest";
import { repeatEffects } from "../../src/operations/registration/repeat-effects.ts";
import { setVersionState } from "../../src/operations/version/set-version-state.ts";
import { aDocument, aName, postBatch } from "../http/a-registry.ts";
import { broken } from "./a-broken-env.ts";
import { aWriter, registerBy } from "./a-writer.ts";

it("keeps the retry of an earlier commit's effects when a later commit's effects work", async () => {
  const name = aName();
  let isArmed = false;
  const armRetry = async () => {
    const wasArmed = isArmed;
    isArmed = true;
    return wasArmed;
  };
  const disarmRetry = vi.fn(async () => {
    isArmed = false;
  });
  await registerBy(aWriter(name, { lookups: broken(env.LOOKUPS, ["put"]), armRetry, disarmRetry }), aDocument(name));
  await registerBy(aWriter(name, { armRetry, disarmRetry }), aDocument(name, { version: "1.1.0" }));
  expect(disarmRetry).not.toHaveBeenCalled();
  const pending = await env.DB.prepare("SELECT seq FROM pending_effect WHERE name = ?").bind(name).all();
  expect(pending.results).toHaveLength(1);
});

it("takes a deleted document out of KV though the version is older than many others", async () => {
  const name = aName();
  await postBatch(Array.from({ length: 70 }, (_, patch) => aDocument(name, { version: `1.0.${patch}` })));
  const { writer, now } = aWriter(name, { lookups: broken(env.LOOKUPS, ["put", "delete"]) });
  const notice = { message: null, successor: null, sunset: null };
  const request = { kind: "template", name, version: "1.0.3", state: "deleted", ...notice } as const;
  expect((await setVersionState({ writer, now }, request, "test")).ok).toBe(true);
  // Many changes later, all of whose own effects worked, the oldest is still owed.
  const others = aWriter(name, { armRetry: async () => true });
  for (let patch = 70; patch < 130; patch++) await registerBy(others, aDocument(name, { version: `1.0.${patch}` }));
  expect(await env.LOOKUPS.get(`doc/template/${name}/1.0.3`)).not.toBeNull();

  const announce = async () => undefined;
  await repeatEffects({ db: env.DB, lookups: env.LOOKUPS, blobs: env.BLOBS, announce, now }, "template", name);
  expect(await env.LOOKUPS.get(`doc/template/${name}/1.0.3`)).toBeNull();
});
