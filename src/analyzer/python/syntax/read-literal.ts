/** A string literal's value, null for an f-string or a character by its name; `isBytes` as its prefix says. */
export function readString(text: string): { value: string | null; isBytes: boolean } {
  const prefix = (/^[A-Za-z]*/.exec(text)?.[0] ?? "").toLowerCase();
  const isBytes = prefix.includes("b");
  const quote = text.slice(prefix.length, prefix.length + 3);
  const size = quote === '"""' || quote === "'''" ? 3 : 1;
  const body = text.slice(prefix.length + size, text.length - size);
  if (prefix.includes("f") || prefix.includes("t")) return { value: null, isBytes };
  return { value: prefix.includes("r") ? body : decodeEscapes(body, isBytes), isBytes };
}

/** What its escapes stand for; null when one is a name of Unicode, whose table is too large to carry. */
function decodeEscapes(body: string, isBytes: boolean): string | null {
  if (!body.includes("\\")) return body;
  if (!isBytes && /\\N\{/.test(body)) return null;
  return body.replaceAll(
    /\\(?:\n|([\\'"abfnrtv])|([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/g,
    (whole, simple?: string, octal?: string, hex?: string, short?: string, long?: string) => {
      if (simple !== undefined) return simpleEscapes[simple] ?? whole;
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      const point = Number.parseInt(short ?? long ?? "", 16);
      if (Number.isNaN(point)) return "";
      return isBytes || point > 0x10ffff ? whole : String.fromCodePoint(point);
    },
  );
}

const simpleEscapes: Record<string, string> = {
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** A number's value, null where JSON or JavaScript has no such number: 2j, 1e999, 2**60 written out. */
export function readNumber(text: string): { value: number | null; isInteger: boolean } {
  const plain = text.replaceAll("_", "").toLowerCase();
  const isPrefixed = /^0[xob]/.test(plain);
  const isInteger = isPrefixed || /^\d+$/.test(plain);
  if (!isPrefixed && plain.endsWith("j")) return { value: null, isInteger: false };
  const value = Number(plain);
  const isExact = isInteger ? Number.isSafeInteger(value) : Number.isFinite(value);
  return { value: isExact ? value : null, isInteger };
}
