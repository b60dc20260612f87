import { basename } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { digest as digestSchema } from "../../contract/artifact/digest.ts";
import { getFile, getFileFacts, signFile } from "../../contract/http/files.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { exampleText } from "../example-text.ts";
import { exitCodes } from "../exit-codes.ts";
import { downloadFile } from "../files/download-file.ts";
import { extensionOf } from "../files/media-types.ts";
import { sendLocalFiles } from "../files/send-local-files.ts";
import { inSession, type Session } from "../session.ts";
import { facts } from "../terminal/facts.ts";
import { plainText } from "../terminal/plain-text.ts";
import { showBytes } from "../terminal/show-size.ts";
import { table } from "../terminal/table.ts";

/** `callsheet files put | get | show | sign`. */
export function addFilesCommand(program: Command): void {
  const files = program
    .command("files")
    .description("files: bytes that runs take and give, named by their digest")
    .addHelpText("after", exampleText("files put photo.png", `files get ${someDigest} -o out.png`));
  addPut(files);
  addGet(files);
  addShow(files);
  addSign(files);
}

const someDigest = `sha256:${"1f".repeat(32)}`;
const digestArgument = ["<digest>", "sha256:…, as a run's inputs and outputs name it", readDigest] as const;

function addPut(files: Command): void {
  files
    .command("put")
    .description("send files; what the registry has already is not sent again, large files go in parts")
    .argument("<paths...>")
    .addHelpText("after", exampleText("files put photo.png scan.tiff"))
    .action((paths: string[], _flags: unknown, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const sent = [...(await sendLocalFiles(client(), terminal, paths)).values()];
        const items = sent.map(({ path, file, isNew }) => ({ path, new: isNew, ...file }));
        terminal.answer({ items }, () =>
          table(
            terminal,
            ["FILE", "SIZE", "TYPE", "DIGEST"],
            sent.map(({ path, file }) => [path, showBytes(file.size_bytes), file.media_type, file.digest]),
          ),
        );
        return undefined;
      }),
    );
}

function addGet(files: Command): void {
  files
    .command("get")
    .description("fetch a file; its bytes are checked against the digest")
    .argument(...digestArgument)
    .option("-o, --output <path>", "where to put it, or - for standard output; its own name when left out")
    .option("--force", "replace the file if there is one")
    .addHelpText("after", exampleText(`files get ${someDigest} -o out.png`))
    .action((digest: string, flags: { output?: string; force?: boolean }, command: Command) =>
      inSession(command, async (session) => {
        if (flags.output === "-") await printFile(session, digest);
        else await saveFile(session, digest, flags.output, flags.force === true);
        return undefined;
      }),
    );
}

async function saveFile(
  session: Session,
  digest: string,
  output: string | undefined,
  mayReplace: boolean,
): Promise<void> {
  const client = session.client();
  const path = output ?? ownName(await client.call(getFileFacts, { params: { digest } }));
  const size_bytes = await downloadFile(client, digest, path, mayReplace);
  session.terminal.answer({ path, digest, size_bytes }, () => `saved as ${path} (${showBytes(size_bytes)})`);
}

/** A name that someone else chose: no folder of it counts, and it is never hidden. */
function ownName({ digest, name, media_type }: { digest: string; name: string | null; media_type: string }): string {
  const own = name === null ? "" : basename(plainText(name)).replace(/^\.+/, "");
  return own === "" ? `${digest.slice(7, 19)}${extensionOf(media_type, name)}` : own;
}

async function printFile({ client, terminal }: Session, digest: string): Promise<void> {
  if (terminal.isJson) throw new CommandRefusal("--json and -o - cannot both have standard output");
  const response = await client().open(getFile, { params: { digest } });
  for await (const piece of response.body ?? []) {
    if (!process.stdout.write(piece)) await new Promise((resolve) => process.stdout.once("drain", resolve));
  }
}

function addShow(files: Command): void {
  files
    .command("show")
    .description("size, media type and name of a file")
    .argument(...digestArgument)
    .addHelpText("after", exampleText(`files show ${someDigest}`))
    .action((digest: string, _flags: unknown, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const file = await client().call(getFileFacts, { params: { digest } });
        terminal.answer(file, () =>
          facts(
            [
              ["digest", file.digest],
              ["size", `${showBytes(file.size_bytes)} (${file.size_bytes} bytes)`],
              ["type", plainText(file.media_type)],
              ["name", file.name === null ? null : plainText(file.name)],
              ["stored", file.created_at],
            ],
            terminal.colors,
          ),
        );
        return undefined;
      }),
    );
}

function addSign(files: Command): void {
  files
    .command("sign")
    .description("an address that gives the file to whoever has it, for a while")
    .argument(...digestArgument)
    .option("--expires <seconds>", "how long it is good for, at most a week", "3600")
    .addHelpText("after", exampleText(`files sign ${someDigest} --expires 600`))
    .action((digest: string, flags: { expires: string }, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        if (!/^\d{1,7}$/.test(flags.expires))
          throw new CommandRefusal(`--expires ${flags.expires}: give seconds, like 600`);
        const body = { expires_in_seconds: Number(flags.expires) };
        const signed = await client().call(signFile, { params: { digest }, body, isIdempotent: true });
        // The registry may answer a path of its own.
        const url = new URL(signed.url, `${client().url}/`).href;
        terminal.answer({ ...signed, url }, () => url);
        terminal.note(`good until ${signed.expires_at}`);
        return exitCodes.ok;
      }),
    );
}

function readDigest(text: string): string {
  if (digestSchema.safeParse(text).success) return text;
  throw new InvalidArgumentError("It is sha256: followed by 64 hex digits; `callsheet files put` tells a file's.");
}
