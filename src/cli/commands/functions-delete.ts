import type { Command } from "commander";
import type { ChangeAnswer } from "../../contract/artifact/resolved.ts";
import { functionRoutes } from "../../contract/http/functions.ts";
import { splitReference } from "../../domain/artifact/parse-reference.ts";
import { confirmDeletion } from "../confirm-deletion.ts";
import { exactVersion } from "../exact-version.ts";
import { exampleText } from "../example-text.ts";
import { functionReference } from "../functions/function-reference.ts";
import { listVersions } from "../list-versions.ts";
import { inSession, type Session } from "../session.ts";
import { count } from "../terminal/plain-text.ts";

interface Flags {
  message?: string;
  yes?: boolean;
}

/** `callsheet functions delete`. */
export function addFunctionsDelete(functions: Command): void {
  functions
    .command("delete")
    .description("delete a function for good: one version, or all; their numbers can never be published again")
    .argument("<reference>", "name@1.2.3 for one version, name for every version")
    .option("--message <text>", "why")
    .option("-y, --yes", "do not ask")
    .addHelpText("after", exampleText("functions delete numpy.sharpen@1.0.1 --yes", "functions delete numpy.sharpen"))
    .action((text: string, flags: Flags, command: Command) =>
      inSession(command, (session) => deleteFunction(session, functionReference(text), flags)),
    );
}

async function deleteFunction({ client: connect, terminal }: Session, reference: string, flags: Flags) {
  const client = connect();
  const { name, selector } = splitReference(reference);
  const versions =
    selector === null
      ? (await listVersions(client, functionRoutes, name)).versions
          .filter(({ state }) => state !== "deleted")
          .map(({ version }) => version)
      : [exactVersion(reference).version];
  const what = selector === null ? `${name} (${count(versions.length, "version")})` : reference;
  if (!flags.yes && versions.length > 0) await confirmDeletion(what, reference);
  const answers: ChangeAnswer[] = [];
  for (const version of versions) {
    const params = { name, version };
    answers.push(await client.call(functionRoutes.versions.remove, { params, query: { message: flags.message } }));
  }
  const isDone = answers.some(({ changed }) => changed);
  terminal.answer({ name, deleted: versions, results: answers }, () =>
    isDone ? `${what} is deleted` : `${selector === null ? name : reference} was deleted before`,
  );
  return undefined;
}
