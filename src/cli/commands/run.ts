import { type Command, InvalidArgumentError, Option } from "commander";
import { exampleText } from "../example-text.ts";
import type { ExitCode } from "../exit-codes.ts";
import { sendLocalFiles } from "../files/send-local-files.ts";
import { beginRun, findRunnable } from "../runs/begin-run.ts";
import { checkInputsOnly } from "../runs/check-inputs-only.ts";
import { gatherInputs, type InputFlags } from "../runs/gather-inputs.ts";
import { gather, readLabels } from "../runs/label-flags.ts";
import { localFilesIn, withDigests } from "../runs/local-file.ts";
import { seeThrough } from "../runs/see-through.ts";
import type { WatchFlags } from "../runs/watch-until-end.ts";
import { inSession, type Session } from "../session.ts";

interface Flags extends InputFlags, WatchFlags {
  priority?: number;
  pool?: string;
  label?: string[];
  runnerLabel?: string[];
  timeout?: number;
  maxAttempts?: number;
  idempotencyKey?: string;
  outputDir?: string;
  dryRun?: boolean;
}

/** `callsheet run`. */
export function addRunCommand(program: Command): void {
  const command = program
    .command("run")
    .description("run a template, a function or a workflow: send its inputs, watch it, get its outputs")
    .argument("<reference>", "name, name@1.2.3, name@^1 or name@tag; workflow/name")
    .option(
      "-i, --input <key=value>",
      "an input; key=@path sends a file, or reads a text from it; key=@UUID.field takes an entity's value",
      gather,
    )
    .option("--inputs <file>", "inputs from a YAML or JSON file, or - for standard input; -i goes before it")
    .option("-o, --output-dir <folder>", "save the files among the outputs here")
    .option("--priority <1-10>", "10 goes first; 5 when left out", readNumber)
    .option("--pool <pool>", "the pool of runners; its own when left out")
    .option("--label <key=value>", "a label on the run, to find it by", gather)
    .option("--runner-label <key=value>", "a label that the runner must carry", gather)
    .option("--timeout <seconds>", "for each attempt; its own when left out", readNumber)
    .option("--max-attempts <count>", "its own when left out", readNumber)
    .option("--idempotency-key <key>", "the same key never makes a second run; a fresh one when left out");
  addWatchFlags(command)
    .option("--dry-run", "check the inputs, tell them with their defaults, and run nothing; files are not sent")
    .addHelpText(
      "after",
      exampleText(
        "run image_resize -i image=@photo.png -i width=256 -o out",
        "run numpy.sharpen -i image=@photo.png -i amount=1.5 --watch",
        "run image_generation@^1 --inputs prompt.yaml --priority 8 --label team=vision",
        "run workflow/code-generation -i requirements=@spec.md --watch",
        "run image_resize -i image=@photo.png --dry-run",
        "run image_upscaling -i image=@0199b2c4-8d6e-7c3a-9f10-2a6b1c0d4e5f.image --detach",
      ),
    )
    .action((reference: string, flags: Flags, self: Command) =>
      inSession(self, (session) => runOnce(session, reference, flags)),
    );
}

/** Adds how a run is waited for, which several commands have in common. */
export function addWatchFlags(command: Command): Command {
  return command
    .addOption(new Option("--watch", "show it live until it ends; what a terminal gets").conflicts(["wait", "detach"]))
    .addOption(new Option("--wait", "wait for its end and tell it in lines; what a pipe gets").conflicts("detach"))
    .option("--detach", "do not wait")
    .option("--logs", "show what its handler prints");
}

async function runOnce(session: Session, reference: string, flags: Flags): Promise<ExitCode> {
  const { terminal } = session;
  const client = session.client();
  const labels = readLabels("--label", flags.label);
  const runnerLabels = readLabels("--runner-label", flags.runnerLabel);
  const runnable = await findRunnable(client, reference);
  const gathered = await gatherInputs(runnable.inputs, flags);
  if (flags.dryRun === true) return checkInputsOnly(session, runnable, gathered);
  const paths = localFilesIn(gathered).map(({ path }) => path);
  const sent = await sendLocalFiles(client, terminal, paths);
  const digestOf = (path: string) => sent.get(path)?.file.digest ?? path;
  const request = {
    inputs: Object.fromEntries(Object.entries(gathered).map(([key, value]) => [key, withDigests(value, digestOf)])),
    priority: flags.priority,
    pool: flags.pool,
    labels,
    timeout_seconds: flags.timeout,
    max_attempts: flags.maxAttempts,
    runner_labels: runnerLabels,
  };
  const begun = await beginRun(client, terminal, runnable, request, flags.idempotencyKey);
  return seeThrough(session, begun, flags, flags.outputDir);
}

function readNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("It is a whole number.");
  return Number(text);
}
