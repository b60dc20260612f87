import { createReadStream } from "node:fs";
import type { Command } from "commander";
import type { Client } from "../../client/create-client.ts";
import { getAuditHead } from "../../contract/http/audit.ts";
import { entryLines } from "../audit/entry-lines.ts";
import { followChain, type KnownHead } from "../audit/follow-chain.ts";
import { headText, readHead } from "../audit/read-head.ts";
import { registryEntries } from "../audit/registry-entries.ts";
import { saveLog } from "../audit/save-log.ts";
import { exampleText } from "../example-text.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { sizeOf } from "../files/open-local-file.ts";
import { inSession } from "../session.ts";
import type { Terminal } from "../terminal/open-terminal.ts";
import { renderChain } from "../terminal/render-audit.ts";

const headFlag = [
  "--head <seq:hash>",
  "a head that was written down before: what stands there must be the same",
  readHead,
] as const;

/** `callsheet audit export`. */
export function addAuditExport(audit: Command): void {
  audit
    .command("export")
    .description("the whole log into a file, an entry a line (NDJSON), its chain of hashes checked on the way")
    .argument("<file>", "where to; - is standard output")
    .option(...headFlag)
    .option("--force", "replace a file that is there")
    .addHelpText("after", exampleText("audit export audit.ndjson", "audit export - | jq .operation"))
    .action((path: string, flags: { head?: KnownHead; force?: boolean }, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const chain = followChain(flags.head ?? (await headNow(client())));
        const report = await saveLog(registryEntries(client()), chain, path, flags.force === true);
        const what = path === "-" ? client().url : path;
        if (path === "-") terminal.note(renderChain(terminal, report, what));
        else terminal.answer({ path, ...report }, () => renderChain(terminal, report, what));
        tellHead(terminal, report.head);
        return report.valid ? exitCodes.ok : exitCodes.invalid;
      }),
    );
}

/** `callsheet audit verify`. */
export function addAuditVerify(audit: Command): void {
  audit
    .command("verify")
    .description("check that nobody changed or removed an entry of the log; exit status 1 when somebody did")
    .argument("[file]", "an export; the registry's own log when left out")
    .option(...headFlag)
    .addHelpText("after", exampleText("audit verify", "audit verify audit.ndjson --head 120:<hash>"))
    .action((path: string | undefined, flags: { head?: KnownHead }, command: Command) =>
      inSession(command, async ({ client, terminal }): Promise<ExitCode> => {
        if (path !== undefined) await sizeOf(path);
        const chain = followChain(flags.head ?? (path === undefined ? await headNow(client()) : null));
        const lines = path === undefined ? registryEntries(client()) : entryLines(createReadStream(path, "utf8"));
        for await (const line of lines) if (chain.feed(line) !== null) break;
        const report = chain.report();
        terminal.answer(report, () => renderChain(terminal, report, path ?? client().url));
        tellHead(terminal, report.head);
        return report.valid ? exitCodes.ok : exitCodes.invalid;
      }),
    );
}

/** The head that the registry tells before its log is read: a log that ends sooner is not whole. */
async function headNow(client: Client): Promise<KnownHead | null> {
  const { seq, hash } = await client.call(getAuditHead);
  return seq === 0 ? null : { seq, hash };
}

function tellHead(terminal: Terminal, head: KnownHead | null): void {
  if (head === null) return;
  terminal.note(
    `hint: keep the head elsewhere; \`callsheet audit verify --head ${headText(head)}\` finds what is changed before it`,
  );
}
