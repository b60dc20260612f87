import type { Command } from "commander";
import { collectGarbage, type GarbageAnswer, previewGarbage } from "../../contract/http/garbage.ts";
import { exampleText } from "../example-text.ts";
import { inSession, type Session } from "../session.ts";
import type { Terminal } from "../terminal/open-terminal.ts";
import { showBytes } from "../terminal/show-size.ts";
import { table } from "../terminal/table.ts";

type Count = GarbageAnswer["storage"];

/** All slices together. */
interface Total extends Omit<GarbageAnswer, "next_cursor"> {
  dry_run: boolean;
}

/** `callsheet admin gc`. */
export function addGcCommand(admin: Command): void {
  admin
    .command("gc")
    .description("remove blobs and bytes that nothing needs any more; cron does the same little by little")
    .option("--dry-run", "say what would go, and remove nothing")
    .addHelpText("after", exampleText("admin gc --dry-run", "admin gc"))
    .action((flags: { dryRun?: boolean }, command: Command) =>
      inSession(command, async (session) => {
        const total = await goThrough(session, flags.dryRun === true);
        session.terminal.answer(total, () => totalText(session.terminal, total));
        return undefined;
      }),
    );
}

async function goThrough({ client, terminal }: Session, isDryRun: boolean): Promise<Total> {
  const registry = client();
  const none: Count = { blobs: 0, size_bytes: 0 };
  const total: Total = {
    dry_run: isDryRun,
    checked: 0,
    repositories: [],
    storage: none,
    kept: none,
    grace_seconds: 0,
  };
  const byRepository = new Map<string, Count>();
  let cursor: string | null = null;
  do {
    const query = { cursor: cursor ?? undefined };
    const slice: GarbageAnswer = isDryRun
      ? await registry.call(previewGarbage, { query })
      : await registry.call(collectGarbage, { query, isIdempotent: true });
    total.checked += slice.checked;
    total.storage = sum(total.storage, slice.storage);
    total.kept = sum(total.kept, slice.kept);
    total.grace_seconds = slice.grace_seconds;
    for (const { repository, ...count } of slice.repositories) {
      byRepository.set(repository, sum(byRepository.get(repository) ?? none, count));
    }
    cursor = slice.next_cursor;
    if (cursor !== null && terminal.showsProgress) terminal.note(`${total.checked} looked at …`);
  } while (cursor !== null);
  total.repositories = [...byRepository].map(([repository, count]) => ({ repository, ...count }));
  return total;
}

function totalText(terminal: Terminal, { dry_run: isDryRun, repositories, storage, kept, ...total }: Total): string {
  const rows = repositories.map(({ repository, blobs, size_bytes }) => [
    repository,
    String(blobs),
    showBytes(size_bytes),
  ]);
  const left = repositories.reduce(sum, { blobs: 0, size_bytes: 0 });
  const [leave, remove] = isDryRun ? ["would leave", "would be removed"] : ["left", "removed"];
  return [
    ...(rows.length === 0 ? [] : [table(terminal, ["REPOSITORY", "BLOBS", "SIZE"], rows)]),
    `${counted(left)} ${leave} ${repositories.length === 1 ? "1 repository" : `${repositories.length} repositories`}: no manifest there refers to them`,
    `${counted(storage)} ${remove} from storage: nothing names them`,
    ...(isDryRun && left.blobs > 0 ? ["what leaves its last repository is removed from storage too"] : []),
    ...(kept.blobs > 0 ? [`${counted(kept)} of garbage stay: younger than ${total.grace_seconds / 3600} hours`] : []),
  ].join("\n");
}

function counted({ blobs, size_bytes }: Count): string {
  return `${blobs} ${blobs === 1 ? "blob" : "blobs"} (${showBytes(size_bytes)})`;
}

function sum(one: Count, other: Count): Count {
  return { blobs: one.blobs + other.blobs, size_bytes: one.size_bytes + other.size_bytes };
}
