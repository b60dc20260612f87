import type { Pool, Runner } from "../../contract/runner/runner.ts";
import type { Colors, Terminal } from "./open-terminal.ts";
import { shorten } from "./plain-text.ts";
import { showMemory } from "./show-size.ts";
import { showAge, showSeconds } from "./show-time.ts";
import { table } from "./table.ts";

/** Runners as a table. */
export function renderRunners(terminal: Terminal, runners: readonly Runner[], nowMs: number): string {
  if (runners.length === 0) {
    return "no runner is known; start one with `callsheet-runner run --url <registry> --token <runner token>`";
  }
  const rows = runners.map((one) => [
    one.name,
    one.pool,
    one.state,
    devicesText(one),
    `${one.running.length}/${one.slots}`,
    one.last_heartbeat_at === null ? "never" : showAge(one.last_heartbeat_at, nowMs),
    runningText(one, nowMs),
    one.handlers.join(", "),
  ]);
  const head = ["NAME", "POOL", "STATE", "DEVICES (VRAM USED)", "SLOTS", "HEARD", "RUNNING", "HANDLERS"];
  return table(terminal, head, rows, (text, column) =>
    column === 0 ? terminal.colors.bold(text) : column === 2 ? paintState(text, terminal.colors) : text,
  );
}

/** Pools as a table. */
export function renderPools(terminal: Terminal, pools: readonly Pool[]): string {
  if (pools.length === 0) return "no pool yet; the first run or runner makes one";
  const rows = pools.map((one) => [
    one.name,
    String(one.depth),
    one.oldest_age_seconds === null ? "" : showSeconds(one.oldest_age_seconds),
    String(one.active),
    one.runners === one.runners_ready ? String(one.runners) : `${one.runners_ready} of ${one.runners} ready`,
    String(one.devices),
    one.devices === 0 ? "" : `${showMemory(one.vram_leased_mb)} of ${showMemory(one.vram_mb)}`,
    one.circuits_open.map(({ handler, failures }) => `${handler} (${failures} failures)`).join(", "),
  ]);
  const head = ["POOL", "WAITING", "LONGEST", "ACTIVE", "RUNNERS", "DEVICES", "VRAM USED", "STOPPED HANDLERS"];
  return table(terminal, head, rows, (text, column) => (column === 0 ? terminal.colors.bold(text) : text));
}

function devicesText({ devices }: Runner): string {
  if (devices.length === 0) return "cpu only";
  return devices
    .map(({ name, vram_mb, vram_leased_mb, vram_other_mb }) => {
      const used = showMemory(vram_leased_mb + vram_other_mb);
      return `${shorten(name, 24)} (${used} of ${showMemory(vram_mb)})`;
    })
    .join(", ");
}

function runningText({ running }: Runner, nowMs: number): string {
  return running.map(({ name, since }) => `${name} ${showAge(since, nowMs)}`).join(", ");
}

const stateColor = {
  pending: "yellow",
  ready: "green",
  draining: "yellow",
  disconnected: "red",
} as const satisfies Record<Runner["state"], keyof Colors>;

function paintState(text: string, colors: Colors): string {
  for (const [state, color] of Object.entries(stateColor)) if (text === state) return colors[color](text);
  return text;
}
