import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test, vi } from "vitest";
import { startRegistry } from "../../scripts/local-registry.ts";
import { temporaryFolder } from "../cli/temporary-folder.ts";
import { cliRegistry, templateSource } from "./cli-registry.ts";

const registry = cliRegistry();
const bin = fileURLToPath(new URL("../../bin/callsheet.mjs", import.meta.url));

function startWatch(cwd: string, env: Record<string, string>) {
  const child = spawn(process.execPath, [bin, "watch", "."], { cwd, env: { PATH: process.env.PATH, ...env } });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (piece: string) => {
      text += piece;
    });
  }
  const exitCode = new Promise<number | null>((resolve) => child.once("close", resolve));
  onTestFinished(() => void child.kill("SIGKILL"));
  return {
    child,
    exitCode,
    sees: (part: string) => vi.waitFor(() => expect(text).toContain(part), { timeout: 20_000 }),
  };
}

test("watch publishes on save, prints what changed, and ends cleanly", async () => {
  const cwd = temporaryFolder({ "t.yaml": templateSource("jcw_save", "1.0.0") });
  const save = (text: string) => writeFileSync(join(cwd, "t.yaml"), text);
  const watch = startWatch(cwd, registry.env());
  await watch.sees("created    jcw_save 1.0.0");
  save(templateSource("jcw_save", "1.0.0").replace("max_length", "max_lenght"));
  await watch.sees("unknown_key");
  save(templateSource("jcw_save", "1.0.0").replace("100", "200"));
  await watch.sees("write version: 1.1.0");
  save(templateSource("jcw_save", "1.1.0").replace("100", "200"));
  await watch.sees("against 1.0.0: asks for a minor bump");
  writeFileSync(join(cwd, "new.yaml"), templateSource("jcw_new", "1.0.0"));
  await watch.sees("created    jcw_new 1.0.0");
  watch.child.kill("SIGINT");
  expect(await watch.exitCode).toBe(0);
}, 60_000);

test("watch waits for a registry that is away, and publishes what was saved meanwhile", async () => {
  const stateDir = temporaryFolder();
  const first = await startRegistry({ stateDir, port: 0 });
  const { port } = new URL(first.url);
  const env = { CALLSHEET_URL: first.url, CALLSHEET_TOKEN: first.adminToken };
  const cwd = temporaryFolder({ "t.yaml": templateSource("jcw_away", "1.0.0") });
  const watch = startWatch(cwd, env);
  await watch.sees("created    jcw_away 1.0.0");
  await first.stop();
  writeFileSync(join(cwd, "t.yaml"), templateSource("jcw_away", "1.0.1", "  tags: [later]\n"));
  await watch.sees("what is saved is kept for then");
  const second = await startRegistry({ stateDir, port: Number(port), adminToken: first.adminToken });
  onTestFinished(() => second.stop());
  await watch.sees("created    jcw_away 1.0.1");
  await watch.sees("answers again");
}, 90_000);
