import { randomUUID } from "node:crypto";
import { again } from "../../client/again.ts";
import type { Client } from "../../client/create-client.ts";
import { runTemplate } from "../../contract/http/runs.ts";
import { getTemplate } from "../../contract/http/templates.ts";
import type { Run } from "../../contract/run/run.ts";
import type { RunRequest } from "../../contract/run/run-request.ts";
import { type ConcreteTemplate, concreteTemplate, template } from "../../contract/template/document.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { exitCodes } from "../exit-codes.ts";
import type { Terminal } from "../terminal/open-terminal.ts";

/** A template that can run, and the exact reference to it. */
export interface Runnable {
  reference: string;
  template: ConcreteTemplate;
}

/** Looks a template up to run it; the version that is found is the one that will run, whatever is published meanwhile. */
export async function findRunnable(client: Client, reference: string): Promise<Runnable> {
  const found = await client.call(getTemplate, { params: { reference } });
  const read = concreteTemplate.safeParse(found.document.template);
  if (read.success) return { reference: `${found.name}@${found.version}`, template: read.data };
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
  reference: string,
  body: RunRequest,
  key: string = randomUUID(),
): Promise<Run> {
  const request = { params: { reference }, body, headers: { "idempotency-key": key }, isIdempotent: true };
  const onRetry = (failure: Error) => terminal.note(`no answer (${failure.message}); asking again`);
  return again(() => client.call(runTemplate, request), { onRetry });
}
