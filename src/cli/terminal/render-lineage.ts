import type { EntitySummary } from "../../contract/entity/entity.ts";
import type { Lineage, LineageEdge } from "../../contract/entity/lineage.ts";
import { shortId } from "../short-id.ts";
import { addressOf, endOf, entityWords } from "./entity-words.ts";
import type { Colors } from "./open-terminal.ts";
import { count, plainText } from "./plain-text.ts";

const mostPathsTold = 4;

/** The graph around an entity as a tree: what it was made of, what was made of it, or first the one and then the other. */
export function renderLineage(lineage: Lineage, colors: Colors): string {
  const trees: string[] = [];
  const both = lineage.direction === "both";
  if (lineage.direction !== "descendants") trees.push(titled(both ? "made of" : null, draw(lineage, "up", colors)));
  if (lineage.direction !== "ancestors") trees.push(titled(both ? "used by" : null, draw(lineage, "down", colors)));
  if (lineage.truncated) trees.push(colors.dim(`there is more; --depth ${lineage.depth + 5} goes further`));
  return trees.join("\n\n");
}

function titled(title: string | null, text: string): string {
  return title === null ? text : `${title}\n${text}`;
}

/** Draws depth first; an entity that occurs again is told to be above and not drawn twice. */
function draw(lineage: Lineage, way: "up" | "down", colors: Colors): string {
  const entities = new Map(lineage.entities.map((one) => [one.ecs_id, one]));
  const runs = new Map(lineage.runs.map((one) => [one.id, one]));
  const neighbours = groupEdges(lineage.edges, way);
  const drawn = new Set<string>();
  const lines: string[] = [];

  const visit = (id: string, edges: readonly LineageEdge[], lead: string, branch: string) => {
    const how = edges.length === 0 ? "" : colors.dim(`  ${edgeWords(edges, way)}`);
    const isAgain = drawn.has(id);
    const again = isAgain && neighbours.has(id) ? colors.dim("  (its branch is above)") : "";
    lines.push(`${colors.dim(lead + branch)}${labelOf(entities.get(id), id, colors)}${how}${again}`);
    if (isAgain) return;
    drawn.add(id);
    const below = [...(neighbours.get(id) ?? [])];
    const inner = branch === "" ? lead : `${lead}${branch === "└─ " ? "   " : "│  "}`;
    for (const [i, [next, group]] of below.entries()) visit(next, group, inner, i === below.length - 1 ? "└─ " : "├─ ");
  };

  const edgeWords = (edges: readonly LineageEdge[], direction: "up" | "down"): string => {
    const words: string[] = [];
    const borrowed = edges.filter(({ how }) => how === "borrowed");
    if (borrowed.length > 0) words.push(borrowedWords(borrowed, direction));
    for (const { run_id } of edges.filter(({ how }) => how === "run")) {
      const run = run_id === null ? undefined : runs.get(run_id);
      const told = run === undefined ? "" : ` (${plainText(run.name)} ${run.version}, ${run.state})`;
      words.push(run_id === null ? "by a run" : `by run ${shortId(run_id)}${told}`);
    }
    if (edges.some(({ how }) => how === "version")) words.push(direction === "up" ? "version before" : "next version");
    return words.join("; ");
  };

  visit(lineage.root, [], "", "");
  if (lines.length === 1)
    lines.push(colors.dim(way === "up" ? "   it was made of nothing else" : "   nothing was made of it"));
  return lines.join("\n");
}

/** For each entity those next to it, each with the edges between them. */
function groupEdges(edges: readonly LineageEdge[], way: "up" | "down"): Map<string, Map<string, LineageEdge[]>> {
  const groups = new Map<string, Map<string, LineageEdge[]>>();
  for (const edge of edges) {
    const [at, next] = way === "up" ? [edge.to, edge.from] : [edge.from, edge.to];
    const group = groups.get(at) ?? new Map<string, LineageEdge[]>();
    group.set(next, [...(group.get(next) ?? []), edge]);
    groups.set(at, group);
  }
  return groups;
}

function labelOf(entity: EntitySummary | undefined, id: string, colors: Colors): string {
  const words = entity === undefined ? "entity" : entityWords(entity);
  const version = entity !== undefined && entity.lineage_version > 1 ? ` version ${entity.lineage_version}` : "";
  return `${words}${version}  ${colors.bold(shortId(id))}`;
}

function borrowedWords(edges: readonly LineageEdge[], way: "up" | "down"): string {
  const told = edges.slice(0, mostPathsTold).map(({ from_path, to_path }) => {
    if ((from_path ?? "") === "" && (to_path ?? "") === "") return "taken whole";
    const from = addressOf(from_path ?? "");
    const { address: to, isComputed } = endOf(to_path ?? "");
    if (isComputed) return way === "up" ? `${to} computed from ${from}` : `${from} used to compute ${to}`;
    return way === "up" ? `${to} ← ${from}` : `${from} → ${to}`;
  });
  const more = edges.length - told.length;
  return [...told, ...(more > 0 ? [`and ${count(more, "value")} more`] : [])].join(", ");
}
