import type { Command } from "commander";
import type { SourceSettings } from "../../contract/webhook/source.ts";
import { readSecret } from "../access/read-secret.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { gather } from "../runs/label-flags.ts";

/** What a source says, as flags say it. What is not said is left out. */
export interface SourceFlags {
  branch?: string;
  path?: string[];
  apiUrl?: string;
  planOnly?: boolean;
  keepGoing?: boolean;
  keepRemoved?: boolean;
  statuses?: boolean;
  secretStdin?: boolean;
  /** False: `--no-credential`. */
  credential?: boolean;
  credentialStdin?: boolean;
}

/** Adds the flags that `add` and `change` have in common. */
export function addSourceFlags(command: Command): Command {
  return command
    .option("--branch <branch>", "pushes to this branch; main at first")
    .option("--path <glob>", "files to publish: templates/**, *.yaml, !drafts/** leaves out; repeatable", gather)
    .option("--api-url <url>", "the host's API, where it is not github.com or gitlab.com")
    .option("--plan-only", "change nothing; the commit only shows what would be")
    .option("--no-plan-only", "publish")
    .option("--keep-going", "each file by itself: a bad one does not hold back the others of its push")
    .option("--no-keep-going", "all of a push, or nothing")
    .option("--keep-removed", "leave artifacts as they are when their file is removed")
    .option("--no-keep-removed", "deprecate them")
    .option("--statuses", "post the outcome to the commit")
    .option("--no-statuses", "post nothing to the commit")
    .option("--secret-stdin", "read from standard input what the host signs with; the registry makes one otherwise")
    .option(
      "--credential-stdin",
      "read from standard input a token for the host's API: reads contents, writes statuses",
    );
}

/** The settings that flags mean. */
export function settingsOf(flags: SourceFlags): Partial<SourceSettings> {
  const { branch, path: paths, apiUrl: api_url, planOnly, keepGoing, keepRemoved, statuses } = flags;
  return {
    ...(branch === undefined ? {} : { branch }),
    ...(paths === undefined ? {} : { paths }),
    ...(api_url === undefined ? {} : { api_url }),
    ...(planOnly === undefined ? {} : { mode: planOnly ? "plan" : "publish" }),
    ...(keepGoing === undefined ? {} : { atomic: !keepGoing }),
    ...(keepRemoved === undefined ? {} : { removals: keepRemoved ? "ignore" : "deprecate" }),
    ...(statuses === undefined ? {} : { statuses }),
  };
}

/** What flags ask to read from standard input, and `--no-credential`. */
export async function secretsOf(flags: SourceFlags): Promise<{ secret?: string; credential?: string | null }> {
  if (flags.secretStdin && flags.credentialStdin) {
    throw new CommandRefusal(
      "--secret-stdin, or --credential-stdin? There is one standard input; give the other by `callsheet webhooks change`",
    );
  }
  if (flags.secretStdin) return { secret: await readSecret("secret of the hook") };
  if (flags.credentialStdin) return { credential: await readSecret("token for the host's API") };
  return flags.credential === false ? { credential: null } : {};
}
