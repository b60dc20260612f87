import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { temporaryFolder } from "../../cli/temporary-folder.ts";

/** How a run of a client ended. */
export interface ProgramRun {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** An OCI client (oras, crane, regctl, skopeo) with a home of its own: who logs in there is logged in nowhere else. */
export interface OciProgram {
  /** Where it runs, unless told otherwise, and keeps its logins. */
  home: string;
  run(args: readonly string[], options?: { cwd?: string; input?: string }): Promise<ProgramRun>;
  /** Fails unless it ends with 0; answers what it printed to stdout. */
  ok(args: readonly string[], options?: { cwd?: string; input?: string }): Promise<string>;
}

/** No request of these tests takes this long: what does is a client that waits for ever. */
const hangMs = 60_000;

/** A client for one test; its home is gone when the test ends. */
export function ociProgram(path: string, files: Record<string, string> = {}): OciProgram {
  const home = temporaryFolder(files);
  const run: OciProgram["run"] = async (args, { cwd = home, input = "" } = {}) => {
    const child = spawn(path, args, {
      cwd,
      env: {
        PATH: process.env.PATH,
        HOME: home,
        XDG_RUNTIME_DIR: home,
        DOCKER_CONFIG: `${home}/.docker`,
        NO_COLOR: "1",
      },
      timeout: hangMs,
      killSignal: "SIGKILL",
    });
    // One that reads nothing may be gone before this is written.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    const [stdout, stderr, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    return { exitCode, stdout, stderr };
  };
  return {
    home,
    run,
    async ok(args, options) {
      const { exitCode, stdout, stderr } = await run(args, options);
      if (exitCode !== 0) throw new Error(`${path} ${args.join(" ")} ended with ${exitCode}:\n${stderr}${stdout}`);
      return stdout;
    },
  };
}
