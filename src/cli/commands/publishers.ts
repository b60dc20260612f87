import type { Command } from "commander";
import { createPublisher, listPublishers, removePublisher } from "../../contract/http/tokens.ts";
import { type ClaimFlags, claimsOf } from "../access/github-claims.ts";
import { readScopesWithoutAdmin } from "../access/publisher-scopes.ts";
import { addRightFlags, type RightFlags } from "../access/right-flags.ts";
import { chooseOne } from "../choose-one.ts";
import { confirmDeletion, removing } from "../confirm-deletion.ts";
import { exampleText } from "../example-text.ts";
import { readDuration } from "../read-duration.ts";
import { refuseStray } from "../refuse-stray.ts";
import { gather } from "../runs/label-flags.ts";
import { inSession } from "../session.ts";
import { plainText } from "../terminal/plain-text.ts";
import { renderPublishers } from "../terminal/render-tokens.ts";

interface AddFlags extends RightFlags, ClaimFlags {
  issuer?: string;
  tokenFor?: number;
}

/** `callsheet publishers list | add | remove`. */
export function addPublishersCommand(program: Command): void {
  const publishers = program
    .command("publishers")
    .description(
      "trusted publishers: whose signed identities get a token without any stored secret; needs the scope admin",
    )
    .addHelpText("after", exampleText("publishers", "publishers add release --github acme/templates --scope publish"));
  addList(publishers);
  addAdd(publishers);
  addRemove(publishers);
}

function addList(publishers: Command): void {
  publishers
    .command("list", { isDefault: true })
    .allowExcessArguments()
    .description("trusted publishers, by name")
    .addHelpText("after", exampleText("publishers list"))
    .action((_flags: unknown, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        refuseStray(command);
        const found = await client().call(listPublishers);
        terminal.answer(found, () => renderPublishers(terminal, found.items, Date.now()));
        return undefined;
      }),
    );
}

function addAdd(publishers: Command): void {
  addRightFlags(publishers.command("add").description("trust an issuer's identities that have these claims"))
    .argument("<name>", "what people call it")
    .option("--github <owner/repository>", "jobs of GitHub Actions in this repository")
    .option("--branch <branch>", "of this branch only")
    .option("--environment <name>", "of this deployment environment only")
    .option("--workflow <file>", "of this workflow only, like release.yml")
    .option("--issuer <url>", "whose identities; GitHub's when left out")
    .option("--claim <name=value>", "a claim that must fit, * stands for any characters; repeatable", gather)
    .option("--token-for <time>", "how long a token is good: 5m to 1h; 15 minutes when left out", readDuration)
    .addHelpText(
      "after",
      exampleText(
        "publishers add release --github acme/templates --branch main --workflow release.yml --scope publish",
        "publishers add gitlab --issuer https://gitlab.com --claim project_path=acme/templates --claim ref_protected=true --scope publish",
      ),
    )
    .action((name: string, flags: AddFlags, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const { issuer, namePattern: names, tokenFor: token_seconds } = flags;
        const scopes = readScopesWithoutAdmin(flags.scope);
        const body = { name, issuer, claims: claimsOf(flags), scopes, names, token_seconds };
        const made = await client().call(createPublisher, { body });
        terminal.answer(made, () => renderPublishers(terminal, [made], Date.now()));
        const { github, branch, environment, workflow } = flags;
        if (github !== undefined && (branch ?? environment ?? workflow) === undefined) {
          terminal.note(
            `hint: every workflow on every branch of ${github} is trusted; --branch, --environment or --workflow say less`,
          );
        }
        if (github !== undefined) {
          terminal.note("hint: in the job, `permissions: id-token: write` and `callsheet login --github-actions`");
        }
        return undefined;
      }),
    );
}

function addRemove(publishers: Command): void {
  publishers
    .command("remove")
    .description("trust a publisher no longer; tokens that it got are good until they expire")
    .argument("<publisher>", "its id, or its name")
    .option("-y, --yes", "do not ask")
    .addHelpText("after", exampleText("publishers remove release --yes"))
    .action((text: string, flags: { yes?: boolean }, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const { items } = await client().call(listPublishers);
        const found = chooseOne(text, items, {
          what: "trusted publisher",
          list: "publishers",
          idOf: ({ id }) => id,
          nameOf: ({ name }) => name,
          tell: ({ name, issuer }) => `${name}, of ${issuer}`,
        });
        const told = `trusted publisher ${plainText(found.name)} (${found.id})`;
        if (!flags.yes) await confirmDeletion(told, found.name, removing);
        const gone = await client().call(removePublisher, { params: { publisher_id: found.id } });
        terminal.answer(gone, () => `${told} is removed`);
        return undefined;
      }),
    );
}
