import { setTimeout as pause } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type AgentServer, anAgentServer, call } from "./an-agent-server.ts";

/** What the server does with the next call: sends these bytes in these pieces, with or without an end. */
interface Behaviour {
  status: number;
  mediaType: string;
  pieces: Uint8Array[];
  pauseMs: number;
  end: "ends" | "breaks" | "stays";
}

let behaviour: Behaviour = { status: 200, mediaType: "", pieces: [], pauseMs: 0, end: "ends" };
let server: AgentServer;

beforeAll(async () => {
  server = await anAgentServer(async (response) => {
    const { status, mediaType, pieces, pauseMs, end } = behaviour;
    response.on("error", () => undefined);
    response.writeHead(status, { "Content-Type": mediaType });
    for (const piece of pieces) {
      response.write(piece);
      if (pauseMs > 0) await pause(pauseMs);
    }
    if (end === "ends") response.end();
    if (end === "breaks") response.destroy();
  });
});
afterAll(() => server.close());

const json = fc.jsonValue({ maxDepth: 4 });
const part = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc
    .oneof(
      json,
      fc.record({ jsonrpc: fc.constant("2.0"), id: fc.constantFrom("run/step", "x", null), result: json }),
      fc.record({ jsonrpc: fc.constant("2.0"), id: fc.constant(null), error: json }),
    )
    .map((value) => new TextEncoder().encode(JSON.stringify(value))),
  fc.integer({ min: 1, max: 200_000 }).map((depth) => new TextEncoder().encode("[".repeat(depth))),
);
const anyBehaviour: fc.Arbitrary<Behaviour> = fc.record({
  status: fc.constantFrom(200, 200, 200, 201, 204, 301, 400, 404, 429, 500, 503, 599),
  mediaType: fc.constantFrom("application/json", "application/json; charset=utf-8", "text/plain", "application/x+json"),
  pieces: fc.array(part, { maxLength: 4 }),
  pauseMs: fc.constantFrom(0, 0, 0, 5),
  end: fc.constantFrom("ends", "ends", "ends", "breaks", "stays"),
});

/** An answer in pieces, as it should be. */
const goodBehaviour: fc.Arbitrary<Behaviour> = fc
  .record({ result: json, cuts: fc.array(fc.nat(80), { maxLength: 3 }) })
  .map(({ result, cuts }) => {
    const bytes = new TextEncoder().encode(JSON.stringify({ jsonrpc: "2.0", id: "run/step", result }));
    const places = [0, ...cuts.sort((a, b) => a - b), bytes.length];
    const pieces = places.slice(1).map((place, index) => bytes.slice(places[index], place));
    return { status: 200, mediaType: "application/json", pieces, pauseMs: 0, end: "ends" };
  });

test("whatever an agent sends, and however, there is an outcome in time", async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.oneof({ weight: 4, arbitrary: anyBehaviour }, { weight: 1, arbitrary: goodBehaviour }),
      async (given) => {
        behaviour = given;
        const outcome = await call(server.url, { timeoutMs: given.end === "stays" ? 60 : 5000 });
        seen.add(outcome.ok ? "ok" : outcome.failure.code);
        if (given.end !== "ends" && given.status !== 204)
          expect(outcome).toMatchObject({ ok: false, isAnswered: false });
      },
    ),
    { numRuns: 300 },
  );
  expect([...seen].sort()).toEqual(
    expect.arrayContaining(["agent_error", "agent_unreachable", "invalid_outputs", "ok"]),
  );
});
