import { HttpConnection, type Received } from "../load/http-connection.ts";
import { interleave } from "../load/interleave.ts";
import type { OciStage } from "../oci/open-oci-stage.ts";
import { type PushedArtifact, pushArtifact, type RegistrySide } from "../oci/push-artifact.ts";
import type { Plan } from "../plan.ts";
import { percentile } from "../report/percentile.ts";
import type { Table } from "../report/table.ts";

const small = 4 * 1024;
const large = 10 * 1024 * 1024;

/** What is read, by what was pushed. */
const reads = [
  { what: "manifest by tag", bytes: small, path: ({ repository }: PushedArtifact) => `/v2/${repository}/manifests/v1` },
  {
    what: "manifest by digest",
    bytes: small,
    path: ({ repository, manifestDigest }: PushedArtifact) => `/v2/${repository}/manifests/${manifestDigest}`,
  },
  {
    what: "blob 4 KiB",
    bytes: small,
    path: ({ repository, layerDigest }: PushedArtifact) => `/v2/${repository}/blobs/${layerDigest}`,
  },
  {
    what: "blob 10 MiB",
    bytes: large,
    path: ({ repository, layerDigest }: PushedArtifact) => `/v2/${repository}/blobs/${layerDigest}`,
  },
] as const;

/** Reads at `/v2/` beside docker-registry's, in turn. */
export async function ociReads(stage: OciStage, plan: Plan): Promise<Table> {
  const sides = stage.peer === null ? [stage.own] : [stage.peer, stage.own];
  const rows: Table["rows"] = [];
  for (const { what, bytes, path } of reads) {
    const requests = await Promise.all(
      sides.map(async (side) => {
        const pushed = await pushArtifact(side, `bench/read-${bytes}`, "v1", bytes);
        return { origin: side.url, request: getRequest(side, path(pushed)) };
      }),
    );
    const p50 = await latencies(requests, bytes === large ? 20 : 300);
    for (const connections of [1, 16]) {
      const how = { connections, rounds: plan.rounds, roundMs: bytes === large ? 4 * plan.roundMs : plan.roundMs };
      const results = await interleave(
        requests.map(({ origin, request }) => ({ origin, nextRequest: () => request })),
        how,
      );
      const own = results.at(-1);
      const peer = results.length > 1 ? results[0] : undefined;
      rows.push({
        read: what,
        conns: connections,
        ...(peer === undefined ? {} : { "docker-registry/s": Math.round(peer.requestsPerSecond) }),
        "callsheet/s": Math.round(own?.requestsPerSecond ?? Number.NaN),
        ...(peer === undefined ? {} : { ratio: own?.ratioToFirst ?? Number.NaN }),
        ...(connections === 1 ? latencyCells(p50) : {}),
      });
    }
  }
  return {
    title: "OCI reads, beside Debian's docker-registry on the same machine",
    rows,
    notes: [
      stage.peer === null
        ? "this machine has no docker-registry (apt-get install docker-registry), so there is nothing to compare with"
        : "ratio: the median, over the rounds, of callsheet by docker-registry in the same round (goal: above 1 in every row)",
      "every answer of callsheet is checked against the newest acknowledged write of its repository",
    ],
  };
}

function latencyCells(p50: number[]): Record<string, number> {
  const own = p50.at(-1) ?? Number.NaN;
  return p50.length > 1 ? { "docker p50 ms": p50[0] ?? Number.NaN, "own p50 ms": own } : { "own p50 ms": own };
}

/** One request at a time, the sides in turn. */
async function latencies(requests: { origin: string; request: Buffer }[], count: number): Promise<number[]> {
  const sides = await Promise.all(
    requests.map(async ({ origin, request }) => ({
      request,
      connection: await HttpConnection.open(origin),
      ms: [] as number[],
    })),
  );
  for (let at = -5; at < count; at++) {
    for (const side of sides) {
      const startedAt = performance.now();
      await new Promise<Received>((resolve, reject) => side.connection.send(side.request, resolve, reject));
      if (at >= 0) side.ms.push(performance.now() - startedAt);
    }
  }
  for (const { connection } of sides) connection.close();
  return sides.map(({ ms }) => percentile(ms, 0.5));
}

/** As clients send it, credentials and all. */
export function getRequest(side: RegistrySide, path: string): Buffer {
  const accept = "application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json, */*";
  const headers = Object.entries({ ...side.headers, accept }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`GET ${path} HTTP/1.1\r\nHost: ${new URL(side.url).host}\r\n${headers.join("")}\r\n`);
}
