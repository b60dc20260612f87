import type { ClassMethod, ClassPrivateMethod, ClassPrivateProperty, ClassProperty } from "@babel/types";
import type { Eraser } from "./eraser.ts";
import { spanOf } from "./nodes.ts";

const modifiers = new Set(["public", "private", "protected", "readonly", "override", "abstract", "declare"]);

/** Erases what of a class member's head is type: its modifiers and the `?` or `!` after its name. */
export function eraseMember(
  eraser: Eraser,
  member: ClassProperty | ClassMethod | ClassPrivateProperty | ClassPrivateMethod,
): void {
  const { from, to } = spanOf(member);
  const key = spanOf(member.key);
  eraseModifiers(eraser, from, key.from);
  let after = eraser.skipForward(key.to);
  if ("computed" in member && member.computed === true) {
    while (eraser.code[after] === ")") after = eraser.skipForward(after + 1);
    if (eraser.code[after] === "]") after = eraser.skipForward(after + 1);
  }
  const isMarked = member.optional === true || ("definite" in member && member.definite === true);
  if (isMarked) eraser.blank(after, after + 1);
  // A field called get, set or static would take in the next line.
  if ("typeAnnotation" in member && member.typeAnnotation != null) {
    const annotation = spanOf(member.typeAnnotation);
    if (annotation.to === to) eraser.mark(annotation.from, ";");
  }
}

function eraseModifiers(eraser: Eraser, from: number, to: number): void {
  for (let at = from; at < to; ) {
    const word = /^[a-z]+/.exec(eraser.code.slice(at, Math.min(to, at + 16)))?.[0] ?? "";
    if (modifiers.has(word)) {
      eraser.blank(at, at + word.length);
      // The line before may have no ; of its own, and what follows may be [ or *.
      if (at === from) eraser.mark(at, ";");
    }
    at = eraser.skipForward(at + Math.max(word.length, 1));
  }
}
