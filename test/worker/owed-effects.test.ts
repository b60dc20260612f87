import { env } from "cloudflare:test";
import { expect, it, vi } from "vitest";
import { aDocument, aName } from "../http/a-registry.ts";
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
