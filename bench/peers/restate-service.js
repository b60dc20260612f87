// A service of Restate's SDK. argv: the SDK's entry file, the port to listen on, and where the sandbox of the registry answers. Every step is recorded before the next.
import { pathToFileURL } from "node:url";

const [sdk, port, sandbox] = process.argv.slice(2);
const restate = await import(pathToFileURL(sdk).href);

async function addOneHere({ n }) {
  return { n: n + 1 };
}

/** The same request to the same sandbox as the registry's own (src/bindings/service/edge-sandbox.ts). */
async function addOneInSandbox({ n }, call) {
  const response = await fetch(sandbox, { method: "POST", body: JSON.stringify({ ...call, inputs: { n } }) });
  const outcome = await response.json();
  if (outcome.state !== "returned") throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

const workOf = (call) => (call === null ? addOneHere : (inputs) => addOneInSandbox(inputs, call));

const bench = restate.service({
  name: "bench",
  handlers: {
    chain: async (ctx, { count, call }) => {
      const work = workOf(call);
      let n = 0;
      for (let at = 0; at < count; at++) n = (await ctx.run(`step ${at}`, () => work({ n }))).n;
      return [n];
    },
    map: async (ctx, { count, atOnce, call }) => {
      const work = workOf(call);
      const results = [];
      for (let from = 0; from < count; from += atOnce) {
        const some = Array.from({ length: Math.min(atOnce, count - from) }, (_, at) => from + at);
        const items = some.map((n) => ctx.run(`item ${n}`, () => work({ n })));
        results.push(...(await restate.RestatePromise.all(items)).map(({ n }) => n));
      }
      return results;
    },
  },
});

await restate.serve({ services: [bench], port: Number(port) });
process.send?.("listening");
// Whoever measures is gone.
process.once("disconnect", () => process.exit(0));
