import type { Command } from "commander";
import { listAudit } from "../../contract/http/audit.ts";
import { exampleText } from "../example-text.ts";
import { readMoment } from "../read-duration.ts";
import { addPageFlags, type PageFlags, readPages } from "../read-pages.ts";
import { refuseStray } from "../refuse-stray.ts";
import { inSession } from "../session.ts";
import { renderAudit } from "../terminal/render-audit.ts";
import { addAuditExport, addAuditVerify } from "./audit-chain.ts";
import { tellMore } from "./list.ts";

interface Flags extends PageFlags {
  actor?: string;
  operation?: string;
  subject?: string;
  tokenId?: string;
  requestId?: string;
  since?: string;
  until?: string;
}

/** `callsheet audit list | export | verify`. */
export function addAuditCommand(program: Command): void {
  const audit = program
    .command("audit")
    .description("who did what to which name, from where; needs the scope admin")
    .addHelpText("after", exampleText("audit --since 24h", "audit export audit.ndjson", "audit verify"));
  addList(audit);
  addAuditExport(audit);
  addAuditVerify(audit);
}

function addList(audit: Command): void {
  addPageFlags(
    audit
      .command("list", { isDefault: true })
      .allowExcessArguments()
      .description("what was done, and refused, newest first")
      .option("--actor <name>", "by them: a token's name, admin, webhook:source")
      .option("--operation <operation>", "version.published, tag.moved, createToken …")
      .option("--subject <subject>", "templates/blur@1.2.0; templates/blur* for all that begin so")
      .option("--token-id <token>", "with this token")
      .option("--request-id <id>", "of this request")
      .option("--since <time>", "not before: 24h (ago), 2027-01-31, 2027-01-31T12:00:00Z", readMoment)
      .option("--until <time>", "not after", readMoment),
  )
    .addHelpText(
      "after",
      exampleText("audit list --since 24h --actor ci", "audit list --subject 'templates/image_*' --all"),
    )
    .action((flags: Flags, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        refuseStray(command);
        const { actor, operation, subject, tokenId: token_id, requestId: request_id, since, until, ...pages } = flags;
        const narrowed = { actor, operation, subject, token_id, request_id, since, until };
        const found = await readPages(pages, (query) => client().call(listAudit, { query: { ...narrowed, ...query } }));
        const isNarrowed = Object.values(narrowed).some((one) => one !== undefined);
        terminal.answer(found, () => renderAudit(terminal, found.items, isNarrowed));
        tellMore(terminal, found.next_cursor);
        return undefined;
      }),
    );
}
