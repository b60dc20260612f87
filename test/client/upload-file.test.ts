import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createClient } from "../../src/client/create-client.ts";
import { type FileSource, uploadFile } from "../../src/client/upload-file.ts";
import { limits } from "../../src/contract/limits.ts";
import { problemOf } from "./serve-answers.ts";
import { answerJson, serveRequests } from "./serve-requests.ts";

const id = "0199b2c4-8d6e-7c3a-9f10-2a6b1c0d4e5f";

function sourceOf(sizeBytes: number): FileSource & { bytes: Buffer } {
  const bytes = Buffer.alloc(sizeBytes, "some bytes ");
  const digest = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
  return {
    bytes,
    digest,
    sizeBytes,
    name: "scan.bin",
    read: async (start, end) => new Uint8Array(bytes.subarray(start, end)),
  };
}

const factsOf = ({ digest, sizeBytes }: FileSource) => ({
  digest,
  size_bytes: sizeBytes,
  media_type: "application/octet-stream",
  name: "scan.bin",
  created_at: "2027-01-31T12:00:00Z",
});

describe("sending a file", () => {
  test("that the registry has sends nothing", async () => {
    const source = sourceOf(1000);
    const seen: string[] = [];
    const { url } = await serveRequests(({ method }, response) => {
      seen.push(method);
      answerJson(response, 200, factsOf(source));
    });
    expect(await uploadFile(createClient({ url }), source)).toMatchObject({ isNew: false });
    expect(seen).toEqual(["GET"]);
  });

  test.each([0, 1000, limits.uploadPartBytes])(
    "of %i bytes takes one request, past a registry that is away",
    async (size) => {
      const source = sourceOf(size);
      let posts = 0;
      const { url } = await serveRequests(({ method, url: asked, body }, response) => {
        if (method === "GET") return answerJson(response, 404, problemOf("FILE_NOT_FOUND", 404));
        posts += 1;
        if (posts === 1) return void response.destroy();
        expect(asked.pathname).toBe("/v1/files");
        expect(Object.fromEntries(asked.searchParams)).toEqual({ digest: source.digest, name: "scan.bin" });
        expect(body.equals(source.bytes)).toBe(true);
        answerJson(response, 201, factsOf(source));
      });
      const sent: number[] = [];
      const done = await uploadFile(createClient({ url }), source, { onProgress: (bytes) => sent.push(bytes) });
      expect(done).toMatchObject({ isNew: true, file: { digest: source.digest } });
      expect(posts).toBe(2);
      expect(sent).toEqual([size]);
    },
  );

  test("that is large sends the parts that are missing, each again when it breaks", async () => {
    const source = sourceOf(limits.uploadPartBytes * 3 + 5);
    const parts = new Map<number, Buffer>([[1, source.bytes.subarray(0, limits.uploadPartBytes)]]);
    let isBroken = false;
    const upload = () => ({
      id,
      state: "open",
      digest: source.digest,
      size_bytes: source.sizeBytes,
      part_bytes: limits.uploadPartBytes,
      part_count: 4,
      received: [...parts.keys()],
      expires_at: null,
      path: null,
      query: null,
    });
    const sentParts: number[] = [];
    const { url } = await serveRequests(({ method, url: asked, body }, response) => {
      if (method === "GET") return answerJson(response, 404, problemOf("FILE_NOT_FOUND", 404));
      if (asked.pathname === "/v1/uploads") return answerJson(response, 201, upload());
      if (asked.pathname.endsWith(":complete")) {
        const whole = Buffer.concat([1, 2, 3, 4].map((part) => parts.get(part) ?? Buffer.alloc(0)));
        expect(whole.equals(source.bytes)).toBe(true);
        return answerJson(response, 200, factsOf(source));
      }
      const part = Number(asked.pathname.split("/").at(-1));
      if (part === 3 && !isBroken) {
        isBroken = true;
        return void response.destroy();
      }
      sentParts.push(part);
      parts.set(part, body);
      answerJson(response, 200, upload());
    });
    const sent: number[] = [];
    expect(await uploadFile(createClient({ url }), source, { onProgress: (bytes) => sent.push(bytes) })).toMatchObject({
      isNew: true,
    });
    expect(sentParts.sort()).toEqual([2, 3, 4]);
    expect(isBroken).toBe(true);
    expect(sent.at(0)).toBe(limits.uploadPartBytes);
    expect(sent.at(-1)).toBe(source.sizeBytes);
  });

  test("that the registry refuses is not tried again", async () => {
    let posts = 0;
    const { url } = await serveRequests(({ method }, response) => {
      if (method === "GET") return answerJson(response, 404, problemOf("FILE_NOT_FOUND", 404));
      posts += 1;
      answerJson(response, 422, problemOf("DIGEST_MISMATCH", 422, "other bytes"));
    });
    await expect(uploadFile(createClient({ url }), sourceOf(10))).rejects.toThrow("other bytes");
    expect(posts).toBe(1);
  });
});
