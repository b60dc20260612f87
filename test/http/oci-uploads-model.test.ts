import fc from "fast-check";
import { expect, it } from "vitest";
import { streamOf } from "./a-file.ts";
import { ask } from "./a-registry.ts";
import {
  anUploadRepository,
  beginUpload,
  digestBy,
  expectBlob,
  expectStored,
  randomBytes,
  refusedWith,
  sendStream,
} from "./an-upload.ts";

/** What a session should be. */
interface ModelSession {
  location: string;
  bytes: Uint8Array<ArrayBuffer>;
  state: "open" | "cancelled" | { completedAs: string };
}

interface Body {
  sizeBytes: number;
  /** By how much the place that `Content-Range` says is wrong; null: no such header. */
  offBy: number | null;
  /** By how much the length that it says is. */
  lengthOffBy: number;
  isLengthKnown: boolean;
}

type Step =
  | { type: "post" }
  | { type: "get"; which: number }
  | { type: "delete"; which: number }
  | { type: "patch"; which: number; body: Body }
  | { type: "put"; which: number; body: Body; digest: "right" | "wrong" | "malformed"; algorithm: "sha256" | "sha512" };

const which = fc.nat(3);
const seldom = { arbitrary: fc.integer({ min: -50, max: 50 }), weight: 1 };
const body = fc.record({
  // Beyond a mebibyte they are streamed.
  sizeBytes: fc.oneof(fc.constantFrom(0, 1, 1024 * 1024 + 1), fc.integer({ min: 1, max: 3000 })),
  offBy: fc.oneof({ arbitrary: fc.constantFrom(null, 0), weight: 6 }, seldom),
  lengthOffBy: fc.oneof({ arbitrary: fc.constant(0), weight: 8 }, seldom),
  isLengthKnown: fc.boolean(),
}) satisfies fc.Arbitrary<Body>;
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ type: fc.constant("post" as const) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("get" as const), which }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("delete" as const), which }) },
  { weight: 6, arbitrary: fc.record({ type: fc.constant("patch" as const), which, body }) },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant("put" as const),
      which,
      body,
      digest: fc.oneof(
        { weight: 6, arbitrary: fc.constant("right" as const) },
        { weight: 2, arbitrary: fc.constantFrom("wrong" as const, "malformed" as const) },
      ),
      algorithm: fc.constantFrom("sha256" as const, "sha512" as const),
    }),
  },
);

it("does what a simple model of sessions does, whatever comes in whatever order", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 16 }), async (steps) => {
      const repository = anUploadRepository();
      const sessions: ModelSession[] = [await aSession(repository)];
      for (const one of steps) {
        if (one.type === "post") sessions.push(await aSession(repository));
        else await act(repository, sessions[one.which % sessions.length] ?? (await aSession(repository)), one);
      }
      for (const session of sessions) await expectState(repository, session);
    }),
    { numRuns: 40 },
  );
}, 120_000);

async function aSession(repository: string): Promise<ModelSession> {
  return { location: await beginUpload(repository), bytes: randomBytes(0), state: "open" };
}

async function act(repository: string, session: ModelSession, one: Exclude<Step, { type: "post" }>): Promise<void> {
  if (one.type === "get") await expectState(repository, session);
  else if (one.type === "delete") await cancel(session);
  else if (one.type === "patch") await patch(session, one.body);
  else await put(repository, session, one);
}

async function cancel(session: ModelSession): Promise<void> {
  const answer = await ask("DELETE", session.location);
  if (session.state !== "open") return void (await refusedWith(answer, 404, "BLOB_UPLOAD_UNKNOWN"));
  expect(answer.status).toBe(204);
  session.state = "cancelled";
}

async function patch(session: ModelSession, sent: Body): Promise<void> {
  const bytes = randomBytes(sent.sizeBytes);
  const answer = await send("PATCH", session.location, session, bytes, sent);
  if (session.state !== "open") return void (await refusedWith(answer, 404, "BLOB_UPLOAD_UNKNOWN"));
  const refused = refusalOfRange(session, sent);
  if (refused !== null) return void (await refusedWith(answer, ...refused));
  session.bytes = joined(session.bytes, bytes);
  expect(answer.status).toBe(202);
  expect(answer.headers.get("range")).toBe(`0-${Math.max(0, session.bytes.byteLength - 1)}`);
}

async function put(repository: string, session: ModelSession, one: Extract<Step, { type: "put" }>): Promise<void> {
  const bytes = randomBytes(one.body.sizeBytes);
  const whole = joined(session.bytes, bytes);
  const right = await digestBy(one.algorithm, whole);
  const sent = { right, wrong: await digestBy(one.algorithm, randomBytes(20)), malformed: `${one.algorithm}:abc` };
  const digest = sent[one.digest];
  const answer = await send("PUT", `${session.location}?digest=${digest}`, session, bytes, one.body);
  if (one.digest === "malformed") return void (await refusedWith(answer, 400, "DIGEST_INVALID"));
  if (session.state !== "open") {
    if (typeof session.state === "object" && session.state.completedAs === digest)
      return expectStored(answer, repository, digest);
    return void (await refusedWith(answer, 404, "BLOB_UPLOAD_UNKNOWN"));
  }
  const refused = refusalOfRange(session, one.body);
  if (refused !== null) return void (await refusedWith(answer, ...refused));
  if (one.digest === "wrong") return void (await refusedWith(answer, 400, "DIGEST_INVALID"));
  expectStored(answer, repository, digest);
  session.bytes = whole;
  session.state = { completedAs: digest };
}

/** Sends a body as it says. An empty one has no range that could be written. */
function send(
  method: string,
  path: string,
  session: ModelSession,
  bytes: Uint8Array<ArrayBuffer>,
  sent: Body,
): Promise<Response> {
  const range = rangeOf(session, sent);
  const headers = range === null ? {} : { "Content-Range": `${range.first}-${range.last}` };
  return sent.isLengthKnown
    ? ask(method, path, { body: bytes, headers })
    : sendStream(method, path, streamOf(bytes.subarray(0, 700), bytes.subarray(700)), headers);
}

function rangeOf(session: ModelSession, sent: Body): { first: number; last: number } | null {
  if (sent.offBy === null || sent.sizeBytes === 0) return null;
  const first = Math.max(0, session.bytes.byteLength + sent.offBy);
  return { first, last: Math.max(first, first + sent.sizeBytes - 1 + sent.lengthOffBy) };
}

function refusalOfRange(session: ModelSession, sent: Body): [number, string] | null {
  const range = rangeOf(session, sent);
  if (range === null) return null;
  if (range.first !== session.bytes.byteLength) return [416, "BLOB_UPLOAD_INVALID"];
  return range.last - range.first + 1 === sent.sizeBytes ? null : [400, "SIZE_INVALID"];
}

async function expectState(repository: string, { location, bytes, state }: ModelSession): Promise<void> {
  const answer = await ask("GET", location);
  if (state === "open") {
    expect(answer.status).toBe(204);
    expect(answer.headers.get("range")).toBe(`0-${Math.max(0, bytes.byteLength - 1)}`);
    return;
  }
  await refusedWith(answer, 404, "BLOB_UPLOAD_UNKNOWN");
  if (state !== "cancelled") await expectBlob(repository, state.completedAs, bytes);
}

function joined(one: Uint8Array<ArrayBuffer>, other: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(one.byteLength + other.byteLength);
  whole.set(one);
  whole.set(other, one.byteLength);
  return whole;
}
