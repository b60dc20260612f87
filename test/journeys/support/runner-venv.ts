import { dirname, join } from "node:path";
import { runnerEnvironment } from "../../../scripts/local/runner-environment.ts";

/** What tests of the runner need: its handlers' packages, pytest, and what writes its wire types. */
const extras = ["images", "test", "dev"];

/** The Python of build/runner-venv with all that tests need; made at the first call on a machine, which takes a minute and the network. */
export async function runnerPython(): Promise<string> {
  return runnerEnvironment({
    extras,
    onInstall: (python) => console.log(`making build/runner-venv with Python ${python.version} …`),
  });
}

/** The command `callsheet-runner` of that environment. */
export async function runnerCommand(): Promise<string> {
  return join(dirname(await runnerPython()), "callsheet-runner");
}
