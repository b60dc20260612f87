import { type Command, InvalidArgumentError, Option } from "commander";
import { type ChangeType, changeType } from "../../contract/announcement/change-event.ts";
import type { Subscription } from "../../contract/subscription/subscription.ts";
import { didYouMean } from "../../domain/did-you-mean.ts";
import { gather } from "../runs/label-flags.ts";

/** What a subscription says, as flags say it. What is not said is left out. */
export interface SubscriptionFlags {
  event?: ChangeType[];
  name?: string[];
  description?: string;
  followRedirects?: boolean;
}

/** Adds the flags that `add` and `change` have in common. */
export function addSubscriptionFlags(command: Command): Command {
  const events = new Option("--event <type>", `${changeType.options.join(", ")}; repeatable; all when left out`);
  return command
    .addOption(events.argParser(readEvent))
    .option("--name <pattern>", "only of these names: templates/image_*, functions/*; repeatable", gather)
    .option("--description <text>", "what it is for")
    .option("--follow-redirects", "go where 307 and 308 lead; every hop is in the delivery log")
    .option("--no-follow-redirects", "a redirect is a failure");
}

/** The settings that flags mean. */
export function settingsOf(
  flags: SubscriptionFlags,
): Partial<Pick<Subscription, "events" | "names" | "description" | "redirects">> {
  const { event: events, name: names, description, followRedirects } = flags;
  return {
    ...(events === undefined ? {} : { events }),
    ...(names === undefined ? {} : { names }),
    ...(description === undefined ? {} : { description }),
    ...(followRedirects === undefined ? {} : { redirects: followRedirects ? "follow" : "refuse" }),
  };
}

function readEvent(text: string, before: ChangeType[] | undefined): ChangeType[] {
  const read = changeType.safeParse(text);
  if (read.success) return [...new Set([...(before ?? []), read.data])];
  const meant = didYouMean(text, changeType.options);
  throw new InvalidArgumentError(
    meant === null ? `There are ${changeType.options.join(", ")}.` : `Did you mean ${meant}?`,
  );
}
