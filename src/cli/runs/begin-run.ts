import { randomUUID } from "node:crypto";
import { again } from "../../client/again.ts";
import type { Client } from "../../client/create-client.ts";
import type { CallableRoutes } from "../../contract/http/artifact-routes.ts";
import type { Run } from "../../contract/run/run.ts";
import type { RunRequest } from "../../contract/run/run-request.ts";
import { type Inputs, template } from "../../contract/template/document.ts";
import { askEachCallable } from "../ask-each-kind.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { exitCodes } from "../exit-codes.ts";
import type { Terminal } from "../terminal/open-terminal.ts";
import { readInterface } from "./read-interface.ts";

/** What can run, and the exact reference to it. */
export interface Runnable {
  routes: CallableRoutes;
  reference: string;
  /** Null where anything may be given. */
  inputs: Inputs | null;
}

/** Looks up what is to run; the version that is found is the one that will run, whatever is published meanwhile. */
export async function findRunnable(client: Client, text: string): Promise<Runnable> {
  const { kind, routes, found } = await askEachCallable(text, "only what has an interface runs", async (asked) => ({
    ...asked,
    found: await client.call(asked.routes.get, { params: { reference: asked.reference } }),
  }));
  const declared = readInterface(kind, found.document);
  if (declared !== null) return { routes, reference: `${found.name}@${found.version}`, inputs: declared.inputs };
  if (template.safeParse(found.document.template).data?.abstract === true) {
    throw new CommandRefusal(
      `${found.name} ${found.version} is abstract: it is there to be extended and cannot run; \`callsheet list\` shows what can`,
      exitCodes.conflict,
    );
  }
  throw new CommandRefusal(
    `${found.name} ${found.version} has a document that this callsheet cannot read; update it`,
    exitCodes.internal,
  );
}

/** Asks for a run under an Idempotency-Key, so that asking again after a broken connection makes no second run. */
export async function beginRun(
  client: Client,
  terminal: Terminal,
  { routes, reference }: Pick<Runnable, "routes" | "reference">,
  body: RunRequest,
  key: string = randomUUID(),
): Promise<Run> {
  const request = { params: { reference }, body, headers: { "idempotency-key": key }, isIdempotent: true };
  const onRetry = (failure: Error) => terminal.note(`no answer (${failure.message}); asking again`);
  return again(() => client.call(routes.run, request), { onRetry });
}
