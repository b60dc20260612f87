import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { AgentCard } from "../../src/contract/agent/card.ts";
import { agentCardOf } from "./agent-cards.ts";
import { type JournalEntry, readJournal } from "./agent-journal.ts";
import { type AgentName, agentNames } from "./agent-skills.ts";
import type { AgentSwitches } from "./agent-switches.ts";

/** Three agents, each a process of its own, and what they were asked and did. */
export interface RunningAgents {
  urls: Record<AgentName, string>;
  /** Their cards, ready to be published. */
  cards: (AgentCard & { id: string; version: string })[];
  /** All that came in, also what failed; in the order of each agent. */
  calls(): JournalEntry[];
  /** All that was done: more than one of a key would be done twice. */
  effects(): JournalEntry[];
  /** What goes wrong from now on. */
  switch(name: AgentName, switches: Partial<AgentSwitches>): Promise<void>;
  /** SIGKILL; the agent is started again at once, at the same address, with what it has on disk. */
  kill(name: AgentName): Promise<void>;
  stop(): Promise<void>;
}

const program = fileURLToPath(new URL("main.ts", import.meta.url));

/**
 * Starts the three agents on free ports of this machine. An agent that ends is started again, until `stop`, and then has no switches set.
 * `folder` is where they keep what they did; one that is removed at the end when absent.
 */
export async function startAgents(folder?: string): Promise<RunningAgents> {
  const kept = folder ?? mkdtempSync(join(tmpdir(), "callsheet-agents-"));
  const journalOf = (name: AgentName) => join(kept, `${name}.ndjson`);
  const keepers = await Promise.all(agentNames.map((name) => keepAgent(name, journalOf(name))));
  const keeperOf = (name: AgentName) => {
    const keeper = keepers.find((one) => one.name === name);
    if (keeper === undefined) throw new Error(`there is no ${name}`);
    return keeper;
  };
  const urlOf = (name: AgentName) => `http://127.0.0.1:${keeperOf(name).port}`;
  const entries = (type: JournalEntry["type"]) =>
    agentNames.flatMap((name) => readJournal(journalOf(name))).filter((entry) => entry.type === type);
  return {
    urls: { "plan-agent": urlOf("plan-agent"), "build-agent": urlOf("build-agent"), "test-agent": urlOf("test-agent") },
    cards: agentNames.map((name) => agentCardOf(name, urlOf(name))),
    calls: () => entries("call"),
    effects: () => entries("effect"),
    async switch(name, switches) {
      const response = await fetch(`${urlOf(name)}/switches`, { method: "PUT", body: JSON.stringify(switches) });
      if (!response.ok) throw new Error(`${name} does not take these switches: ${await response.text()}`);
    },
    kill: (name) => keeperOf(name).kill(),
    async stop() {
      await Promise.all(keepers.map((keeper) => keeper.stop()));
      if (folder === undefined) rmSync(kept, { recursive: true, force: true });
    },
  };
}

interface Keeper {
  name: AgentName;
  port: number;
  kill(): Promise<void>;
  stop(): Promise<void>;
}

async function keepAgent(name: AgentName, journal: string): Promise<Keeper> {
  let isStopped = false;
  let started = startAgent(name, 0, journal);
  const { port } = await started;
  const watch = async (): Promise<void> => {
    const { child } = await started;
    child.once("exit", () => {
      if (isStopped) return;
      started = startAgent(name, port, journal);
      watch().catch((error) => console.error(error));
    });
  };
  await watch();
  const end = async () => {
    const { child } = await started;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await gone;
  };
  return {
    name,
    port,
    async kill() {
      await end();
      await started;
    },
    async stop() {
      isStopped = true;
      await end();
    },
  };
}

async function startAgent(
  name: AgentName,
  port: number,
  journal: string,
): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, [program, name, String(port), journal], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdout.setEncoding("utf8");
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (piece: string) => {
      text += piece;
      const [, found] = /^ready (\d+)$/m.exec(text) ?? [];
      if (found !== undefined) resolve({ child, port: Number(found) });
    });
    child.once("exit", (code) => reject(new Error(`${name} did not start (${code}): ${text}`)));
  });
}
