import type { Lineage, LineageEdge } from "../../contract/entity/lineage.ts";
import { shortId } from "../short-id.ts";
import { addressOf, endOf, entityWords } from "./entity-words.ts";
import { plainText } from "./plain-text.ts";

/** The graph as a Mermaid flowchart, for pages that draw one. */
export function lineageMermaid(lineage: Lineage): string {
  const names = new Map(lineage.entities.map(({ ecs_id }, i) => [ecs_id, `n${i}`]));
  const runs = new Map(lineage.runs.map((one) => [one.id, one]));
  const nodes = lineage.entities.map((entity) => {
    const text = `${quoted(entityWords(entity))}<br/>${shortId(entity.ecs_id)}`;
    return `  ${names.get(entity.ecs_id)}["${text}"]`;
  });
  const edges = lineage.edges.flatMap((edge) => {
    const [from, to] = [names.get(edge.from), names.get(edge.to)];
    return from === undefined || to === undefined ? [] : [`  ${from} ${arrow(edge, runs)} ${to}`];
  });
  const root = names.get(lineage.root);
  return ["flowchart TD", ...nodes, ...edges, ...(root === undefined ? [] : [`  style ${root} stroke-width:3px`])].join(
    "\n",
  );
}

function arrow(edge: LineageEdge, runs: Map<string, Lineage["runs"][number]>): string {
  switch (edge.how) {
    case "run": {
      const run = edge.run_id === null ? undefined : runs.get(edge.run_id);
      return `-->|"${quoted(run === undefined ? "run" : `run ${shortId(run.id)}, ${run.state}`)}"|`;
    }
    case "borrowed":
      return `-.->|"${quoted(`${addressOf(edge.from_path ?? "")} → ${endOf(edge.to_path ?? "").address}`)}"|`;
    case "version":
      return `==>|"next version"|`;
  }
}

/** Mermaid reads `#…;` as entities, so what would end a text or begin one is written so. */
function quoted(text: string): string {
  return plainText(text)
    .replaceAll("#", "#35;")
    .replaceAll('"', "#quot;")
    .replaceAll("<", "#lt;")
    .replaceAll(">", "#gt;");
}
