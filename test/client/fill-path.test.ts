import { expect, test } from "vitest";
import { fillPath, queryText } from "../../src/client/fill-path.ts";

test.each([
  ["image_generation", "/v1/templates/image_generation/schema"],
  ["image_generation@1.2.3", "/v1/templates/image_generation@1.2.3/schema"],
  ["image_generation@^1", "/v1/templates/image_generation@%5E1/schema"],
  ["image_generation@>=1 <3", "/v1/templates/image_generation@%3E%3D1%20%3C3/schema"],
  ["image_generation@sha256:ab", "/v1/templates/image_generation@sha256%3Aab/schema"],
  ["a/b?c#d", "/v1/templates/a%2Fb%3Fc%23d/schema"],
  ["ü", "/v1/templates/%C3%BC/schema"],
])("%s is put into a path so that a server reads it back", (reference, path) => {
  const filled = fillPath("/v1/templates/{reference}/schema", { reference });
  expect(filled).toBe(path);
  expect(decodeURIComponent(new URL(`http://host${filled}`).pathname)).toBe(`/v1/templates/${reference}/schema`);
});

test.each(["", ".", "..", "%2e", "%2E%2e", "\ud800"])(
  "%j would change the path's shape and is refused",
  (reference) => {
    expect(fillPath("/v1/templates/{reference}", { reference })).toBeNull();
  },
);

test("a missing parameter is refused", () => {
  expect(fillPath("/v1/templates/{reference}", {})).toBeNull();
});

test("a query leaves out what is undefined and encodes the rest", () => {
  expect(queryText({ q: "a b&c", limit: undefined, gpu: "true" })).toBe("?q=a+b%26c&gpu=true");
  expect(queryText({ q: undefined })).toBe("");
});
