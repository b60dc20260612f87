import { describe, expect, test } from "vitest";
import type { Announcement } from "../../../src/contract/announcement/announcement.ts";
import { type CoherenceLimits, coherence } from "../../../src/domain/lookup/coherence-limits.ts";
import { HubLog } from "../../../src/domain/lookup/hub-log.ts";

const announced = (...seqs: number[]): Announcement[] =>
  seqs.map((seq) => ({ seq, kind: "template", name: `name_${seq}` }));

/** A hub that pulled once, at 1000 ms, and knows (0, 3]. */
function pulledLog(limits: CoherenceLimits = coherence): HubLog {
  const log = new HubLog(limits);
  log.endPull(log.beginPull(1000), { since: 0, seq: 3, announcements: announced(1, 2, 3) });
  return log;
}

const seqsSince = (log: HubLog, seq: number) => log.changesSince(seq).announcements.map((each) => each.seq);

describe("a hub must ask D1", () => {
  test("before its first answer", () => {
    expect(new HubLog().mustPull(0, 0)).toBe(true);
  });

  test("when its lease is over", () => {
    expect(pulledLog().mustPull(1999, 0)).toBe(false);
    expect(pulledLog().mustPull(2000, 0)).toBe(true);
  });

  test("when a newer state is asked for than it knows", () => {
    expect(pulledLog().mustPull(1001, 3)).toBe(false);
    expect(pulledLog().mustPull(1001, 4)).toBe(true);
  });

  test("when it heard of a change, but not of the one before", () => {
    const log = pulledLog();
    log.hear(announced(5));
    expect(log.seq).toBe(3);
    expect(log.mustPull(1001, 0)).toBe(true);
  });

  test("when its clock stepped back", () => {
    const log = pulledLog();
    log.mustPull(1500, 0);
    expect(log.mustPull(1499, 0)).toBe(true);
  });

  test("when its clock stepped back while the pull was under way", () => {
    const log = new HubLog();
    const ticket = log.beginPull(9000);
    log.mustPull(1000, 0);
    log.endPull(ticket, { since: 0, seq: 3, announcements: announced(1, 2, 3) });
    expect(log.mustPull(9001, 0)).toBe(true);
    expect(log.seq).toBe(3);
  });

  test("and its lease counts from when the pull was sent", () => {
    const log = new HubLog();
    const ticket = log.beginPull(1000);
    log.mustPull(1900, 0);
    log.endPull(ticket, { since: 0, seq: 0, announcements: [] });
    expect(log.mustPull(2000, 0)).toBe(true);
  });
});

describe("a broadcast", () => {
  test("that follows on what is known is taken over", () => {
    const log = pulledLog();
    log.hear(announced(4));
    expect(seqsSince(log, 2)).toEqual([3, 4]);
    expect(log.mustPull(1001, 0)).toBe(false);
  });

  test("that comes twice, or mixed up in one message, counts once and in order", () => {
    const log = pulledLog();
    log.hear(announced(5, 4, 4, 2));
    log.hear(announced(4));
    expect(seqsSince(log, 0)).toEqual([1, 2, 3, 4, 5]);
  });

  test("that overtook a pull is not told twice", () => {
    const log = pulledLog();
    const ticket = log.beginPull(1500);
    log.hear(announced(4));
    log.endPull(ticket, { since: 3, seq: 5, announcements: announced(4, 5) });
    expect(seqsSince(log, 3)).toEqual([4, 5]);
  });
});

describe("a sync's answer", () => {
  test("tells everything after what was asked", () => {
    expect(pulledLog().changesSince(1)).toEqual({ since: 1, seq: 3, announcements: announced(2, 3) });
  });

  test("to an isolate that is further than the hub says so", () => {
    expect(pulledLog().changesSince(9)).toEqual({ since: 3, seq: 3, announcements: [] });
  });

  test("carries the newest when there are too many, and says since when", () => {
    const log = pulledLog({ ...coherence, changesPerSync: 2 });
    expect(log.changesSince(0)).toEqual({ since: 1, seq: 3, announcements: announced(2, 3) });
  });

  test("does not claim what the hub has forgotten", () => {
    const log = new HubLog({ ...coherence, hubMemory: 2 });
    log.endPull(log.beginPull(0), { since: 0, seq: 3, announcements: announced(1, 2, 3) });
    expect(log.changesSince(0)).toEqual({ since: 1, seq: 3, announcements: announced(2, 3) });
  });

  test("does not claim what a pull had to leave out", () => {
    const log = pulledLog();
    log.endPull(log.beginPull(2000), { since: 10, seq: 12, announcements: announced(11, 12) });
    expect(log.changesSince(3)).toEqual({ since: 10, seq: 12, announcements: announced(11, 12) });
  });
});
