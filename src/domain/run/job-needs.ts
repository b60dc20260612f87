import type { Labels } from "../../contract/run/run-request.ts";
import type { MemoryType } from "../../contract/runner/capabilities.ts";
import type { JobNeeds } from "../../contract/runner/job.ts";
import type { ConcreteTemplate } from "../../contract/template/document.ts";
import type { Resources } from "../../contract/template/requirements.ts";

/**
 * What a runner must have to do a run. `resources`: the effective ones; `runnerLabels`: that the request asks for beside the template's own,
 * which win; `handler`: that the runner must serve, null for user code; `memoryType`: of a function.
 */
export function jobNeedsOf(given: {
  template: Pick<ConcreteTemplate, "requirements" | "execution">;
  resources: Resources;
  runnerLabels: Labels;
  handler: string | null;
  memoryType: MemoryType | null;
  isUserCode: boolean;
  /** Third-party modules that a function imports. */
  packages: readonly string[];
}): JobNeeds {
  const { template, resources } = given;
  return {
    gpu: resources.gpu,
    // Without a GPU there is no VRAM to keep; publishing such a template was warned of.
    vram_mb: resources.gpu ? wholeMb(resources.vram_gb ?? 0) : 0,
    cpu_cores: resources.cpu_cores,
    memory_mb: Math.max(1, wholeMb(resources.memory_gb)),
    disk_mb: wholeMb(resources.disk_gb ?? 0),
    compute_capability: resources.gpu ? (resources.compute_capability ?? null) : null,
    memory_type: given.memoryType,
    packages: [...given.packages],
    models: (template.requirements.models ?? []).map(({ name, hash }) => ({ name, hash: hash?.toLowerCase() ?? null })),
    handler: given.handler,
    labels: { ...given.runnerLabels, ...template.execution?.runner_labels },
    sandbox: given.isUserCode,
  };
}

/** Labels of which a request asks for another value than the artifact itself does: no runner carries both. */
export function clashingLabels(own: Labels, asked: Labels): string[] {
  return Object.keys(asked).filter((key) => Object.hasOwn(own, key) && own[key] !== asked[key]);
}

/** GB as a template says it, in MB as a ledger keeps it: rounded up, so that a job never gets less than it asked for. */
function wholeMb(gb: number): number {
  // 0.7 GB × 1024 is 716.8; 8.3 × 1024 has noise in its last digits, which must not become a MB.
  return Math.ceil(Number((gb * 1024).toPrecision(12)));
}
