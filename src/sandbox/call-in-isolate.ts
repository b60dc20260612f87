import type { EdgeCall, EdgeOutcome } from "../contract/function/edge-call.ts";
import { explainDeath } from "./explain-death.ts";
import { type IsolateAnswer, type IsolateCalls, isolateCode } from "./isolate-code.ts";
import type { IsolateNames } from "./isolate-names.ts";
import { ownFrames } from "./own-frames.ts";

/** What a call works with. */
export interface CallNeeds {
  loader: WorkerLoader;
  names: IsolateNames;
  /** Whether an isolate may serve the next call of the same caller too. */
  mayServeAgain: boolean;
  later: (work: Promise<unknown>) => void;
}

type Isolate = Fetcher<IsolateCalls>;

const renewAfterMs = 1;

/**
 * Calls a function in an isolate that no other call meets, and ends that isolate. Whatever the code does there is an outcome.
 *
 * Isolates go by name, because Cloudflare counts (and bills) names, and because a name's next isolate can be made ready after a call for the
 * next one. An isolate itself refuses a second call (src/sandbox/isolate/main.js), so nothing depends on that having worked.
 */
export async function callInIsolate(needs: CallNeeds, call: EdgeCall): Promise<EdgeOutcome> {
  const { name, forgotten } = needs.names.take(needs.mayServeAgain ? `${call.caller} ${keyOf(call)}` : keyOf(call));
  for (const old of forgotten) needs.later(endNamed(needs, old));
  const isolate = name === null ? loadOnce(needs, call) : getNamed(needs, call, name);
  const inputs = JSON.stringify(call.inputs);
  const startedAt = Date.now();
  let answer = await answerInTime(isolate, call, inputs, needs.mayServeAgain);
  if (answer.state === "used") {
    const fresh = loadOnce(needs, call);
    answer = await answerInTime(fresh, call, inputs, false);
    needs.later(end(fresh));
  }
  const wallMs = Date.now() - startedAt;
  const isGood = answer.state === "returned";
  if (name === null) needs.later(end(isolate));
  else if (!needs.mayServeAgain || !isGood) needs.later(renew(needs, call, name, isolate, isGood));
  else if (!needs.names.giveBack(name)) needs.later(end(isolate));
  return outcomeOf(answer, wallMs);
}

/** The same code and entry always load the same isolate. */
function keyOf({ digest, entry }: EdgeCall): string {
  return `${digest} ${entry}`;
}

function getNamed({ loader }: CallNeeds, { code, cpu_ms: cpuMs }: EdgeCall, name: string): Isolate {
  return loader.get(name, () => isolateCode(code, cpuMs)).getEntrypoint<IsolateCalls>();
}

function loadOnce({ loader }: CallNeeds, { code, cpu_ms: cpuMs }: EdgeCall): Isolate {
  return loader.load(isolateCode(code, cpuMs)).getEntrypoint<IsolateCalls>();
}

async function answerInTime(
  isolate: Isolate,
  { entry, output_bytes: outputBytes, wall_ms: wallMs }: EdgeCall,
  inputs: string,
  mayServeAgain: boolean,
): Promise<IsolateAnswer> {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const late = new Promise<IsolateAnswer>((resolve) => {
    const message = `it had not returned after ${wallMs} ms`;
    timer = setTimeout(() => resolve({ state: "failed", code: "wall_timeout", message, stack: null, log: [] }), wallMs);
  });
  try {
    return await Promise.race([isolate.call(entry, inputs, outputBytes, mayServeAgain), late]);
  } catch (error) {
    return { state: "failed", ...explainDeath(error), log: [] };
  } finally {
    clearTimeout(timer);
  }
}

/** Ends an isolate with all that goes on in it. That cuts the very call which asks for it. */
async function end(isolate: Isolate): Promise<void> {
  try {
    await isolate.end();
  } catch {}
}

/** The same for the isolate of a name, if there is one. */
function endNamed({ loader }: CallNeeds, name: string): Promise<void> {
  const noCode = () => {
    throw new Error("this isolate is to be ended, not made");
  };
  return end(loader.get(name, noCode).getEntrypoint<IsolateCalls>());
}

/** Ends a named isolate; after a good call the next one of its name is made ready. */
async function renew(needs: CallNeeds, call: EdgeCall, name: string, isolate: Isolate, isGood: boolean): Promise<void> {
  // The answer goes first: making an isolate takes longer than a call.
  await new Promise((resolve) => setTimeout(resolve, renewAfterMs));
  await end(isolate);
  try {
    if (isGood && needs.names.has(name)) await getNamed(needs, call, name).prepare();
  } finally {
    if (!needs.names.giveBack(name)) await endNamed(needs, name);
  }
}

function outcomeOf(answer: IsolateAnswer, wallMs: number): EdgeOutcome {
  switch (answer.state) {
    case "returned":
      return { state: "returned", value: JSON.parse(answer.value), log: answer.log, wall_ms: wallMs };
    case "failed":
      return { ...answer, stack: answer.stack === null ? null : ownFrames(answer.stack), wall_ms: wallMs };
    default:
      throw new Error("a fresh isolate says that it has served a call");
  }
}
