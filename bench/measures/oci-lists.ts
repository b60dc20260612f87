import { interleave } from "../load/interleave.ts";
import type { OciStage } from "../oci/open-oci-stage.ts";
import type { Plan } from "../plan.ts";
import type { Table } from "../report/table.ts";
import { getRequest } from "./oci-reads.ts";

/** Lists of 1,000 and 10,000 repositories and tags, beside docker-registry's. */
export async function ociLists(stage: OciStage, plan: Plan): Promise<Table> {
  const sides = stage.peer === null ? [stage.own] : [stage.peer, stage.own];
  const rows: Table["rows"] = [];
  let grown = 0;
  for (const size of plan.ociSizes) {
    await stage.grow(grown, size);
    grown = size;
    const middle = String(Math.floor(size / 2)).padStart(6, "0");
    const lists = [
      { list: "_catalog?n=100", path: "/v2/_catalog?n=100" },
      { list: "_catalog?n=100, from the middle", path: `/v2/_catalog?n=100&last=bulk/${middle}` },
      { list: "_catalog?n=1000", path: "/v2/_catalog?n=1000" },
      { list: "tags/list, all", path: "/v2/tagged/tags/list" },
      { list: "tags/list?n=100", path: "/v2/tagged/tags/list?n=100" },
    ];
    for (const { list, path } of lists) {
      const asked = sides.map((side) => {
        const request = getRequest(side, path);
        return { origin: side.url, nextRequest: () => request };
      });
      const results = await interleave(asked, { connections: 1, rounds: plan.rounds, roundMs: 2 * plan.roundMs });
      const own = results.at(-1);
      const peer = results.length > 1 ? results[0] : undefined;
      rows.push({
        "repositories, tags": size,
        list,
        ...(peer === undefined ? {} : { "docker-registry/s": peer.requestsPerSecond }),
        "callsheet/s": own?.requestsPerSecond ?? Number.NaN,
        ...(peer === undefined ? {} : { ratio: own?.ratioToFirst ?? Number.NaN }),
      });
    }
  }
  return {
    title: "OCI lists, beside docker-registry",
    rows,
    notes: [
      "one connection; docker-registry walks its folders for the catalogue, and answers all tags whatever `n` says",
      "repositories and tags were laid down as rows and as folders; what a list reads is the same as after pushes",
    ],
  };
}
