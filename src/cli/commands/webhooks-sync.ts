import type { Command } from "commander";
import { redeliverIncoming, syncSource } from "../../contract/http/webhooks.ts";
import type { IncomingDelivery } from "../../contract/webhook/delivery.ts";
import { exampleText } from "../example-text.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { inSession, type Session } from "../session.ts";
import { renderDelivery } from "../terminal/render-deliveries.ts";
import { findDelivery } from "../webhooks/find-delivery.ts";
import { waitForDelivery } from "../webhooks/wait-for-delivery.ts";

interface Flags {
  wait?: boolean;
}

const waitFlag = ["--wait", "until it has come to something; exit status 1 when that is no success"] as const;

/** `callsheet webhooks sync`. */
export function addWebhooksSync(webhooks: Command): void {
  webhooks
    .command("sync")
    .description("do now what a push would: compare with the head of the branch, and publish what is other")
    .argument("<name>")
    .option(...waitFlag)
    .addHelpText("after", exampleText("webhooks sync templates --wait"))
    .action((source: string, flags: Flags, command: Command) =>
      inSession(command, async (session) => {
        const begun = await session.client().call(syncSource, { params: { source } });
        return tellBegun(session, begun, flags);
      }),
    );
}

/** `callsheet webhooks redeliver`. */
export function addWebhooksRedeliver(webhooks: Command): void {
  webhooks
    .command("redeliver")
    .description("do a delivery again, as it came in")
    .argument("<name>")
    .argument("<delivery>", "its id, the commit, or the host's own id of it")
    .option(...waitFlag)
    .addHelpText("after", exampleText("webhooks redeliver templates 5f2c9a1e --wait"))
    .action((source: string, text: string, flags: Flags, command: Command) =>
      inSession(command, async (session) => {
        const { id: delivery_id } = await findDelivery(session.client(), source, text);
        const begun = await session.client().call(redeliverIncoming, { params: { source, delivery_id } });
        return tellBegun(session, begun, flags);
      }),
    );
}

async function tellBegun(session: Session, begun: IncomingDelivery, { wait }: Flags): Promise<ExitCode> {
  const { terminal } = session;
  const ended = wait ? await waitForDelivery(session, begun) : begun;
  const told = ended ?? begun;
  const later = `\`callsheet webhooks delivery ${begun.source} ${begun.id}\` tells what comes of it`;
  terminal.answer(told, () =>
    wait && ended !== null
      ? renderDelivery(ended, terminal.colors, Date.now())
      : `${told.id} is ${told.state}; ${later}`,
  );
  if (ended === null) return exitCodes.detached;
  return wait && ended.state === "failed" ? exitCodes.invalid : exitCodes.ok;
}
