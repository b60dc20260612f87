import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import type { Upload } from "../../src/contract/file/upload.ts";
import { digestOfBytes } from "../../src/domain/document/canonical-digest.ts";
import { begin, sendFile, someBytes } from "./a-file.ts";
import { ask, askJson } from "./a-registry.ts";
import { expectSound } from "./an-answer.ts";

const settings = { numRuns: 60 };
let digest: string;
let begun: Upload;

beforeAll(async () => {
  digest = (await sendFile(someBytes(100))).digest;
  begun = await begin(someBytes(100));
});

/** Text as a URL may carry it, lone surrogates left out: they are no text. */
const text = fc.string({ unit: "binary", maxLength: 60 });
const nearDigest = fc.oneof(
  text,
  fc.constantFrom(
    "sha256:",
    "sha256:..",
    "sha512:00",
    "..",
    "%00",
    "sha256:".padEnd(71, "f"),
    "SHA256:".padEnd(71, "0"),
  ),
  fc.nat(70).map((cut) => digest.slice(0, cut)),
);
const nearNumber = fc.oneof(
  fc.integer().map(String),
  fc.double().map(String),
  fc.constantFrom("0", "00", "01", "513", "1e1", "0x1", "+1", "١", "NaN", ""),
  text,
);

it("answers any digest soundly", async () => {
  await fc.assert(
    fc.asyncProperty(nearDigest, fc.constantFrom("", "/facts", ":sign"), async (near, what) => {
      await expectSound(await ask(what === ":sign" ? "POST" : "GET", `/v1/files/${encodeURIComponent(near)}${what}`));
      await expectSound(await ask("POST", `/v1/files?digest=${encodeURIComponent(near)}`, { body: someBytes(3) }));
    }),
    settings,
  );
});

it("answers any part number, upload id and size of a part soundly", async () => {
  await fc.assert(
    fc.asyncProperty(nearNumber, fc.nat(200), text, async (part, sizeBytes, id) => {
      const body = new Uint8Array(sizeBytes);
      await expectSound(await ask("PUT", `${begun.path}/parts/${encodeURIComponent(part)}`, { body }));
      const other = `/v1/uploads/${encodeURIComponent(id) || "x"}`;
      await expectSound(await ask("PUT", `${other}/parts/1`, { body }));
      await expectSound(await ask("POST", `${other}:complete`));
      await expectSound(await ask("DELETE", other));
    }),
    settings,
  );
});

it("keeps any name that it takes, and saves under it", async () => {
  await fc.assert(
    fc.asyncProperty(text, text, async (name, type) => {
      const query = `?name=${encodeURIComponent(name)}&media_type=${encodeURIComponent(type)}`;
      await expectSound(await ask("POST", `/v1/files${query}`, { body: someBytes(20) }));
      const bytes = someBytes(20);
      const sent = await ask("POST", `/v1/files?name=${encodeURIComponent(name)}`, { body: bytes });
      const wasTaken = sent.status === 201;
      await expectSound(sent);
      if (!wasTaken) return;
      const saved = await ask("GET", `/v1/files/${digestOfBytes(bytes)}?download=true`);
      expect(saved.status).toBe(200);
      expect(saved.headers.get("content-disposition")).toMatch(
        /^attachment; filename="[^"]*"(; filename\*=UTF-8''\S+)?$/,
      );
      await saved.body?.cancel();
    }),
    settings,
  );
});

it("answers any beginning of an upload soundly", async () => {
  const anything = fc.oneof(fc.jsonValue(), fc.record({ digest: nearDigest, size_bytes: fc.jsonValue(), name: text }));
  await fc.assert(
    fc.asyncProperty(anything, async (body) => {
      await expectSound(await askJson("POST", "/v1/uploads", body));
      await expectSound(await askJson("POST", `/v1/files/${digest}:sign`, body));
    }),
    settings,
  );
});

it("answers any header that files are read by soundly", async () => {
  const value = fc.string({ unit: "grapheme-ascii", maxLength: 60 }).map((text) => text.trim());
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("Range", "If-Range", "If-None-Match", "Accept-Encoding", "Content-Type"),
      value,
      async (header, told) => {
        const response = await ask("GET", `/v1/files/${digest}`, { headers: { [header]: told } });
        if (response.ok) await response.body?.cancel();
        else await expectSound(response);
      },
    ),
    settings,
  );
});
