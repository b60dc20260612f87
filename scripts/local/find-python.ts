import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** A Python that can hold the runner. */
export interface Python {
  path: string;
  /** `3.12.1` */
  version: string;
}

/** Tried in this order; the first that is there, is new enough and can make environments is taken. */
const names = ["python3.13", "python3.12", "python3.11", "python3", "python"];

const facts = "import sys, venv, ensurepip; print('%d.%d.%d' % sys.version_info[:3]); print(sys.executable)";

/** Finds Python 3.11 or newer; `PYTHON` in the environment goes before all. Fails with what to do. */
export async function findPython(): Promise<Python> {
  const chosen = process.env.PYTHON;
  const found: string[] = [];
  for (const name of chosen ? [chosen] : names) {
    const answer = await ask(name);
    if (typeof answer === "string") {
      found.push(answer);
      continue;
    }
    const [major = 0, minor = 0] = answer.version.split(".").map(Number);
    if (major === 3 && minor >= 11) return answer;
    found.push(`${name} is ${answer.version}`);
  }
  const met = found.filter((text) => text !== "").join("; ");
  throw new Error(
    `Python 3.11 or newer is needed${met === "" ? ", and there is none" : ` (${met})`}; install it, or name it: PYTHON=/path/to/python3 npm start`,
  );
}

/** What a program of that name is; a text when it cannot be used, empty when there is none. */
async function ask(name: string): Promise<Python | string> {
  try {
    const { stdout } = await promisify(execFile)(name, ["-c", facts], { timeout: 20_000 });
    const [version, path] = stdout.trim().split("\n");
    return version === undefined || path === undefined ? "" : { version, path };
  } catch (error) {
    const told = error instanceof Error && "stderr" in error ? String(error.stderr) : "";
    // Debian keeps these in a package of their own.
    if (/No module named '?(venv|ensurepip)/.test(told))
      return `${name} cannot make environments: install python3-venv`;
    return "";
  }
}
