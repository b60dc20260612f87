import { env } from "cloudflare:test";
import { beforeAll, expect, it } from "vitest";
import { loadJob } from "../../src/bindings/d1/run/run-row.ts";
import { limits } from "../../src/contract/limits.ts";
import { digestOfBytes } from "../../src/domain/document/canonical-digest.ts";
import { aDocument, ask, publish, refusalOf } from "./a-registry.ts";
import { runOf } from "./a-run.ts";

const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 73, 72, 68, 82]);
const pngDigest = digestOfBytes(png);
const text = new TextEncoder().encode("plain words");
const textDigest = digestOfBytes(text);

beforeAll(async () => {
  await publish(
    aDocument("viewer", {
      inputs: {
        photo: { type: "file", format: ["png"], required: false },
        notes: { type: "array", items: { type: "file" }, default: [] },
        caption: { type: "string", default: "" },
      },
    }),
  );
});

async function send(parts: [string, string | File][], headers: Record<string, string> = {}): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of parts) form.append(name, value);
  const encoded = new Response(form);
  const type = encoded.headers.get("content-type") ?? "";
  const body = new Uint8Array(await encoded.arrayBuffer());
  return ask("POST", "/v1/templates/viewer/runs", { type, body, headers });
}

const photo = new File([png], "fox.png", { type: "image/png" });
const note = new File([text], "note.txt", { type: "text/plain" });

it("takes files beside the JSON, named as their inputs", async () => {
  const made = await runOf(
    await send([
      ["request", '{"inputs":{"caption":"a fox"},"priority":9}'],
      ["photo", photo],
    ]),
    202,
  );
  expect(made.priority).toBe(9);
  const job = await loadJob(env.DB, made.id);
  expect(job?.inputs).toEqual({ photo: pngDigest, notes: [], caption: "a fox" });
  expect(job?.files).toEqual([{ digest: pngDigest, size_bytes: 16, media_type: "image/png", name: "fox.png" }]);
});

it("takes inputs.NAME for the input NAME, and several parts for a list", async () => {
  const made = await runOf(
    await send([
      ["inputs.notes", note],
      ["notes", photo],
      ["request", new File(['{"inputs":{}}'], "request.json", { type: "application/json" })],
    ]),
    202,
  );
  expect((await loadJob(env.DB, made.id))?.inputs).toMatchObject({ notes: [textDigest, pngDigest] });
});

it("makes a list of one part when the input is a list", async () => {
  const made = await runOf(
    await send([
      ["request", '{"inputs":{}}'],
      ["notes", note],
    ]),
    202,
  );
  expect((await loadJob(env.DB, made.id))?.inputs).toMatchObject({ notes: [textDigest] });
});

it("answers a repetition with the same key with the same run, and refuses other bytes", async () => {
  const key = { "Idempotency-Key": "multipart" };
  const parts: [string, string | File][] = [
    ["request", '{"inputs":{}}'],
    ["photo", photo],
  ];
  const made = await runOf(await send(parts, key), 202);
  expect((await runOf(await send(parts, key), 200)).id).toBe(made.id);
  const other = new File([png, text], "fox.png", { type: "image/png" });
  const told = await refusalOf(
    await send(
      [
        ["request", '{"inputs":{}}'],
        ["photo", other],
      ],
      key,
    ),
    409,
  );
  expect(told.code).toBe("IDEMPOTENCY_CONFLICT");
});

it("refuses a form that makes no sense, and says why", async () => {
  const cases: [[string, string | File][], number, string][] = [
    [[["photo", photo]], 400, "no part `request`"],
    [[["request", "{"]], 400, "JSON"],
    [
      [
        ["request", '{"inputs":{}}'],
        ["request", '{"inputs":{}}'],
      ],
      400,
      "twice",
    ],
    [
      [
        ["request", '{"inputs":{}}'],
        ["caption", "a fox"],
      ],
      400,
      "is text, not a file",
    ],
    [
      [
        ["request", `{"inputs":{"photo":"${pngDigest}"}}`],
        ["photo", photo],
      ],
      422,
      "given twice",
    ],
    [
      [
        ["request", '{"inputs":{}}'],
        ["caption", note],
      ],
      422,
      "is string",
    ],
    [
      [
        ["request", '{"inputs":{}}'],
        ["phot", photo],
      ],
      422,
      "phot",
    ],
    [
      [
        ["request", '{"inputs":{}}'],
        ["photo", photo],
        ["photo", note],
      ],
      422,
      "photo",
    ],
    [
      [
        ["request", '{"inputs":{}}'],
        ["photo", note],
      ],
      422,
      "photo",
    ],
    [
      [
        ["request", '{"inputs":{},"labls":{}}'],
        ["photo", photo],
      ],
      400,
      "labls",
    ],
  ];
  for (const [parts, status, word] of cases) {
    expect((await refusalOf(await send(parts), status)).detail, word).toContain(word);
  }
});

it("refuses what is no form though it says so", async () => {
  for (const [type, body] of [
    ["multipart/form-data", "x"],
    ["multipart/form-data; boundary=b", "--c\r\n\r\n"],
    ["multipart/form-data; boundary=b", '--b\r\nContent-Disposition: form-data; name="request"\r\n\r\n{"inputs":{}}'],
    ["multipart/form-data; boundary=b", ""],
  ] as const) {
    await refusalOf(await ask("POST", "/v1/templates/viewer/runs", { type, body }), 400);
  }
});

it("refuses a form that is too large, and says the way out", async () => {
  const large = new File([new Uint8Array(limits.multipartBytes)], "large.png", { type: "image/png" });
  const told = await refusalOf(
    await send([
      ["request", '{"inputs":{}}'],
      ["photo", large],
    ]),
    413,
  );
  expect(told.detail).toContain("POST /v1/files");
});
