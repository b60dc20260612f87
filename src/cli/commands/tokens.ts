import type { Command } from "commander";
import { listTokens, revokeToken } from "../../contract/http/tokens.ts";
import { findToken } from "../access/find-token.ts";
import { confirmDeletion, revoking } from "../confirm-deletion.ts";
import { exampleText } from "../example-text.ts";
import { addPageFlags, type PageFlags, readPages } from "../read-pages.ts";
import { refuseStray } from "../refuse-stray.ts";
import { inSession } from "../session.ts";
import { plainText } from "../terminal/plain-text.ts";
import { renderToken, renderTokens } from "../terminal/render-tokens.ts";
import { tellMore } from "./list.ts";
import { addTokensCreate, addTokensRotate } from "./tokens-create.ts";

/** `callsheet tokens list | create | show | rotate | revoke`. */
export function addTokensCommand(program: Command): void {
  const tokens = program
    .command("tokens")
    .description("access tokens: who may do what; needs the scope admin")
    .addHelpText("after", exampleText("tokens", "tokens create ci --scope publish", "tokens revoke ci"));
  addList(tokens);
  addTokensCreate(tokens);
  addShow(tokens);
  addTokensRotate(tokens);
  addRevoke(tokens);
}

const tokenArgument = ["<token>", "its id, or its name"] as const;

function addList(tokens: Command): void {
  addPageFlags(
    tokens
      .command("list", { isDefault: true })
      .allowExcessArguments()
      .description("access tokens that are live, newest first, without their secrets"),
    "every one: those that expired or were revoked too",
  )
    .addHelpText("after", exampleText("tokens list", "tokens list --all"))
    .action((flags: PageFlags, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        refuseStray(command);
        const all = flags.all ? "true" : undefined;
        const found = await readPages(flags, (query) => client().call(listTokens, { query: { ...query, all } }));
        terminal.answer(found, () => renderTokens(terminal, found.items, flags.all === true, Date.now()));
        tellMore(terminal, found.next_cursor);
        return undefined;
      }),
    );
}

function addShow(tokens: Command): void {
  tokens
    .command("show")
    .description("everything about a token but its secret")
    .argument(...tokenArgument)
    .addHelpText("after", exampleText("tokens show ci"))
    .action((text: string, _flags: unknown, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const found = await findToken(client(), text);
        terminal.answer(found, () => renderToken(found, terminal.colors, Date.now()));
        return undefined;
      }),
    );
}

function addRevoke(tokens: Command): void {
  tokens
    .command("revoke")
    .description("end a token: it is refused everywhere within seconds")
    .argument(...tokenArgument)
    .option("-y, --yes", "do not ask")
    .addHelpText("after", exampleText("tokens revoke ci --yes"))
    .action((text: string, flags: { yes?: boolean }, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const found = await findToken(client(), text);
        const told = `token ${plainText(found.name)} (${found.id})`;
        if (!flags.yes && found.state === "live") await confirmDeletion(told, found.name, revoking);
        const revoked = await client().call(revokeToken, { params: { token_id: found.id } });
        const when = found.state === "revoked" ? "was revoked before" : "is revoked";
        terminal.answer(revoked, () => `${told} ${when}`);
        return undefined;
      }),
    );
}
