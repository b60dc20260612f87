import { z } from "zod";
import type { StringFormat } from "../../../contract/template/field.ts";

/**
 * Whether a text has a format, in the sense of JSON Schema 2020-12 (validation, section 7.3): dates and times are RFC 3339,
 * so `time` and `date-time` say their offset. Narrower than the RFC in two places: `T` and `Z` are upper case, and no leap second.
 */
export function matchesFormat(format: StringFormat, text: string): boolean {
  const { longest, accepts } = checks[format];
  return text.length <= longest && accepts(text);
}

interface FormatCheck {
  /** Some of the expressions are quadratic; no legal value is longer than this. */
  longest: number;
  accepts(text: string): boolean;
}

/** RFC 3986: a scheme, then its characters and percent-encodings, with one fragment at most. */
const uriCharacters =
  /^[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*(?:#(?:[A-Za-z0-9._~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)?$/;

const accepts = (schema: z.ZodType) => (text: string) => schema.safeParse(text).success;
const dateTime = accepts(z.iso.datetime({ offset: true }));
const url = accepts(z.url());

const checks: Record<StringFormat, FormatCheck> = {
  date: { longest: 10, accepts: accepts(z.iso.date()) },
  // JSON Schema's `time` is RFC 3339's full-time: what follows the T of a date-time.
  time: { longest: 64, accepts: (text) => dateTime(`1970-01-01T${text}`) },
  "date-time": { longest: 64, accepts: dateTime },
  duration: { longest: 200, accepts: accepts(z.iso.duration()) },
  email: { longest: 320, accepts: accepts(z.email()) },
  hostname: { longest: 253, accepts: accepts(z.hostname()) },
  ipv4: { longest: 15, accepts: accepts(z.ipv4()) },
  ipv6: { longest: 45, accepts: accepts(z.ipv6()) },
  uri: { longest: 8192, accepts: (text) => uriCharacters.test(text) && url(text) },
  uuid: { longest: 36, accepts: accepts(z.guid()) },
};
