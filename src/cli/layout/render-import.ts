import type { ImportAnswer, ImportResult } from "../../contract/http/layout.ts";
import type { Terminal } from "../terminal/open-terminal.ts";
import { count, plainText } from "../terminal/plain-text.ts";
import { table } from "../terminal/table.ts";

/** What an import did, for people: how many of what, and each that was refused with the reason. */
export function renderImport(terminal: Terminal, { results, counts, blobs }: ImportAnswer): string {
  if (results.length === 0)
    return `nothing to import: ${count(blobs, "blob")} and no manifest that says where it belongs`;
  const { red } = terminal.colors;
  const lines = results
    .filter(({ status }) => status === "rejected")
    .map((one) => {
      const why = (one.message ?? one.code ?? "").split("\n").map(plainText).join("\n    ");
      return `${red("rejected")}  ${terminal.colors.bold(placeOf(one))}  ${terminal.colors.dim(one.digest)}\n    ${why}`;
    });
  const groups = [...new Set(results.map(groupOf))].sort();
  const rows = groups.map((group) => {
    const members = results.filter((one) => groupOf(one) === group);
    const countOf = (status: ImportResult["status"]) => String(members.filter((one) => one.status === status).length);
    return [group, countOf("created"), countOf("unchanged"), countOf("rejected")];
  });
  lines.push(table(terminal, ["WHAT", "NEW", "UNCHANGED", "REJECTED"], rows));
  const { created, unchanged, rejected } = counts;
  lines.push(`${created} new, ${unchanged} unchanged, ${rejected} rejected; ${count(blobs, "blob")} read`);
  return lines.join("\n");
}

function placeOf({ repository, version, tags }: ImportResult): string {
  const named = version ?? tags.join(",");
  return `${repository ?? "no repository"}${named === "" ? "" : `:${named}`}`;
}

const groupNames = { version: "versions", state: "states", manifest: "manifests" } as const;

/** `versions of templates/`, `manifests of models/sdxl`. */
function groupOf({ what, repository }: ImportResult): string {
  const [collection = "", ...rest] = (repository ?? "").split("/");
  const where = what === "manifest" ? (repository ?? "") : collection;
  return where === ""
    ? groupNames[what]
    : `${groupNames[what]} of ${where}${what === "manifest" || rest.length === 0 ? "" : "/"}`;
}
