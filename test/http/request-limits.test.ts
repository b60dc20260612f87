import { SELF } from "cloudflare:test";
import { expect, it } from "vitest";
import { limits } from "../../src/contract/limits.ts";
import { aDocument, aName, ask, postYaml, publish, refusalOf } from "./a-registry.ts";

const json = "application/json";

it("refuses a document above 256 KiB with 413, and reads one of exactly that size", async () => {
  const text = JSON.stringify(aDocument(aName()));
  const fits = text + " ".repeat(limits.documentBytes - text.length);
  expect((await postYaml(fits, "?dry_run=true")).status).toBe(200);
  const refused = await refusalOf(await postYaml(`${fits} `, "?dry_run=true"), 413);
  expect(refused.code).toBe("BODY_TOO_LARGE");
  expect(refused.detail).toContain("256 KiB");
});

it("refuses what is too large though no length is announced", async () => {
  const chunk = new Uint8Array(64 * 1024).fill(32);
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 1;
      if (sent > 20) controller.close();
      else controller.enqueue(chunk);
    },
  });
  const response = await SELF.fetch("http://localhost/v1/templates", {
    method: "POST",
    headers: { Authorization: "Bearer test-admin-token", "Content-Type": "application/yaml" },
    body,
  });
  expect((await refusalOf(response, 413)).code).toBe("BODY_TOO_LARGE");
});

it("refuses a batch above 8 MiB and a JSON request above 1 MiB", async () => {
  const batch = " ".repeat(limits.batchBytes + 1);
  await refusalOf(await ask("POST", "/v1/templates:batch", { body: batch, type: json }), 413);
  const inputs = JSON.stringify({ inputs: { text: "x".repeat(limits.requestBytes) } });
  await refusalOf(await ask("POST", `/v1/templates/${aName()}/validate`, { body: inputs, type: json }), 413);
});

it("counts bytes, not characters", async () => {
  const text = "é".repeat(limits.documentBytes / 2 + 1);
  await refusalOf(await postYaml(text), 413);
});

it.each([
  "application/yaml",
  "text/yaml",
  "application/x-yaml",
  "text/x-yaml",
  "Application/YAML; charset=utf-8",
  json,
])("reads a document as %s", async (type) => {
  const body = JSON.stringify(aDocument(aName()));
  expect((await ask("POST", "/v1/templates?dry_run=true", { body, type })).status).toBe(200);
});

it.each(["text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "yaml", ""])(
  "refuses a document as %j with 415",
  async (type) => {
    const refused = await refusalOf(await ask("POST", "/v1/templates", { body: "template: {}", type }), 415);
    expect(refused.code).toBe("UNSUPPORTED_MEDIA_TYPE");
    expect(refused.detail).toContain("application/yaml");
  },
);

it("refuses a JSON request of another type, and reads one of a +json type", async () => {
  const name = aName();
  await publish(aDocument(name));
  const path = `/v1/templates/${name}/validate`;
  await refusalOf(await ask("POST", path, { body: '{"inputs":{}}', type: "text/plain" }), 415);
  expect((await ask("POST", path, { body: '{"inputs":{}}', type: "application/merge-patch+json" })).status).toBe(200);
});

it("refuses a body that is encoded", async () => {
  const headers = { "Content-Encoding": "gzip" };
  const gzip = new Blob(["template: {}"]).stream().pipeThrough(new CompressionStream("gzip"));
  const gzipped = new Uint8Array(await new Response(gzip).arrayBuffer());
  const refused = await refusalOf(
    await ask("POST", "/v1/templates", { body: gzipped, type: "application/yaml", headers }),
    415,
  );
  expect(refused.detail).toContain("gzip");
});

it("refuses bytes that are not UTF-8", async () => {
  for (const path of ["/v1/templates", "/v1/templates:batch", `/v1/templates/${aName()}/validate`]) {
    const body = new Uint8Array([123, 34, 0xff, 0xfe, 34, 125]);
    const refused = await refusalOf(await ask("POST", path, { body, type: json }), 400);
    expect(refused.detail).toContain("UTF-8");
  }
});

it("refuses an empty body with words, where a body is needed", async () => {
  const empty = await refusalOf(await ask("POST", "/v1/templates", { body: "", type: json }), 422);
  expect(empty.issues).toMatchObject([{ code: "empty_document", line: 1 }]);
  await refusalOf(await ask("POST", `/v1/templates/${aName()}/validate`), 400);
  await refusalOf(await ask("PUT", `/v1/templates/${aName()}/tags/stable`), 400);
});

it("tells where a JSON body breaks, or which part of it does not fit", async () => {
  const path = `/v1/templates/${aName()}/tags/stable`;
  const broken = await refusalOf(await ask("PUT", path, { body: '{"version": ', type: json }), 400);
  expect(broken.detail).toContain("JSON");
  const misfit = await refusalOf(await ask("PUT", path, { body: '{"version": "1", "raeson": "x"}', type: json }), 400);
  expect(misfit.issues.map(({ path: at }) => at).sort()).toEqual(["/body", "/body/version"]);
  expect(misfit.issues.find(({ code }) => code === "unknown_key")?.suggestion).toContain("reason");
});

it("refuses JSON that is nested too deep, however deep it is", async () => {
  const name = aName();
  await publish(aDocument(name, { inputs: { list: { type: "array" } } }));
  const nested = (depth: number) => `{"inputs":{"list":${"[".repeat(depth)}${"]".repeat(depth)}}}`;
  const path = `/v1/templates/${name}/validate`;
  expect((await ask("POST", path, { body: nested(20), type: json })).status).toBe(200);
  for (const depth of [40, 1000, 200_000]) {
    const refused = await refusalOf(await ask("POST", path, { body: nested(depth), type: json }), 400);
    expect(refused.issues).toMatchObject([{ path: expect.stringContaining("/body/inputs/list/0/0") }]);
  }
  const documents = `[${"[".repeat(5000)}${"]".repeat(5000)}]`;
  const batch = await ask("POST", "/v1/templates:batch", { body: documents, type: json });
  expect(await batch.json()).toMatchObject({ results: [{ issues: [{ code: "document_too_deep" }] }] });
});

it("refuses text that is no Unicode, and names its place", async () => {
  const body = '{"version": "1.0.0", "reason": "half \\ud800"}';
  const refused = await refusalOf(await ask("PUT", "/v1/templates/some_name/tags/stable", { body, type: json }), 400);
  expect(refused.issues).toMatchObject([{ path: "/body/reason" }]);
});
