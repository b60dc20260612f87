import type { Command } from "commander";
import { changeSource, getSource, listSources, removeSource } from "../../contract/http/webhooks.ts";
import { confirmDeletion, removing } from "../confirm-deletion.ts";
import { exampleText } from "../example-text.ts";
import { refuseStray } from "../refuse-stray.ts";
import { inSession } from "../session.ts";
import { renderSource, renderSources } from "../terminal/render-sources.ts";
import { addWebhooksAdd, addWebhooksChange } from "./webhooks-add.ts";
import { addWebhooksDeliveries, addWebhooksDelivery } from "./webhooks-deliveries.ts";
import { addWebhooksRedeliver, addWebhooksSync } from "./webhooks-sync.ts";

/** `callsheet webhooks list | add | show | change | pause | resume | remove | deliveries | delivery | redeliver | sync`. */
export function addWebhooksCommand(program: Command): void {
  const webhooks = program
    .command("webhooks")
    .description("sources: repositories whose pushes are published, and what came of each push")
    .addHelpText(
      "after",
      exampleText("webhooks", "webhooks add templates --github acme/templates", "webhooks deliveries templates"),
    );
  addList(webhooks);
  addWebhooksAdd(webhooks);
  addShow(webhooks);
  addWebhooksChange(webhooks);
  addState(webhooks, "pause", "paused", "do nothing with what is pushed, until it is resumed");
  addState(webhooks, "resume", "active", "publish what is pushed again");
  addRemove(webhooks);
  addWebhooksDeliveries(webhooks);
  addWebhooksDelivery(webhooks);
  addWebhooksRedeliver(webhooks);
  addWebhooksSync(webhooks);
}

function addList(webhooks: Command): void {
  webhooks
    .command("list", { isDefault: true })
    .allowExcessArguments()
    .description("sources, by name")
    .addHelpText("after", exampleText("webhooks list"))
    .action((_flags: unknown, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        refuseStray(command);
        const found = await client().call(listSources);
        terminal.answer(found, () => renderSources(terminal, found.items, Date.now()));
        return undefined;
      }),
    );
}

function addShow(webhooks: Command): void {
  webhooks
    .command("show")
    .description("everything about a source but its secrets")
    .argument("<name>")
    .addHelpText("after", exampleText("webhooks show templates"))
    .action((source: string, _flags: unknown, command: Command) =>
      inSession(command, async ({ client, settings, terminal }) => {
        const found = await client().call(getSource, { params: { source } });
        terminal.answer(found, () => renderSource(found, settings().url, terminal.colors, Date.now()));
        return undefined;
      }),
    );
}

function addState(webhooks: Command, name: "pause" | "resume", state: "active" | "paused", description: string): void {
  webhooks
    .command(name)
    .description(description)
    .argument("<name>")
    .addHelpText("after", exampleText(`webhooks ${name} templates`))
    .action((source: string, _flags: unknown, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const changed = await client().call(changeSource, { params: { source }, body: { state } });
        terminal.answer(changed, () => `${changed.name} is ${changed.state}`);
        if (state === "active") {
          terminal.note(`hint: \`callsheet webhooks sync ${changed.name}\` takes up what was pushed meanwhile`);
        }
        return undefined;
      }),
    );
}

function addRemove(webhooks: Command): void {
  webhooks
    .command("remove")
    .description("forget a source, its secret and its deliveries; what it published stays as it is")
    .argument("<name>")
    .option("-y, --yes", "do not ask")
    .addHelpText("after", exampleText("webhooks remove templates --yes"))
    .action((source: string, flags: { yes?: boolean }, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        if (!flags.yes) await confirmDeletion(`source ${source}`, source, removing);
        const gone = await client().call(removeSource, { params: { source } });
        terminal.answer(gone, () => `source ${gone.name} is removed; its hook at the host is to be removed there`);
        return undefined;
      }),
    );
}
