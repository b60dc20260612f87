import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { repositoryRoot } from "../../scripts/local/repository-root.ts";
import { temporaryFolder } from "../cli/temporary-folder.ts";
import { cliRegistry } from "./cli-registry.ts";
import { stepOf, workflowCalls } from "./support/workflow-calls.ts";

const registry = cliRegistry();
const { publish, getRun } = workflowCalls(() => ({
  url: registry.url(),
  adminToken: registry.env().CALLSHEET_TOKEN ?? "",
}));
const shipped = (path: string) => readFileSync(join(repositoryRoot, "templates", path), "utf8");

beforeAll(async () => {
  await publish("functions", "ledger.ts", shipped("functions/ledger.ts"));
  await publish("workflows", "transfer.yaml", shipped("workflows/transfer.yaml"));
});

/** Runs the shipped workflow and answers the run that its last line names. */
async function transferred(exitCode: number, ...inputs: string[]) {
  const flags = inputs.flatMap((input) => ["-i", input]);
  const ran = await registry.cli(["run", "workflow/transfer", ...flags], temporaryFolder());
  expect(ran.exitCode, ran.stderr + ran.stdout).toBe(exitCode);
  const [, id = ""] = /^run {2}([0-9a-f-]{36})$/m.exec(ran.stdout) ?? [];
  return getRun(id);
}

test("transfer enters an amount on both sides", async () => {
  const run = await transferred(0, "from=ada", "to=ben", "amount=12.5", "from_balance=100", "to_balance=3");
  expect(run.state === "succeeded" ? run.outputs[0]?.outputs : null).toEqual({
    entries: [
      { account: "ada", amount: -12.5, text: "to ben" },
      { account: "ben", amount: 12.5, text: "from ada" },
    ],
    balances: [87.5, 15.5],
  });
});

test("transfer takes the first entry back where the second cannot be made, and fails for what the second failed for", async () => {
  const run = await transferred(8, "from=ada", "to=ben", "amount=50", "from_balance=100", "to_most=20");
  if (run.state !== "failed") throw new Error(`the run is ${run.state}`);
  expect(run.failure.message).toContain("ben would hold 50; it may hold at most 20");
  expect(stepOf(run, "receive")).toMatchObject({ state: "failed", attempt: 1 });
  const undone = stepOf(run, "pay!undo");
  expect(undone?.state).toBe("succeeded");
  const child = await getRun(undone?.run ?? "");
  expect(child.state === "succeeded" ? child.outputs[0]?.outputs : null).toEqual({
    entry: { account: "ada", amount: 50, text: "taken back: to ben" },
    balance: 100,
  });
});

test("transfer has nothing to take back where the first entry cannot be made", async () => {
  const run = await transferred(8, "from=ada", "to=ben", "amount=50", "from_balance=10");
  expect(stepOf(run, "pay")?.state).toBe("failed");
  expect(stepOf(run, "receive")?.state).toBe("skipped");
  expect(stepOf(run, "pay!undo")).toBeUndefined();
});

test("a retry of a transfer that was taken back enters the first amount anew", async () => {
  const failed = await transferred(8, "from=ada", "to=ben", "amount=50", "from_balance=100", "to_most=20");
  const retried = await registry.cli(["runs", "retry", failed.id, "--watch"], temporaryFolder());
  expect(retried.exitCode, retried.stderr + retried.stdout).toBe(8);
  const [, id = ""] = /^run {2}([0-9a-f-]{36})$/m.exec(retried.stdout) ?? [];
  const again = await getRun(id);
  expect(again.retry_of).toEqual({ run: failed.id, from: "pay" });
  expect(stepOf(again, "pay")).toMatchObject({ state: "succeeded" });
  expect(stepOf(again, "pay")?.run).not.toBe(stepOf(failed, "pay")?.run);
  expect(stepOf(again, "pay!undo")?.state).toBe("succeeded");
});
