import { element } from "./element.ts";

const units = [
  ["year", 365 * 24 * 3600],
  ["month", 30 * 24 * 3600],
  ["day", 24 * 3600],
  ["hour", 3600],
  ["minute", 60],
] as const;

/** A moment, told relative to now; the exact time is its tooltip. */
export function showTime(moment: string): HTMLTimeElement {
  const date = new Date(moment);
  const exact = date.toLocaleString("en", { dateStyle: "long", timeStyle: "medium" });
  return element("time", { datetime: moment, title: exact }, relativeTime((date.getTime() - Date.now()) / 1000));
}

/** `3 days ago`, `in 2 months`. */
function relativeTime(seconds: number): string {
  const [unit, unitSeconds] = units.find(([, length]) => Math.abs(seconds) >= length) ?? [null, 1];
  if (unit === null) return "just now";
  return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(Math.trunc(seconds / unitSeconds), unit);
}
