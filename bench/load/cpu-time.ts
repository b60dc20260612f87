import { readdirSync, readFileSync } from "node:fs";

/** The workerd process that this process started; null where there is no /proc. */
export function findWorkerd(): number | null {
  try {
    for (const entry of readdirSync("/proc")) {
      if (!/^\d+$/.test(entry)) continue;
      const stat = readStat(Number(entry));
      if (stat !== null && stat.name === "workerd" && stat.parent === process.pid) return Number(entry);
    }
  } catch {
    // No /proc: not Linux.
  }
  return null;
}

/** CPU seconds that a process has used. Linux counts them in ticks of 10 ms: sum over seconds, not over single requests. */
export function cpuSeconds(pid: number | null): number {
  return pid === null ? Number.NaN : (readStat(pid)?.cpuSeconds ?? Number.NaN);
}

function readStat(pid: number): { name: string; parent: number; cpuSeconds: number } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const ticks = Number(fields[11]) + Number(fields[12]);
    const name = text.slice(text.indexOf("(") + 1, text.lastIndexOf(")"));
    return { name, parent: Number(fields[1]), cpuSeconds: ticks / 100 };
  } catch {
    return null;
  }
}
