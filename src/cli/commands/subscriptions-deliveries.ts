import { type Command, Option } from "commander";
import { listDeliveries, pingSubscription, resendDelivery } from "../../contract/http/subscriptions.ts";
import { type OutgoingDelivery, outgoingDelivery } from "../../contract/subscription/subscription.ts";
import { exampleText } from "../example-text.ts";
import { exitCodes } from "../exit-codes.ts";
import { addPageFlags, type PageFlags, readPages } from "../read-pages.ts";
import { inSession } from "../session.ts";
import { findSubscription } from "../subscriptions/find-subscription.ts";
import { renderSent, renderSentOne } from "../terminal/render-subscriptions.ts";
import { tellMore } from "./list.ts";

interface ListFlags extends PageFlags {
  state?: OutgoingDelivery["state"];
}

const subscriptionArgument = ["<subscription>", "its id, or its address"] as const;

/** `callsheet subscriptions deliveries`. */
export function addSubscriptionsDeliveries(subscriptions: Command): void {
  addPageFlags(
    subscriptions
      .command("deliveries")
      .description("what was sent, newest first, and what came of it")
      .argument(...subscriptionArgument)
      .addOption(new Option("--state <state>", "in this state").choices(outgoingDelivery.shape.state.options)),
  )
    .addHelpText("after", exampleText("subscriptions deliveries 5f2c9a1e --state waiting"))
    .action((text: string, { state, ...pages }: ListFlags, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const { id: subscription_id } = await findSubscription(client(), text);
        const params = { subscription_id };
        const found = await readPages(pages, (query) =>
          client().call(listDeliveries, { params, query: { ...query, state } }),
        );
        const isNarrowed = state !== undefined;
        terminal.answer(found, () => renderSent(terminal, found.items, isNarrowed, Date.now()));
        tellMore(terminal, found.next_cursor);
        return undefined;
      }),
    );
}

/** `callsheet subscriptions ping`. */
export function addSubscriptionsPing(subscriptions: Command): void {
  subscriptions
    .command("ping")
    .description("send a test now, and tell what came of it; exit status 1 when it was not taken")
    .argument(...subscriptionArgument)
    .addHelpText("after", exampleText("subscriptions ping 5f2c9a1e"))
    .action((text: string, _flags: unknown, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const { id: subscription_id } = await findSubscription(client(), text);
        const tried = await client().call(pingSubscription, { params: { subscription_id } });
        terminal.answer(tried, () => renderSentOne(tried, terminal.colors, Date.now()));
        return tried.state === "delivered" ? exitCodes.ok : exitCodes.invalid;
      }),
    );
}

/** `callsheet subscriptions resend`. */
export function addSubscriptionsResend(subscriptions: Command): void {
  subscriptions
    .command("resend")
    .description("send a delivery again, one that was delivered too, under the same webhook-id")
    .argument(...subscriptionArgument)
    .argument("<delivery>", "its id: evt_…")
    .addHelpText("after", exampleText("subscriptions resend 5f2c9a1e evt_2a"))
    .action((text: string, delivery_id: string, _flags: unknown, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const { id: subscription_id } = await findSubscription(client(), text);
        const waits = await client().call(resendDelivery, { params: { subscription_id, delivery_id } });
        terminal.answer(waits, () => `${waits.id} (${waits.type}) is sent again`);
        return undefined;
      }),
    );
}
