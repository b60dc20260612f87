import { env } from "cloudflare:test";
import { expect, it } from "vitest";
import { authorise } from "../../src/worker/authorise.ts";

const accesses = ["publish", "admin"] as const;

it("lets nobody write, whatever they send, when no token was ever set", async () => {
  for (const token of [undefined, ""]) {
    const { CALLSHEET_ADMIN_TOKEN: _, ...rest } = env;
    const without = token === undefined ? rest : { ...rest, CALLSHEET_ADMIN_TOKEN: token };
    for (const access of accesses) {
      for (const sent of [null, "Bearer ", "Bearer undefined", "Bearer null"]) {
        expect(await authorise(without, sent, access)).toMatchObject({ ok: false, failure: { code: "FORBIDDEN" } });
      }
      expect(await authorise(without, null, "read")).toMatchObject({ ok: true });
    }
  }
});

it.each([
  "Bearer test-admin-toke",
  "Bearer test-admin-token2",
  "Bearer TEST-ADMIN-TOKEN",
  "Bearer test-admin-token x",
  "test-admin-token",
])("refuses %s", async (sent) => {
  for (const access of accesses) {
    expect(await authorise(env, sent, access)).toMatchObject({ ok: false, failure: { code: "UNAUTHENTICATED" } });
  }
});

it("lets the admin token do everything", async () => {
  for (const access of [...accesses, "read"] as const) {
    expect(await authorise(env, "Bearer test-admin-token", access)).toMatchObject({ ok: true });
  }
});
