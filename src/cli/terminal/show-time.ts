/** A span of time for people: `0.4 s`, `42 s`, `3 min 5 s`, `2 h 10 min`, `4 d 3 h`. */
export function showSeconds(seconds: number): string {
  if (seconds < 9.95) return `${Math.max(0, seconds).toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min${whole % 60 === 0 ? "" : ` ${whole % 60} s`}`;
  const minutes = Math.floor(whole / 60);
  if (whole < 86_400) return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
  const hours = Math.floor(minutes / 60);
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** A time that is guessed, so without parts of a second: `about 12 s left`. */
export function showLeft(seconds: number): string {
  const whole = Math.max(1, Math.ceil(seconds));
  return `about ${whole < 60 ? `${whole} s` : showSeconds(whole)} left`;
}

/** How long ago a time was, in one unit: `now`, `12 s`, `5 min`, `3 h`, `9 d`. */
export function showAge(time: string, nowMs: number): string {
  const seconds = Math.floor((nowMs - Date.parse(time)) / 1000);
  if (seconds < 1) return "now";
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

/** Seconds between two times. */
export function secondsBetween(from: string, to: string): number {
  return Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);
}

/** The time of day of a time, in UTC: what a line of a log begins with. */
export function clockOf(time: string): string {
  return time.slice(11, 19);
}

/** A time to its minute: `2027-01-31 12:01 UTC`. */
export function minuteOf(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`;
}

/** What is just made for 30 days ends in 30 days, not in 29. */
const justMadeMs = 30_000;

/** When something ends, and how far that is: `2027-01-31 12:01 UTC (in 9 d)`; `never` where there is no such time. */
export function showEnd(time: string | null, nowMs: number): string {
  if (time === null) return "never";
  const endMs = Date.parse(time);
  if (endMs <= nowMs) return `${minuteOf(time)} (over)`;
  const now = new Date(nowMs).toISOString();
  return `${minuteOf(time)} (in ${endMs - nowMs < 60_000 ? showAge(now, endMs) : showAge(now, endMs + justMadeMs)})`;
}

/** How long ago a time was: `12 s ago`, `just now`. */
export function showAgo(time: string, nowMs: number): string {
  const age = showAge(time, nowMs);
  return age === "now" ? "just now" : `${age} ago`;
}
