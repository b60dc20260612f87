import type { Command } from "commander";
import {
  type MaintenanceAnswer,
  rebuildCaches,
  type VerifyAnswer,
  verifyRegistry,
} from "../../contract/http/registry.ts";
import { exampleText } from "../example-text.ts";
import { exitCodes } from "../exit-codes.ts";
import { inSession, type Session } from "../session.ts";
import { table } from "../terminal/table.ts";
import { addGcCommand } from "./admin-gc.ts";

/** What a slice found; verify counts blobs and manifests of repositories too. */
type Found = Omit<MaintenanceAnswer, "next_cursor"> & Partial<Pick<VerifyAnswer, "blobs" | "manifests">>;
type Slice = (cursor: string | undefined) => Promise<Found & Pick<MaintenanceAnswer, "next_cursor">>;

/** `callsheet admin verify | rebuild | gc`. */
export function addAdminCommand(program: Command): void {
  const admin = program
    .command("admin")
    .description("look after the registry's stores; needs the admin token")
    .addHelpText("after", exampleText("admin verify"));
  admin
    .command("verify")
    .description("check that D1, KV and R2 agree; exit status 1 when they do not")
    .addHelpText("after", exampleText("admin verify --json"))
    .action((_flags: unknown, command: Command) =>
      inSession(command, async (session) => {
        const client = session.client();
        const total = await goThrough(session, (cursor) => client.call(verifyRegistry, { query: { cursor } }));
        return printTotal(session, total, "checked", "D1, KV and R2 agree");
      }),
    );
  admin
    .command("rebuild")
    .description("write KV anew from D1 and R2")
    .addHelpText("after", exampleText("admin rebuild"))
    .action((_flags: unknown, command: Command) =>
      inSession(command, async (session) => {
        const client = session.client();
        const slice: Slice = (cursor) => client.call(rebuildCaches, { query: { cursor }, isIdempotent: true });
        return printTotal(session, await goThrough(session, slice), "rebuilt", "everything could be rebuilt");
      }),
    );
  addGcCommand(admin);
}

async function goThrough({ terminal }: Session, slice: Slice): Promise<Found> {
  const total: Found = { names: 0, versions: 0, disagreements: [] };
  let cursor: string | null = null;
  do {
    const answer: Awaited<ReturnType<Slice>> = await slice(cursor ?? undefined);
    total.names += answer.names;
    total.versions += answer.versions;
    if (answer.blobs !== undefined) total.blobs = (total.blobs ?? 0) + answer.blobs;
    if (answer.manifests !== undefined) total.manifests = (total.manifests ?? 0) + answer.manifests;
    total.disagreements.push(...answer.disagreements);
    cursor = answer.next_cursor;
    if (cursor !== null && terminal.showsProgress) terminal.note(`${total.names} names …`);
  } while (cursor !== null);
  return total;
}

function printTotal({ terminal }: Session, total: Found, done: string, fine: string) {
  terminal.answer(total, () => {
    const { names, versions, blobs, manifests } = total;
    const ofRepositories =
      blobs === undefined || manifests === undefined
        ? ""
        : `, ${manifests} manifests and ${blobs} blobs of repositories`;
    const counted = `${done} ${versions} versions of ${names} names${ofRepositories}`;
    if (total.disagreements.length === 0) return `${counted}: ${fine}`;
    const rows = total.disagreements.map((one) => [one.name, one.version ?? "", one.where, one.message]);
    const found = `${counted}: ${total.disagreements.length} disagree`;
    return `${table(terminal, ["NAME", "VERSION", "WHERE", "WHAT"], rows)}\n${found}`;
  });
  return total.disagreements.length === 0 ? exitCodes.ok : exitCodes.invalid;
}
