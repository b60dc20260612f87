import type { AuditEntry } from "../../contract/access/audit.ts";
import type { ChainReport } from "../audit/follow-chain.ts";
import { headText } from "../audit/read-head.ts";
import type { Terminal } from "./open-terminal.ts";
import { count, plainText } from "./plain-text.ts";
import { table } from "./table.ts";

/** Entries of the audit log as a table. */
export function renderAudit(terminal: Terminal, entries: readonly AuditEntry[], isNarrowed: boolean): string {
  if (entries.length === 0) return isNarrowed ? "no entry fits" : "nothing was done yet";
  const rows = entries.map((one) => [
    String(one.seq),
    `${one.at.slice(0, 10)} ${one.at.slice(11, 19)}`,
    one.actor,
    one.operation,
    one.outcome,
    one.subject ?? "",
    one.token_id ?? "",
    one.address ?? "",
    one.code ?? textOf(one.details.reason),
  ]);
  const head = ["SEQ", "WHEN (UTC)", "WHO", "DID", "OUTCOME", "TO WHAT", "TOKEN", "FROM", "WHY"];
  return table(terminal, head, rows, (text, column) =>
    column === 2 ? terminal.colors.bold(text) : column === 4 && text === "refused" ? terminal.colors.red(text) : text,
  );
}

/** What checking the chain of hashes found. */
export function renderChain(terminal: Terminal, report: ChainReport, what: string): string {
  const { green, red, dim } = terminal.colors;
  if (report.break !== null) return `${red("broken")}  ${what}: ${plainText(report.break.reason)}`;
  const checked = `${count(report.entries, "entry").replace("entrys", "entries")} of ${what}`;
  const unsealed = report.unsealed === 0 ? "" : dim(`; ${report.unsealed} at the end have no hash yet`);
  const head = report.head === null ? "" : `\nhead  ${headText(report.head)}`;
  return `${green("unbroken")}  ${checked}${unsealed}${head}`;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
