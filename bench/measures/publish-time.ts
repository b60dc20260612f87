import type { Plan } from "../plan.ts";
import { percentile } from "../report/percentile.ts";
import type { Table } from "../report/table.ts";
import { seedDocument } from "../stage/fill-stage.ts";
import type { Stage } from "../stage/open-stage.ts";

/** The time of a publish, effects included, and of the read of it right after, by the seq that the publish answered. */
export async function publishTime(stage: Stage, plan: Plan): Promise<Table> {
  const rows: Table["rows"] = [];
  for (const writers of [1, 8]) {
    const publishMs: number[] = [];
    const readMs: number[] = [];
    const each = Math.floor(plan.publishes / writers);
    const startedAt = performance.now();
    await Promise.all(
      Array.from({ length: writers }, async (_, writer) => {
        const name = `publish_bench_${writers}_${writer}_${Date.now()}`;
        for (let at = 0; at < each; at++) {
          const version = `1.0.${at}`;
          const { ms, seq } = await publish(stage, name, version);
          publishMs.push(ms);
          readMs.push(await readOwnWrite(stage, name, version, seq));
        }
      }),
    );
    const seconds = (performance.now() - startedAt) / 1000;
    rows.push({
      names: writers,
      publishes: publishMs.length,
      "p50 ms": percentile(publishMs, 0.5),
      "p90 ms": percentile(publishMs, 0.9),
      "p99 ms": percentile(publishMs, 0.99),
      "max ms": percentile(publishMs, 1),
      "pairs/s": publishMs.length / seconds,
      "own read p50 ms": percentile(readMs, 0.5),
      "own read p99 ms": percentile(readMs, 0.99),
    });
  }
  return {
    title: "Publishing versions, one name or eight at once",
    rows,
    notes: [
      "a publish answers after R2, the D1 commit and the first try of its effects (KV, hubs), and the alarm before them",
      "own read: `latest` with Callsheet-Min-Seq, right after; it must be the version just published, else the benchmark fails",
      "local D1, KV and R2 are files on this machine's disk: the shape is the point, not the milliseconds",
    ],
  };
}

async function publish(stage: Stage, name: string, version: string): Promise<{ ms: number; seq: number }> {
  const body = seedDocument.replace(/^( *id:).*$/m, `$1 ${name}`).replace(/^( *version:).*$/m, `$1 "${version}"`);
  const startedAt = performance.now();
  const response = await fetch(`${stage.registry}/v1/templates`, {
    method: "POST",
    headers: { authorization: `Bearer ${stage.adminToken}`, "content-type": "application/yaml" },
    body,
  });
  const told: unknown = await response.json();
  const ms = performance.now() - startedAt;
  const seq = typeof told === "object" && told !== null && "seq" in told ? Number(told.seq) : Number.NaN;
  if (response.status !== 201) throw new Error(`publishing ${name}@${version}: ${response.status}`);
  return { ms, seq };
}

async function readOwnWrite(stage: Stage, name: string, version: string, seq: number): Promise<number> {
  const startedAt = performance.now();
  const response = await fetch(`${stage.registry}/v1/templates/${name}`, {
    headers: { "callsheet-min-seq": String(seq) },
  });
  await response.arrayBuffer();
  const ms = performance.now() - startedAt;
  const read = response.headers.get("callsheet-version");
  if (read !== version) throw new Error(`published ${name}@${version}, then read ${read} (${response.status})`);
  return ms;
}
