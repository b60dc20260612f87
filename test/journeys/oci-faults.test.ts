import { request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { frozenBundle } from "./support/frozen-bundle.ts";
import { askOci, digestOf, expectStatus, type OciTarget } from "./support/oci-calls.ts";
import { ociKillJourney } from "./support/oci-kill-journey.ts";
import { ociRegistry } from "./support/oci-registry.ts";
import { findPush, sendPush, stormPush } from "./support/oci-storm.ts";
import { spawnRegistry } from "./support/spawn-registry.ts";

ociKillJourney(2, 240_000);

const bundle = frozenBundle();
const shared = ociRegistry();
const chunkBytes = 1024 * 1024;

/** Bytes that no two places of repeat. */
function someBytes(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at + 4 <= length; at += 4) bytes.writeUInt32LE(Math.imul(at + 1, 0x9e3779b1) >>> 0, at);
  return bytes;
}

async function openUpload(target: OciTarget, repository: string): Promise<string> {
  const opened = await expectStatus(await askOci(target, `/v2/${repository}/blobs/uploads/`, { method: "POST" }), 202);
  return opened.headers.get("location") ?? "";
}

async function sendChunk(
  target: OciTarget,
  location: string,
  bytes: Buffer,
  from: number,
  to: number,
): Promise<string> {
  const patch = askOci(target, location, {
    method: "PATCH",
    headers: { "content-type": "application/octet-stream", "content-range": `${from}-${to - 1}` },
    body: new Uint8Array(bytes.subarray(from, to)),
  });
  return (await expectStatus(await patch, 202)).headers.get("location") ?? "";
}

/** What the registry says that it has of an upload. */
async function bytesStored(target: OciTarget, location: string): Promise<number> {
  const status = await expectStatus(await askOci(target, location), 204);
  return Number(/^0-(\d+)$/.exec(status.headers.get("range") ?? "")?.[1]) + 1;
}

/** Announces a chunk, sends half of it, and breaks the connection. */
async function sendHalfAChunk(
  target: OciTarget,
  location: string,
  bytes: Buffer,
  from: number,
  to: number,
): Promise<void> {
  const sent = request(new URL(location, target.url), {
    method: "PATCH",
    headers: {
      authorization: `Basic ${Buffer.from(`anyone:${target.adminToken}`).toString("base64")}`,
      "content-type": "application/octet-stream",
      "content-range": `${from}-${to - 1}`,
      "content-length": to - from,
    },
  });
  const broken = new Promise<void>((resolve) => sent.once("close", resolve));
  sent.on("error", () => {});
  await new Promise<void>((resolve) => sent.write(bytes.subarray(from, from + (to - from) / 2), () => resolve()));
  await pause(50);
  sent.destroy();
  await broken;
}

/** Sends the rest of an upload from where the registry is, closes it, and reads the blob back. */
async function resumeUpload(target: OciTarget, repository: string, location: string, bytes: Buffer): Promise<void> {
  let next = location;
  for (let from = await bytesStored(target, location); from < bytes.length; from += chunkBytes)
    next = await sendChunk(target, next, bytes, from, Math.min(from + chunkBytes, bytes.length));
  const close = new URL(next, target.url);
  close.searchParams.set("digest", digestOf(bytes));
  await expectStatus(await askOci(target, close.pathname + close.search, { method: "PUT" }), 201);
  const read = await expectStatus(await askOci(target, `/v2/${repository}/blobs/${digestOf(bytes)}`), 200);
  expect(digestOf(new Uint8Array(await read.arrayBuffer()))).toBe(digestOf(bytes));
}

test("an upload whose connection breaks in the middle of a chunk goes on after the last whole one", async () => {
  const target = shared.target();
  const bytes = someBytes(3 * chunkBytes + 12_345);
  const first = await openUpload(target, "faults/cut");
  const second = await sendChunk(target, first, bytes, 0, chunkBytes);
  await sendHalfAChunk(target, second, bytes, chunkBytes, 2 * chunkBytes);
  expect(await bytesStored(target, second)).toBe(chunkBytes);
  await resumeUpload(target, "faults/cut", second, bytes);
});

test("an upload goes on after the registry was killed in the middle of it", async () => {
  const stateDir = bundle.stateDir("uploads");
  const before = await spawnRegistry(stateDir, bundle.scriptPath);
  const bytes = someBytes(3 * chunkBytes);
  const first = await openUpload(before, "faults/killed");
  const second = await sendChunk(before, first, bytes, 0, chunkBytes);
  const broken = sendChunk(before, second, bytes, chunkBytes, 2 * chunkBytes).then(
    () => "acknowledged",
    () => "unanswered",
  );
  await pause(3);
  await before.kill();
  const wasAcknowledged = (await broken) === "acknowledged";

  const after = await spawnRegistry(stateDir, bundle.scriptPath);
  try {
    const stored = await bytesStored(after, first);
    expect([chunkBytes, 2 * chunkBytes]).toContain(stored);
    if (wasAcknowledged) expect(stored).toBe(2 * chunkBytes);
    await resumeUpload(after, "faults/killed", first, bytes);
  } finally {
    await after.kill();
  }
});

test("fifty pushes at once, of blobs that they share, into five repositories, all arrive whole", async () => {
  const target = shared.target();
  const pushes = Array.from({ length: 50 }, (_, at) => stormPush(`faults/parallel-${at % 5}`, at));
  const answers = await Promise.all(pushes.map((push) => sendPush(target, push)));
  for (const answer of answers) expect(answer, answer?.text).toMatchObject({ status: 201 });
  for (const push of pushes) expect(await findPush(target, push), `${push.repository}:${push.tag}`).toBe("all");
});

test("the same push sent twenty times at once is one artifact, and every sender is told so", async () => {
  const target = shared.target();
  for (const repository of ["faults/same", "templates/faults_same"]) {
    const push = stormPush(repository, 0);
    const answers = await Promise.all(Array.from({ length: 20 }, () => sendPush(target, push)));
    for (const answer of answers) expect(answer, answer?.text).toMatchObject({ status: 201 });
    expect(await findPush(target, push)).toBe("all");
  }
});
