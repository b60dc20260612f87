import type { Unmet } from "../../contract/run/waiting.ts";
import type { Capabilities } from "../../contract/runner/capabilities.ts";
import type { JobNeeds } from "../../contract/runner/job.ts";
import { deviceRequirements } from "./device-requirements.ts";
import { compareText } from "./job-order.ts";
import { listRequirements, type Requirement } from "./list-requirements.ts";

/**
 * What no runner meets, when none can do a job. If some runner meets each requirement but none meets all, there is one entry, `together`,
 * that names the runner that comes nearest and what it lacks.
 */
export function findUnmet(needs: JobNeeds, runners: readonly Capabilities[]): Unmet[] {
  const requirements = listRequirements(needs);
  const unmet = requirements.filter((requirement) => !runners.some((runner) => requirement.isMetBy(runner)));
  if (unmet.length > 0) {
    return unmet.map((requirement) => ({
      requirement: requirement.name,
      asked: requirement.asked,
      found: requirement.nearest(runners),
    }));
  }
  const lacking = runners
    .map((runner) => ({ runner, lacks: requirements.filter((requirement) => !requirement.isMetBy(runner)) }))
    .sort((a, b) => a.lacks.length - b.lacks.length || compareText(a.runner.runner_id, b.runner.runner_id));
  const [best] = lacking;
  if (best === undefined) return [];
  // What every runner has tells nothing, unless it is what no single device has together.
  const lacked = requirements.filter((requirement) => !runners.every((runner) => requirement.isMetBy(runner)));
  const telling = lacked.length > 0 ? lacked : deviceRequirements(needs);
  const asked = `${telling.map((requirement) => requirement.asked).join(", ")}, all of one runner`;
  return [{ requirement: "together", asked, found: inWords(best.runner, best.lacks) }];
}

function inWords(runner: Capabilities, lacks: readonly Requirement[]): string {
  // It meets each requirement by itself, so its devices meet the device's only between them.
  if (lacks.length === 0) return `${runner.name} has no single device with both the VRAM and the compute capability`;
  const parts = lacks.map((requirement) => {
    const has = requirement.nearest([runner]);
    return has === null ? requirement.asked : `${requirement.asked} (it has ${has})`;
  });
  return `${runner.name} comes nearest and lacks ${parts.join(", ")}`;
}
