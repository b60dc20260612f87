import { existsSync } from "node:fs";
import { type Command, Option } from "commander";
import { CommandRefusal } from "../command-refusal.ts";
import { exampleText } from "../example-text.ts";
import type { ExitCode } from "../exit-codes.ts";
import { type PushOptions, pushFile, type TypedFile } from "../push/push-file.ts";
import { pushFolder } from "../push/push-folder.ts";
import { renderPush } from "../push/render-push.ts";
import { gather } from "../runs/label-flags.ts";
import { inSession, type Session } from "../session.ts";

interface Flags {
  dir?: string;
  tag?: string;
  attach?: string[];
  annotation?: string[];
  mediaType?: string;
  artifactType?: string;
}

const usualFolderTag = "v1";

/** `callsheet push`. */
export function addPushCommand(program: Command): void {
  program
    .command("push")
    .description("push a file into the OCI registry, as `oras push` does; a document or source registers what is in it")
    .argument("[file]", "a document, a source of functions, or any file; file:media/type as oras has it")
    .argument("[repository:tag]", "where to; a document says it itself: its kind, its name, its version")
    .option("--attach <file[:media/type]>", "a further file of the same artifact, like a README", gather)
    .option("--annotation <key=value>", "an annotation of the manifest", gather)
    .option("--media-type <type>", "of the file; by what it is when left out")
    .option("--artifact-type <type>", "of the manifest")
    .addOption(
      new Option("--dir <folder>", "every *.yaml and *.yml of a folder, each as {kind}s/{name}:v1").conflicts([
        "attach",
        "mediaType",
      ]),
    )
    .option("--tag <tag>", `with --dir: the tag; ${usualFolderTag} when left out`)
    .addHelpText(
      "after",
      exampleText(
        "push code-generation.yaml workflows/code-generation:v1",
        "push code-generation.yaml --attach README.md:text/markdown",
        "push weights.safetensors models/sdxl:1.0 --annotation license=apache-2.0",
        "push --dir workflows/",
      ),
    )
    .action((file: string | undefined, target: string | undefined, flags: Flags, command: Command) =>
      inSession(command, (session) => push(session, file, target, flags)),
    );
}

async function push(
  session: Session,
  file: string | undefined,
  target: string | undefined,
  flags: Flags,
): Promise<ExitCode> {
  const { artifactType } = flags;
  const annotations = readAnnotations(flags.annotation ?? []);
  if (flags.dir !== undefined) {
    if (file !== undefined) throw new CommandRefusal(`push ${file}, or --dir ${flags.dir}? Say one`);
    return pushFolder(session, flags.dir, flags.tag ?? usualFolderTag, { annotations, artifactType });
  }
  if (file === undefined) throw new CommandRefusal("say which file, or which folder with --dir");
  if (flags.tag !== undefined)
    throw new CommandRefusal("--tag is for --dir; a file's tag stands behind its repository");
  const main = readTypedFile(file);
  const mediaType = flags.mediaType ?? main.mediaType;
  const options: PushOptions = { target, attached: (flags.attach ?? []).map(readTypedFile), annotations, artifactType };
  const { outcome, text } = await pushFile(session, { path: main.path, mediaType }, options);
  const { exitCode, ...told } = outcome;
  session.terminal.answer(told, () => renderPush(outcome, text, session.terminal.colors));
  return exitCode;
}

/** `file`, or `file:media/type`. A file may be called like that, and then it is meant. */
function readTypedFile(text: string): TypedFile {
  const [, path, mediaType] = /^(.+):([\w.+-]+\/[\w.+-]+)$/s.exec(text) ?? [];
  if (path === undefined || mediaType === undefined || existsSync(text)) return { path: text, mediaType: null };
  return { path, mediaType };
}

function readAnnotations(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text): [string, string] => {
      const [, key, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
      if (key !== undefined && value !== undefined) return [key, value];
      throw new CommandRefusal(`--annotation ${text}: write key=value, like --annotation license=apache-2.0`);
    }),
  );
}
