import { loadRegistryGauges } from "../../bindings/d1/registry-gauges.ts";
import { type AllPools, askAllPools } from "../pool/ask-all-pools.ts";
import { processFamilies } from "./process-families.ts";
import { registryFamilies } from "./registry-families.ts";
import { renderMetrics } from "./render-metrics.ts";

/** All metrics as Prometheus reads them: how the registry stands, and what this process has counted. */
export async function readMetrics(needs: AllPools & { release: string; now: () => Date }): Promise<string> {
  const [known, pools] = await Promise.all([
    loadRegistryGauges(needs.db),
    askAllPools(needs, null, (pool) => pool.pool()),
  ]);
  const release = {
    name: "callsheet_release",
    help: "The release that answers",
    labels: ["release"],
    type: "gauge",
    samples: [{ labels: [needs.release], value: 1 }],
  } as const;
  return renderMetrics([release, ...registryFamilies(known, pools, needs.now()), ...processFamilies()]);
}
