import { beforeAll, describe, expect, it } from "vitest";
import { upload } from "../../src/contract/file/upload.ts";
import { signedFile } from "../../src/contract/http/files.ts";
import type { SignedFor } from "../../src/contract/http/route.ts";
import { limits } from "../../src/contract/limits.ts";
import { digestOfBytes } from "../../src/domain/document/canonical-digest.ts";
import { createSigner } from "../../src/domain/file/create-signer.ts";
import { begin, bytesOf, sendFile, sendPart, someBytes } from "./a-file.ts";
import { adminToken, ask, askJson, refusalOf } from "./a-registry.ts";

/** Signs as the Worker of these tests does: by a key made of its admin token. */
const signer = createSigner(adminToken);
const inAnHour = () => new Date(Date.now() + 3600 * 1000);
const runId = "0198c0de-0000-7000-8000-000000000001";
const otherRun = "0198c0de-0000-7000-8000-000000000002";
const nobody = { token: null };
const bytes = someBytes(1000);
let digest: string;

beforeAll(async () => {
  digest = (await sendFile(bytes, "?name=signed.bin")).digest;
});

describe("the signed address of a file", () => {
  it("gives the file to whoever has it, until it expires", async () => {
    const signed = signedFile.parse(
      await (await askJson("POST", `/v1/files/${digest}:sign`, { expires_in_seconds: 60 })).json(),
    );
    expect(Date.parse(signed.expires_at)).toBeGreaterThan(Date.now() + 50_000);
    expect(Date.parse(signed.expires_at)).toBeLessThanOrEqual(Date.now() + 60_000);
    const { pathname, search } = new URL(signed.url);
    const got = await ask("GET", pathname + search, { ...nobody, headers: { Range: "bytes=0-9" } });
    expect(got.status).toBe(206);
    expect(new Uint8Array(await got.arrayBuffer())).toEqual(bytes.slice(0, 10));
    const saved = await ask("GET", `${pathname}${search}&download=true`, nobody);
    expect(saved.headers.get("content-disposition")).toContain("signed.bin");
    await saved.body?.cancel();
    expect((await ask("HEAD", pathname + search, nobody)).status).toBe(200);
  });

  it("is good for an hour when nobody says for how long, and never longer than the limit", async () => {
    const signed = signedFile.parse(await (await ask("POST", `/v1/files/${digest}:sign`)).json());
    expect(Date.parse(signed.expires_at) - Date.now()).toBeGreaterThan(3500 * 1000);
    for (const seconds of [0, 9, limits.signedUrlSeconds + 1, 1.5, "60"]) {
      await refusalOf(await askJson("POST", `/v1/files/${digest}:sign`, { expires_in_seconds: seconds }), 400);
    }
  });

  it("gives nothing else: not another file, not its facts, not a new signature", async () => {
    const other = (await sendFile(someBytes(10))).digest;
    const query = signer.sign("file", digest, inAnHour());
    expect((await refusalOf(await ask("GET", `/v1/files/${other}${query}`, nobody), 403)).code).toBe("FORBIDDEN");
    for (const [method, path] of [
      ["GET", `/v1/files/${digest}/facts${query}`],
      ["POST", `/v1/files/${digest}:sign${query}`],
    ] as const) {
      expect((await refusalOf(await ask(method, path, nobody), 401)).code).toBe("UNAUTHENTICATED");
    }
  });

  it("gives nothing when it has expired or was changed", async () => {
    const past = signer.sign("file", digest, new Date(Date.now() - 1000));
    const good = signer.sign("file", digest, inAnHour());
    const expires = Number(new URLSearchParams(good).get("expires"));
    const foreign = createSigner("another key").sign("file", digest, inAnHour());
    const changed = [
      past,
      foreign,
      good.replace(String(expires), String(expires + 1)),
      good.replace(String(expires), `${expires}0`),
      good.replace(/.$/, (last) => (last === "0" ? "1" : "0")),
      good.slice(0, -1),
      good.replace(/expires=\d+&/, ""),
      good.replace(/expires=\d+/, "expires="),
      "?signature=",
      `?expires=${expires}&signature=${"0".repeat(64)}`,
    ];
    for (const query of changed) {
      const refused = await refusalOf(await ask("GET", `/v1/files/${digest}${query}`, nobody), 403);
      expect(refused.code).toBe("FORBIDDEN");
    }
  });
});

it("takes each signature for its own purpose and subject alone", async () => {
  const begun = await begin(someBytes(100));
  const body = JSON.stringify({ digest: digestOfBytes(someBytes(5)), size_bytes: 5 });
  const routes: { purpose: SignedFor; subject: string; ask: (query: string) => Promise<Response> }[] = [
    { purpose: "file", subject: digest, ask: (query) => ask("GET", `/v1/files/${digest}${query}`, nobody) },
    {
      purpose: "run_files",
      subject: runId,
      ask: (query) => ask("POST", `/v1/files${query}&run_id=${runId}`, { ...nobody, body: bytesOf("of a run") }),
    },
    {
      purpose: "run_files",
      subject: runId,
      ask: (query) => ask("POST", `/v1/uploads${query}&run_id=${runId}`, { ...nobody, body, type: "application/json" }),
    },
    { purpose: "upload", subject: begun.id, ask: (query) => ask("GET", `${begun.path}${query}`, nobody) },
    {
      purpose: "upload",
      subject: begun.id,
      ask: (query) => ask("PUT", `${begun.path}/parts/1${query}`, { ...nobody, body: someBytes(100) }),
    },
    { purpose: "upload", subject: begun.id, ask: (query) => ask("POST", `${begun.path}:complete${query}`, nobody) },
    { purpose: "upload", subject: begun.id, ask: (query) => ask("DELETE", `${begun.path}${query}`, nobody) },
  ];
  const subjects = [digest, runId, otherRun, begun.id, ""];
  for (const purpose of ["file", "run_files", "upload"] as const) {
    for (const subject of subjects) {
      for (const route of routes) {
        if (route.purpose === purpose && route.subject === subject) continue;
        const response = await route.ask(signer.sign(purpose, subject, inAnHour()));
        expect((await refusalOf(response, 403)).code, `${purpose} of ${subject}`).toBe("FORBIDDEN");
      }
    }
  }
  for (const route of routes) {
    const response = await route.ask(signer.sign(route.purpose, route.subject, inAnHour()));
    expect([401, 403]).not.toContain(response.status);
    await response.body?.cancel();
  }
});

it("takes files of a run from whoever may send them, and tells who sent them", async () => {
  const query = signer.sign("run_files", runId, inAnHour());
  const own = someBytes(50);
  const response = await ask("POST", `/v1/files${query}&run_id=${runId}&name=out.bin`, { ...nobody, body: own });
  expect(response.status, await response.clone().text()).toBe(201);
  // A second run_id, or none, is not covered by the signature.
  for (const extra of ["", `&run_id=${otherRun}`, `&run_id=${otherRun}&run_id=${runId}`]) {
    expect((await ask("POST", `/v1/files${query}${extra}`, { ...nobody, body: own })).status).toBe(403);
  }
  const twice = await ask("POST", `/v1/files${query}&run_id=${runId}&run_id=${otherRun}`, { ...nobody, body: own });
  expect((await refusalOf(twice, 400)).code).toBe("INVALID_REQUEST");
});

it("lets whoever began an upload go on with it without a token", async () => {
  const own = someBytes(5000);
  const may = signer.sign("run_files", runId, inAnHour());
  const begun = upload.parse(
    await (
      await ask("POST", `/v1/uploads${may}&run_id=${runId}`, {
        ...nobody,
        body: JSON.stringify({ digest: digestOfBytes(own), size_bytes: own.byteLength }),
        type: "application/json",
      })
    ).json(),
  );
  const { path, query } = begun;
  expect((await ask("PUT", `${path}/parts/1${query}`, { ...nobody, body: own })).status).toBe(200);
  expect(upload.parse(await (await ask("GET", `${path}${query}`, nobody)).json()).received).toEqual([1]);
  expect((await ask("POST", `${path}:complete${query}`, nobody)).status).toBe(200);
  expect((await refusalOf(await sendPart(begun, own, 1), 409)).code).toBe("STATE_CONFLICT");
});
