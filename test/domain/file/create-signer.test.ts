import fc from "fast-check";
import { expect, it } from "vitest";
import { createSigner } from "../../../src/domain/file/create-signer.ts";

const signer = createSigner("secret");
const purposes = ["file", "run_files", "upload"] as const;
const at = new Date("2026-05-04T12:00:00.900Z");
const seconds = (date: Date) => Math.floor(date.getTime() / 1000);

function givenOf(query: string): { expires: string; signature: string } {
  const parameters = new URLSearchParams(query);
  return { expires: parameters.get("expires") ?? "", signature: parameters.get("signature") ?? "" };
}

it("gives a right until its second, and no longer", () => {
  const given = givenOf(signer.sign("file", "a", at));
  expect(given.expires).toBe(String(seconds(at)));
  const whole = seconds(at) * 1000;
  expect(signer.isSigned("file", "a", given, new Date(whole - 1))).toBe(true);
  expect(signer.isSigned("file", "a", given, new Date(whole))).toBe(false);
});

it("gives no other right: another purpose, subject, expiry or key is another signature", () => {
  const before = new Date(at.getTime() - 10_000);
  fc.assert(
    fc.property(
      fc.constantFrom(...purposes),
      fc.string(),
      fc.constantFrom(...purposes),
      fc.string(),
      fc.nat(3).map((more) => String(seconds(at) + more)),
      (purpose, subject, otherPurpose, otherSubject, expires) => {
        const given = { ...givenOf(signer.sign(purpose, subject, at)), expires };
        const isSame = purpose === otherPurpose && subject === otherSubject && expires === String(seconds(at));
        expect(signer.isSigned(otherPurpose, otherSubject, given, before)).toBe(isSame);
        expect(createSigner("other").isSigned(purpose, subject, given, before)).toBe(false);
      },
    ),
  );
});

it("refuses a signature with any of its characters changed, left out or added", () => {
  const given = givenOf(signer.sign("upload", "a", at));
  const before = new Date(at.getTime() - 10_000);
  for (let index = 0; index < given.signature.length; index++) {
    const digit = given.signature[index] === "0" ? "1" : "0";
    const changed = given.signature.slice(0, index) + digit + given.signature.slice(index + 1);
    expect(signer.isSigned("upload", "a", { ...given, signature: changed }, before)).toBe(false);
  }
  for (const signature of ["", given.signature.slice(1), `${given.signature}0`, given.signature.toUpperCase()]) {
    expect(signer.isSigned("upload", "a", { ...given, signature }, before)).toBe(false);
  }
});

it("takes no expiry that is no number, even under a signature of it", () => {
  for (const expires of ["", "NaN", "x", "-1"]) {
    expect(signer.isSigned("file", "a", { ...givenOf(signer.sign("file", "a", at)), expires }, at)).toBe(false);
  }
});
