import type { Plan } from "../plan.ts";
import { median } from "../report/percentile.ts";
import type { Table } from "../report/table.ts";
import type { Stage } from "../stage/open-stage.ts";
import { selectors } from "../stage/seed-names.ts";

/** The time of one `lookUp` inside the isolate, over 1,000 hot names. */
export async function resolveTime(stage: Stage, plan: Plan): Promise<Table> {
  const run = async (way: string, iterations: number): Promise<number> => {
    const startedAt = performance.now();
    const response = await fetch(`${stage.resolver}/?way=${encodeURIComponent(way)}&iterations=${iterations}`);
    const found = Number(await response.text());
    if (found !== iterations) throw new Error(`the resolver found ${found} of ${iterations} by ${way}`);
    return performance.now() - startedAt;
  };
  const timed = async (way: string, iterations: number) => {
    await run(way, iterations);
    const times: number[] = [];
    // The same request without its loop is the cost of HTTP and of filling the memory.
    for (let at = 0; at < 5; at++) times.push((await run(way, iterations)) - (await run(way, 0)));
    return (median(times) * 1000) / iterations;
  };
  const rows: Table["rows"] = [];
  for (const way of ["none", "at-hand", ...Object.keys(selectors)]) {
    rows.push({ by: way, "µs each": await timed(way, plan.resolveIterations) });
  }
  rows.push({ by: "unremembered", "µs each": await timed("unremembered", Math.round(plan.resolveIterations / 20)) });
  return {
    title: "Resolving inside the isolate, without HTTP",
    rows,
    notes: [
      "none: the loop with an empty async function; at-hand: the answer that memory gives without a promise, as hot lookups take it",
      "unremembered: a range that was never asked before, so parsed and chosen each time",
      "timed from outside, since the runtime's clock stands still while code runs",
    ],
  };
}
