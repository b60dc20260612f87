import { type Command, Option } from "commander";
import { listIncoming } from "../../contract/http/webhooks.ts";
import { type IncomingDelivery, incomingDelivery } from "../../contract/webhook/delivery.ts";
import { exampleText } from "../example-text.ts";
import { addPageFlags, type PageFlags, readPages } from "../read-pages.ts";
import { inSession } from "../session.ts";
import { renderDeliveries, renderDelivery } from "../terminal/render-deliveries.ts";
import { findDelivery } from "../webhooks/find-delivery.ts";
import { tellMore } from "./list.ts";

interface ListFlags extends PageFlags {
  state?: IncomingDelivery["state"];
}

/** `callsheet webhooks deliveries`. */
export function addWebhooksDeliveries(webhooks: Command): void {
  addPageFlags(
    webhooks
      .command("deliveries")
      .description("what came in from a source, newest first, and what came of it")
      .argument("<name>")
      .addOption(new Option("--state <state>", "in this state").choices(incomingDelivery.shape.state.options)),
  )
    .addHelpText("after", exampleText("webhooks deliveries templates --state failed"))
    .action((source: string, { state, ...pages }: ListFlags, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const params = { source };
        const found = await readPages(pages, (query) =>
          client().call(listIncoming, { params, query: { ...query, state } }),
        );
        const isNarrowed = state !== undefined;
        terminal.answer(found, () => renderDeliveries(terminal, found.items, isNarrowed, Date.now()));
        tellMore(terminal, found.next_cursor);
        return undefined;
      }),
    );
}

/** `callsheet webhooks delivery`. */
export function addWebhooksDelivery(webhooks: Command): void {
  webhooks
    .command("delivery")
    .description("one delivery: what became of each file, and everything that is wrong, with its line")
    .argument("<name>")
    .argument("<delivery>", "its id, the commit, or the host's own id of it")
    .addHelpText("after", exampleText("webhooks delivery templates 5f2c9a1e"))
    .action((source: string, text: string, _flags: unknown, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const found = await findDelivery(client(), source, text);
        terminal.answer(found, () => renderDelivery(found, terminal.colors, Date.now()));
        return undefined;
      }),
    );
}
