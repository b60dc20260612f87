import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import type { File } from "../../src/contract/file/file.ts";
import { bytesOf, sendFile, someBytes } from "./a-file.ts";
import { ask, refusalOf } from "./a-registry.ts";

const bytes = someBytes(1000);
let file: File;

beforeAll(async () => {
  file = await sendFile(bytes, "?name=thing.bin");
});

const get = (headers: Record<string, string>, query = "") =>
  ask("GET", `/v1/files/${file.digest}${query}`, { headers });

it.each([
  ["bytes=0-99", 0, 99],
  ["bytes=100-", 100, 999],
  ["bytes=-50", 950, 999],
  ["bytes=990-5000", 990, 999],
  ["bytes=-5000", 0, 999],
  ["bytes=999-999", 999, 999],
  ["BYTES=0-0", 0, 0],
  ["bytes= 5-7 ,", 5, 7],
])("gives the range %s", async (range, from, to) => {
  const response = await get({ Range: range });
  expect(response.status).toBe(206);
  expect(response.headers.get("content-range")).toBe(`bytes ${from}-${to}/1000`);
  expect(response.headers.get("content-length")).toBe(String(to - from + 1));
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes.slice(from, to + 1));
});

it.each(["bytes=1000-", "bytes=5000-6000", "bytes=-0", `bytes=${"9".repeat(400)}-`])(
  "refuses the range %s with the size",
  async (range) => {
    const response = await get({ Range: range });
    expect(response.headers.get("content-range")).toBe("bytes */1000");
    expect((await refusalOf(response, 416)).code).toBe("RANGE_NOT_SATISFIABLE");
  },
);

it.each(["bytes=0-1,5-6", "bytes=9-1", "bytes=", "bytes=a-b", "items=0-1", "0-1", "bytes=--1", "bytes=1"])(
  "gives the whole file for %s, as RFC 9110 allows",
  async (range) => {
    const response = await get({ Range: range });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-range")).toBeNull();
    expect((await response.arrayBuffer()).byteLength).toBe(1000);
  },
);

it("gives a range only if the caller has the rest of these very bytes", async () => {
  const etag = `"${file.digest}"`;
  const statuses = [];
  for (const ifRange of [etag, '"other"', `W/${etag}`, "Wed, 21 Oct 2015 07:28:00 GMT"]) {
    const response = await get({ Range: "bytes=0-9", "If-Range": ifRange });
    statuses.push(response.status);
    await response.body?.cancel();
  }
  expect(statuses).toEqual([206, 200, 200, 200]);
});

it("answers 304 to whoever has it", async () => {
  for (const ifNoneMatch of [`"${file.digest}"`, `W/"${file.digest}"`, `"x", "${file.digest}"`, "*"]) {
    const response = await get({ "If-None-Match": ifNoneMatch, Range: "bytes=0-9" });
    expect(response.status).toBe(304);
    expect(response.headers.get("etag")).toBe(`"${file.digest}"`);
    expect(await response.text()).toBe("");
  }
  const response = await get({ "If-None-Match": '"other"' });
  expect(response.status).toBe(200);
  await response.body?.cancel();
});

it("tells by HEAD what GET would give, and no bytes", async () => {
  const response = await ask("HEAD", `/v1/files/${file.digest}`, { headers: { Range: "bytes=0-9" } });
  expect(response.status).toBe(200);
  expect(response.headers.get("content-length")).toBe("1000");
  expect(response.headers.get("content-type")).toBe(file.media_type);
  expect(response.headers.get("accept-ranges")).toBe("bytes");
  expect(await response.text()).toBe("");
});

it("lets no page of a user's run as ours, and nobody guess another type", async () => {
  const page = await sendFile(bytesOf("<script>alert(1)</script>"), "?media_type=text/html");
  const response = await ask("GET", `/v1/files/${page.digest}`);
  expect(response.headers.get("content-security-policy")).toMatch(/^sandbox; default-src 'none';/);
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  expect(response.headers.get("cache-control")).toContain("private");
  expect(response.headers.get("content-disposition")).toBeNull();
  await response.body?.cancel();
});

it("names what is saved as its sender did, else by its digest", async () => {
  const dispositionOf = async (digest: string) => {
    const response = await ask("GET", `/v1/files/${digest}?download=true`);
    await response.body?.cancel();
    return response.headers.get("content-disposition");
  };
  expect(await dispositionOf(file.digest)).toBe('attachment; filename="thing.bin"');
  const named = await sendFile(someBytes(10), `?name=${encodeURIComponent('Zoë "2".png')}`);
  expect(await dispositionOf(named.digest)).toBe(
    "attachment; filename=\"Zo_ _2_.png\"; filename*=UTF-8''Zo%C3%AB%20%222%22.png",
  );
  const unnamed = await sendFile(bytesOf("a,b"), "?media_type=text/csv");
  expect(await dispositionOf(unnamed.digest)).toBe(`attachment; filename="${unnamed.digest.slice(7, 19)}.csv"`);
});

it("answers any Range with bytes that are in the file, or says why not", async () => {
  const number = fc.oneof(fc.nat(1200).map(String), fc.constantFrom("", "00", "9".repeat(30)));
  const shaped = fc.tuple(number, number).map(([from, to]) => `bytes=${from}-${to}`);
  const anything = fc.string({ unit: "grapheme-ascii" }).map((text) => text.trim());
  await fc.assert(
    fc.asyncProperty(fc.oneof(shaped, anything), async (range) => {
      const response = await get({ Range: range });
      expect([200, 206, 416]).toContain(response.status);
      const body = new Uint8Array(await response.arrayBuffer());
      if (response.status === 416) return;
      const told = /^bytes (\d+)-(\d+)\/1000$/.exec(response.headers.get("content-range") ?? "bytes 0-999/1000");
      expect(body).toEqual(bytes.slice(Number(told?.[1]), Number(told?.[2]) + 1));
    }),
    { numRuns: 150 },
  );
});
