import type { Command } from "commander";
import { changeSubscription, createSubscription, rotateSubscriptionSecret } from "../../contract/http/subscriptions.ts";
import { readSecret } from "../access/read-secret.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { exampleText } from "../example-text.ts";
import { readDuration } from "../read-duration.ts";
import { inSession } from "../session.ts";
import { findSubscription } from "../subscriptions/find-subscription.ts";
import { addSubscriptionFlags, type SubscriptionFlags, settingsOf } from "../subscriptions/subscription-flags.ts";
import { renderSubscription } from "../terminal/render-subscriptions.ts";

interface SecretFlag {
  secretStdin?: boolean;
}

const secretFlag = [
  "--secret-stdin",
  "read the secret from standard input, whsec_ and base64; the registry makes one otherwise",
] as const;
const shownOnce = "hint: this is the only time that the secret is shown; the receiver checks signatures with it";

/** `callsheet subscriptions add`. */
export function addSubscriptionsAdd(subscriptions: Command): void {
  addSubscriptionFlags(
    subscriptions
      .command("add")
      .description("have changes sent to an address, signed as Standard Webhooks say; tells the secret this once")
      .argument("<url>"),
  )
    .option(...secretFlag)
    .addHelpText(
      "after",
      exampleText(
        "subscriptions add https://ci.example.com/callsheet",
        "subscriptions add https://ci.example.com/callsheet --event version.published --name 'templates/image_*'",
      ),
    )
    .action((url: string, flags: SubscriptionFlags & SecretFlag, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const body = { url, ...settingsOf(flags), ...(await secretOf(flags)) };
        const { secret, ...made } = await client().call(createSubscription, { body });
        terminal.answer({ ...made, secret }, () => {
          const told = renderSubscription(made, terminal.colors, Date.now());
          return `${terminal.colors.green(secret)}\n\n${told}`;
        });
        terminal.note(shownOnce);
        terminal.note(`hint: \`callsheet subscriptions ping ${made.id}\` sends a test`);
        return undefined;
      }),
    );
}

/** `callsheet subscriptions change`. */
export function addSubscriptionsChange(subscriptions: Command): void {
  addSubscriptionFlags(
    subscriptions
      .command("change")
      .description("change what a subscription says; what is not said stays")
      .argument("<subscription>", "its id, or its address")
      .option("--to <url>", "another address"),
  )
    .option("--all-events", "of every type")
    .addHelpText("after", exampleText("subscriptions change 5f2c9a1e --name 'templates/*' --name 'functions/*'"))
    .action((text: string, flags: SubscriptionFlags & { to?: string; allEvents?: boolean }, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const said = {
          ...(flags.to === undefined ? {} : { url: flags.to }),
          ...settingsOf(flags),
          ...(flags.allEvents ? { events: null } : {}),
        };
        if (Object.keys(said).length === 0)
          throw new CommandRefusal("say what to change; --help tells what is possible");
        const { id: subscription_id, ...before } = await findSubscription(client(), text);
        const { url, description, events, names, redirects } = before;
        const body = { url, description, events, names, redirects, ...said };
        const changed = await client().call(changeSubscription, { params: { subscription_id }, body });
        terminal.answer(changed, () => renderSubscription(changed, terminal.colors, Date.now()));
        return undefined;
      }),
    );
}

/** `callsheet subscriptions rotate`. */
export function addSubscriptionsRotate(subscriptions: Command): void {
  subscriptions
    .command("rotate")
    .description("give a subscription another secret; for a while both sign, so that the receiver can change over")
    .argument("<subscription>", "its id, or its address")
    .option("--overlap <time>", "how long the one before signs too: 0s to 7d; a day when left out", readDuration)
    .option(...secretFlag)
    .addHelpText("after", exampleText("subscriptions rotate 5f2c9a1e --overlap 2h"))
    .action((text: string, flags: SecretFlag & { overlap?: number }, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const { id } = await findSubscription(client(), text);
        const body = { overlap_seconds: flags.overlap, ...(await secretOf(flags)) };
        const params = { subscription_id: id };
        const { secret, ...changed } = await client().call(rotateSubscriptionSecret, { params, body });
        terminal.answer({ ...changed, secret }, () => {
          const told = renderSubscription(changed, terminal.colors, Date.now());
          return `${terminal.colors.green(secret)}\n\n${told}`;
        });
        terminal.note(shownOnce);
        return undefined;
      }),
    );
}

async function secretOf({ secretStdin }: SecretFlag): Promise<{ secret?: string }> {
  return secretStdin ? { secret: await readSecret("secret") } : {};
}
