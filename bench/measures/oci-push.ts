import type { OciStage } from "../oci/open-oci-stage.ts";
import { pushArtifact } from "../oci/push-artifact.ts";
import type { Plan } from "../plan.ts";
import { percentile } from "../report/percentile.ts";
import type { Table } from "../report/table.ts";

/** A small artifact pushed whole (two HEADs, an upload, a manifest), the sides in turn, one at a time. */
export async function ociPush(stage: OciStage, plan: Plan): Promise<Table> {
  const sides = (stage.peer === null ? [stage.own] : [stage.peer, stage.own]).map((side) => ({
    side,
    ms: [] as number[],
  }));
  for (let at = -5; at < plan.ociPushes; at++) {
    for (const { side, ms } of sides) {
      const startedAt = performance.now();
      await pushArtifact(side, `bench/push-${at % 10}`, `v${at}`, 4 * 1024);
      if (at >= 0) ms.push(performance.now() - startedAt);
    }
  }
  const first = percentile(sides[0]?.ms ?? [], 0.5);
  return {
    title: "OCI push of a 4 KiB artifact",
    rows: sides.map(({ side, ms }) => ({
      registry: side.name,
      "p50 ms": percentile(ms, 0.5),
      "p90 ms": percentile(ms, 0.9),
      "p99 ms": percentile(ms, 0.99),
      "speed by the first": first / percentile(ms, 0.5),
    })),
    notes: [
      "callsheet has the manifest, its references and its tag in one transaction on disk before it answers; docker-registry writes files and syncs none",
    ],
  };
}
