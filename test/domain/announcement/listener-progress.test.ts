import fc from "fast-check";
import { expect, test } from "vitest";
import { ListenerProgress, progressFrom } from "../../../src/domain/announcement/listener-progress.ts";

test("a listener is asked after every so many changes, and what it answers covers all before", () => {
  const progress = new ListenerProgress(3, progressFrom(10));
  const asked: number[] = [];
  for (let seq = 11; seq <= 20; seq++) {
    if (!progress.noteSent(1)) continue;
    progress.noteCheck(seq);
    asked.push(seq);
  }
  expect(asked).toEqual([13, 16, 19]);
  expect([progress.unseen, progress.resumeAfter, progress.isAsked]).toEqual([10, 10, true]);
  progress.noteSeen(16);
  expect([progress.unseen, progress.resumeAfter, progress.isAsked]).toEqual([4, 16, true]);
  progress.noteSeen(19);
  expect([progress.unseen, progress.resumeAfter, progress.isAsked]).toEqual([1, 19, false]);
});

test("an answer that was given before, or to nothing, changes nothing", () => {
  const progress = new ListenerProgress(2, progressFrom(0));
  progress.noteSeen(0);
  for (const seq of [1, 2, 3, 4]) if (progress.noteSent(1)) progress.noteCheck(seq);
  progress.noteSeen(4);
  const before = progress.keep();
  progress.noteSeen(2);
  progress.noteSeen(0);
  expect(progress.keep()).toEqual(before);
});

test("whatever is sent and answered, it may resume only after what it said it has, and no later than the last check", () => {
  const act = fc.oneof(fc.constant("send" as const), fc.nat({ max: 60 }));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 7 }), fc.array(act, { maxLength: 200 }), (checkEvery, acts) => {
      let progress = new ListenerProgress(checkEvery, progressFrom(0));
      const checks: number[] = [];
      let sent = 0;
      let answered = 0;
      for (const one of acts) {
        if (one === "send") {
          sent += 1;
          if (progress.noteSent(1)) {
            progress.noteCheck(sent);
            checks.push(sent);
          }
        } else if (one <= sent) {
          progress.noteSeen(one);
          answered = Math.max(answered, one);
        }
        // As after a hibernation.
        progress = new ListenerProgress(checkEvery, structuredClone(progress.keep()));
        expect(progress.resumeAfter).toBe(checks.findLast((check) => check <= answered) ?? 0);
        expect(progress.unseen).toBe(sent - progress.resumeAfter);
        expect(sent - (checks.at(-1) ?? 0)).toBeLessThan(checkEvery);
      }
    }),
  );
});
