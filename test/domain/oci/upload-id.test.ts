import fc from "fast-check";
import { expect, it } from "vitest";
import { limits } from "../../../src/contract/limits.ts";
import { createUploadIds } from "../../../src/domain/oci/upload-id.ts";

const ids = createUploadIds("a secret");
const began = new Date("2026-05-01T10:00:00Z");
const later = (seconds: number) => new Date(began.getTime() + seconds * 1000);
const id = ids.write("models/flux", "01234567-89ab-4def-8123-456789abcdef", began);

it("says of its own ids that their sessions are open, for a day", () => {
  expect(ids.isOpen("models/flux", id, began)).toBe(true);
  expect(ids.isOpen("models/flux", id, later(limits.uploadSessionSeconds - 1))).toBe(true);
  expect(ids.isOpen("models/flux", id, later(limits.uploadSessionSeconds))).toBe(false);
});

it("knows the ids of another repository or another secret not", () => {
  expect(ids.isOpen("models/other", id, began)).toBe(false);
  expect(createUploadIds("another").isOpen("models/flux", id, began)).toBe(false);
});

it("knows no id of which anything was changed, nor any other text", () => {
  fc.assert(
    fc.property(fc.nat(id.length - 1), fc.constantFrom(..."0123456789abcdefg-%/ "), (at, letter) => {
      const changed = id.slice(0, at) + letter + id.slice(at + 1);
      expect(ids.isOpen("models/flux", changed, began)).toBe(changed === id);
    }),
  );
  fc.assert(fc.property(fc.string(), (text) => !ids.isOpen("models/flux", text, began)));
});
