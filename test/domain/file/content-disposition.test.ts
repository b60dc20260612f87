import fc from "fast-check";
import { expect, it } from "vitest";
import { contentDisposition, downloadName } from "../../../src/domain/file/content-disposition.ts";

it.each([
  ["a.png", 'attachment; filename="a.png"'],
  ["a b.png", 'attachment; filename="a b.png"'],
  ['a"b\\c.png', "attachment; filename=\"a_b_c.png\"; filename*=UTF-8''a%22b%5Cc.png"],
  ["naïve (1)*.png", "attachment; filename=\"na_ve (1)*.png\"; filename*=UTF-8''na%C3%AFve%20%281%29%2A.png"],
  ["50%.txt", "attachment; filename=\"50_.txt\"; filename*=UTF-8''50%25.txt"],
  ["gnp.\u202eexe", 'attachment; filename="gnp.exe"'],
])("says %s in a header", (name, expected) => {
  expect(contentDisposition(name)).toBe(expected);
});

it("says any name so that it comes out again, and never breaks the header", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (name) => {
      const told = contentDisposition(name);
      expect(told).toMatch(
        /^attachment; filename="[ !#-$&-.0-[\]-~]*"(; filename\*=UTF-8''[A-Za-z0-9!#$&+.^_`|~%-]*)?$/,
      );
      const full = /filename\*=UTF-8''(.*)$/.exec(told)?.[1];
      const shown = full === undefined ? told.slice('attachment; filename="'.length, -1) : decodeURIComponent(full);
      expect(shown).toBe(name.toWellFormed().replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, ""));
    }),
  );
});

it("makes a name of the digest and the type where there is none", () => {
  const digest = `sha256:0123456789abcdef${"0".repeat(48)}`;
  expect(downloadName({ digest, name: null, media_type: "image/jpeg" })).toBe("0123456789ab.jpg");
  expect(downloadName({ digest, name: null, media_type: "application/x-unheard-of" })).toBe("0123456789ab");
  expect(downloadName({ digest, name: "x.y", media_type: "image/jpeg" })).toBe("x.y");
});
