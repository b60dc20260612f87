import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startRegistry } from "../../scripts/local-registry.ts";
import { frozenBundle } from "./support/frozen-bundle.ts";
import { lookUp, publish, versionedSource } from "./support/registry-calls.ts";
import { walkMaintenance } from "./support/walk-maintenance.ts";

const { scriptPath, stateDir } = frozenBundle();

test("D1 as it was before, with its numbers raised and KV rebuilt, is a whole registry again", async () => {
  const state = stateDir("restored");
  const database = join(state, "storage", "d1");
  const saved = stateDir("saved");
  const start = async () => {
    const registry = await startRegistry({ scriptPath, stateDir: state });
    onTestFinished(() => registry.stop());
    return registry;
  };

  const first = await start();
  await publish(first, versionedSource("restored_one", "1.0.0"));
  await first.stop();
  cpSync(database, saved, { recursive: true });

  const second = await start();
  await publish(second, versionedSource("restored_one", "1.1.0"));
  const { seq: lastSeen } = await publish(second, versionedSource("restored_two", "1.0.0"));
  await second.stop();
  rmSync(database, { recursive: true });
  cpSync(saved, database, { recursive: true });

  const third = await start();
  const d1 = await third.miniflare.getD1Database("DB");
  await d1.exec("UPDATE sqlite_sequence SET seq = seq + 1000000 WHERE name = 'announcement'");
  await walkMaintenance(third, "rebuild");

  expect((await lookUp(third.url, "restored_one")).artifact?.version).toBe("1.0.0");
  expect((await lookUp(third.url, "restored_one@1.1.0")).status).toBe(404);
  expect((await lookUp(third.url, "restored_two")).status).toBe(404);
  const again = await publish(
    third,
    versionedSource("restored_one", "1.1.0").replace("max_length: 100", "max_length: 200"),
  );
  expect(again).toMatchObject({ version: "1.1.0", status: "created" });
  expect(again.seq).toBeGreaterThan(lastSeen ?? 0);
  expect((await lookUp(third.url, "restored_one", again.seq ?? 0)).artifact?.digest).toBe(again.digest);
  expect(await walkMaintenance(third, "verify")).toMatchObject({ disagreements: [] });
});
