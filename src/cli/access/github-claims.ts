import { CommandRefusal } from "../command-refusal.ts";
import { readLabels } from "../runs/label-flags.ts";
import { plainText } from "../terminal/plain-text.ts";

/** Which identities are meant, as flags say it. */
export interface ClaimFlags {
  github?: string;
  branch?: string;
  environment?: string;
  workflow?: string;
  claim?: string[];
}

const anyBranch = "*";

/**
 * The claims that an identity must have. GitHub's are those of docs.github.com, "OpenID Connect reference"; `--claim` adds others, and wins
 * where both say one.
 */
export function claimsOf({ github, branch, environment, workflow, claim }: ClaimFlags): Record<string, string> {
  const added = readLabels("--claim", claim) ?? {};
  if (github === undefined) {
    const stray = Object.entries({ branch, environment, workflow }).find(([, value]) => value !== undefined);
    if (stray !== undefined) throw new CommandRefusal(`--${stray[0]} is for --github owner/repository`);
    if (Object.keys(added).length > 0) return added;
    throw new CommandRefusal("say whom to trust: --github owner/repository, or --issuer with --claim name=value");
  }
  if (!/^[A-Za-z0-9-]+\/[A-Za-z0-9._-]+$/.test(github)) {
    throw new CommandRefusal(`--github ${plainText(github)}: write owner/repository, like --github acme/templates`);
  }
  return {
    repository: github,
    ...(branch === undefined ? {} : { ref: `refs/heads/${branch}` }),
    ...(environment === undefined ? {} : { environment }),
    ...(workflow === undefined ? {} : { job_workflow_ref: workflowRef(github, workflow, branch) }),
    ...added,
  };
}

/** `release.yml`, or the whole path of a workflow; of the branch, where one is said. */
function workflowRef(repository: string, workflow: string, branch: string | undefined): string {
  const path = workflow.includes("/") ? workflow.replace(/^\/+/, "") : `.github/workflows/${workflow}`;
  return `${repository}/${path}@${branch === undefined ? anyBranch : `refs/heads/${branch}`}`;
}
