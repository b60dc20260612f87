import { DurableObject, WorkflowEntrypoint } from "cloudflare:workers";

/** The floor of workflows: the least that runs as many durable steps, written by hand. Nothing is checked, nothing but what Cloudflare keeps is kept. */
export class Bare extends WorkflowEntrypoint {
  async run({ payload: { shape, count, atOnce, call }, instanceId }, step) {
    // Without a call the steps do nothing: what is left is the price of the steps.
    const work = call === null ? async (n) => ({ n: n + 1 }) : (n) => addOne(this.env.SANDBOX, call, n);
    const results = shape === "chain" ? await chain(step, count, work) : await map(step, count, atOnce, work);
    await this.env.WAITER.getByName("all").end(instanceId, results);
  }
}

async function chain(step, count, work) {
  let n = 0;
  for (let at = 0; at < count; at++) n = (await step.do(`step ${at}`, () => work(n))).n;
  return [n];
}

async function map(step, count, atOnce, work) {
  const results = [];
  let next = 0;
  const items = async () => {
    while (next < count) {
      const at = next++;
      results[at] = (await step.do(`item ${at}`, () => work(at))).n;
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, items));
  return results;
}

/** The same request to the same sandbox as the registry's own (src/bindings/service/edge-sandbox.ts). */
async function addOne(sandbox, call, n) {
  const response = await sandbox.fetch("http://sandbox/call", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ ...call, inputs: { n } }),
  });
  const outcome = await response.json();
  if (outcome.state !== "returned") throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

/** Who waits for instances, told by these themselves. One for each instance, or asking for its status again and again, was measured to cost more. */
export class Waiter extends DurableObject {
  #ends = new Map();

  end(id, results) {
    this.#endOf(id).resolve(results);
  }

  async awaitEnd(id) {
    const results = await this.#endOf(id).promise;
    this.#ends.delete(id);
    return results;
  }

  #endOf(id) {
    const known = this.#ends.get(id) ?? Promise.withResolvers();
    this.#ends.set(id, known);
    return known;
  }
}

export default {
  async fetch(request, env) {
    const id = crypto.randomUUID();
    const ended = env.WAITER.getByName("all").awaitEnd(id);
    await env.BARE.create({ id, params: await request.json() });
    return Response.json(await ended);
  },
};
