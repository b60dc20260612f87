import type { Command } from "commander";
import {
  listSubscriptions,
  pauseSubscription,
  removeSubscription,
  resumeSubscription,
} from "../../contract/http/subscriptions.ts";
import { confirmDeletion, removing } from "../confirm-deletion.ts";
import { exampleText } from "../example-text.ts";
import { refuseStray } from "../refuse-stray.ts";
import { inSession } from "../session.ts";
import { findSubscription } from "../subscriptions/find-subscription.ts";
import { plainText } from "../terminal/plain-text.ts";
import { renderSubscription, renderSubscriptions } from "../terminal/render-subscriptions.ts";
import { addSubscriptionsAdd, addSubscriptionsChange, addSubscriptionsRotate } from "./subscriptions-add.ts";
import {
  addSubscriptionsDeliveries,
  addSubscriptionsPing,
  addSubscriptionsResend,
} from "./subscriptions-deliveries.ts";

/** `callsheet subscriptions list | add | show | change | ping | pause | resume | rotate | remove | deliveries | resend`. */
export function addSubscriptionsCommand(program: Command): void {
  const subscriptions = program
    .command("subscriptions")
    .description("who is told of changes by HTTP, and what came of it; needs the scope admin")
    .addHelpText(
      "after",
      exampleText("subscriptions", "subscriptions add https://ci.example.com/callsheet --event version.published"),
    );
  addList(subscriptions);
  addSubscriptionsAdd(subscriptions);
  addShow(subscriptions);
  addSubscriptionsChange(subscriptions);
  addSubscriptionsPing(subscriptions);
  addState(subscriptions, "pause", "deliver nothing for now; changes are kept", pauseSubscription);
  addState(subscriptions, "resume", "deliver again, from where it stopped", resumeSubscription);
  addSubscriptionsRotate(subscriptions);
  addRemove(subscriptions);
  addSubscriptionsDeliveries(subscriptions);
  addSubscriptionsResend(subscriptions);
}

const subscriptionArgument = ["<subscription>", "its id, or its address"] as const;

function addList(subscriptions: Command): void {
  subscriptions
    .command("list", { isDefault: true })
    .allowExcessArguments()
    .description("subscriptions, newest first")
    .addHelpText("after", exampleText("subscriptions list"))
    .action((_flags: unknown, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        refuseStray(command);
        const found = await client().call(listSubscriptions);
        terminal.answer(found, () => renderSubscriptions(terminal, found.items, Date.now()));
        return undefined;
      }),
    );
}

function addShow(subscriptions: Command): void {
  subscriptions
    .command("show")
    .description("everything about a subscription but its secrets, and how it does")
    .argument(...subscriptionArgument)
    .addHelpText("after", exampleText("subscriptions show 5f2c9a1e"))
    .action((text: string, _flags: unknown, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const found = await findSubscription(client(), text);
        terminal.answer(found, () => renderSubscription(found, terminal.colors, Date.now()));
        return undefined;
      }),
    );
}

type StateRoute = typeof pauseSubscription | typeof resumeSubscription;

function addState(subscriptions: Command, name: string, description: string, route: StateRoute): void {
  subscriptions
    .command(name)
    .description(description)
    .argument(...subscriptionArgument)
    .addHelpText("after", exampleText(`subscriptions ${name} 5f2c9a1e`))
    .action((text: string, _flags: unknown, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const { id: subscription_id } = await findSubscription(client(), text);
        const changed = await client().call(route, { params: { subscription_id }, isIdempotent: true });
        terminal.answer(changed, () => `${changed.id} is ${changed.state}; ${changed.waiting} deliveries wait`);
        return undefined;
      }),
    );
}

function addRemove(subscriptions: Command): void {
  subscriptions
    .command("remove")
    .description("remove a subscription, and what waits for it")
    .argument(...subscriptionArgument)
    .option("-y, --yes", "do not ask")
    .addHelpText("after", exampleText("subscriptions remove 5f2c9a1e --yes"))
    .action((text: string, flags: { yes?: boolean }, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const { id, url } = await findSubscription(client(), text);
        const told = `subscription ${id} (${plainText(url)})`;
        if (!flags.yes) await confirmDeletion(told, id, removing);
        const gone = await client().call(removeSubscription, { params: { subscription_id: id } });
        terminal.answer(gone, () => `${told} is removed`);
        return undefined;
      }),
    );
}
