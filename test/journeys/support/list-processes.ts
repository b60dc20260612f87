import { readdirSync, readFileSync } from "node:fs";

/** A process of this machine, as /proc tells it. */
export interface RunningProcess {
  pid: number;
  parent: number;
  group: number;
  command: string;
}

/** Every process that runs; zombies, which run no more, are left out. Needs Linux. */
export function listProcesses(): RunningProcess[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      // pid (command) state parent group …; the command may contain spaces and parentheses.
      const [, command, state, parent, group] = /^\d+ \((.*)\) (\S) (\d+) (\d+)/s.exec(readStat(name)) ?? [];
      if (command === undefined || state === "Z" || state === "X") return [];
      return [{ pid: Number(name), parent: Number(parent), group: Number(group), command }];
    });
}

/** Empty when the process ended since it was listed. */
function readStat(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return "";
  }
}
