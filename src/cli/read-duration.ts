import { InvalidArgumentError } from "commander";

const secondsOf = { s: 1, m: 60, h: 3600, d: 24 * 3600, w: 7 * 24 * 3600 } as const;

/** A span of time as flags take it, in seconds: `90s`, `15m`, `24h`, `90d`, `2w`; for commander. */
export function readDuration(text: string): number {
  const [, count, unit] = /^(\d{1,9})([smhdw])$/.exec(text.trim().toLowerCase()) ?? [];
  const known = Object.entries(secondsOf).find(([letter]) => letter === unit);
  if (count === undefined || known === undefined) {
    throw new InvalidArgumentError("Write a number and s, m, h, d or w: 90s, 15m, 24h, 90d.");
  }
  return Number(count) * known[1];
}

/** The same, or `never`. Commander makes an empty text of null. */
export function readDurationOrNever(text: string): number | "never" {
  return text.trim().toLowerCase() === "never" ? "never" : readDuration(text);
}

/** A moment as flags take it: a span before now (`24h`), a day, or a time in UTC; told as the registry takes it. For commander. */
export function readMoment(text: string): string {
  const written = text.trim();
  if (/^\d+[smhdw]$/i.test(written)) return new Date(Date.now() - readDuration(written) * 1000).toISOString();
  const moment = new Date(written);
  const isTime = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(written);
  if (isTime && !Number.isNaN(moment.getTime())) return moment.toISOString();
  throw new InvalidArgumentError(
    "Write how long ago (30m, 24h, 7d), a day (2027-01-31) or a time in UTC (2027-01-31T12:00:00Z).",
  );
}
