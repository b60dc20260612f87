import type { Client } from "../../client/create-client.ts";
import { artifactRoutes } from "../../contract/http/artifacts.ts";
import { removalMessage } from "../../domain/webhook/removal-message.ts";
import { inTurns } from "../in-turns.ts";
import type { Checkout } from "./open-checkout.ts";
import type { StateChange } from "./plan-sync.ts";

const atOnce = 8;

/** Restores and deprecates versions; done again, it changes nothing. Answers the highest seq. */
export async function applyChanges(
  client: Client,
  changes: readonly StateChange[],
  { label, commit }: Pick<Checkout, "label" | "commit">,
): Promise<number | null> {
  const seqs = await inTurns(changes, atOnce, async ({ change, kind, name, version }) => {
    const { restore, deprecate } = artifactRoutes[kind].versions;
    const params = { name, version };
    const body = { message: removalMessage(label, commit) };
    const done =
      change === "restored"
        ? await client.call(restore, { params, body: {}, isIdempotent: true })
        : await client.call(deprecate, { params, body, isIdempotent: true });
    return done.seq;
  });
  return seqs.length === 0 ? null : Math.max(...seqs);
}
