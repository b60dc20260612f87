import pc from "picocolors";
import { describe, expect, test } from "vitest";
import { watchedRun } from "../../../src/cli/runs/watched-run.ts";
import { openTerminal } from "../../../src/cli/terminal/open-terminal.ts";
import { renderEnd } from "../../../src/cli/terminal/render-end.ts";
import { renderFailure } from "../../../src/cli/terminal/render-failure.ts";
import { renderReplay } from "../../../src/cli/terminal/render-replay.ts";
import { renderRun } from "../../../src/cli/terminal/render-run.ts";
import { renderWaiting } from "../../../src/cli/terminal/render-waiting.ts";
import { renderWatch } from "../../../src/cli/terminal/render-watch.ts";
import { showBytes, showMemory } from "../../../src/cli/terminal/show-size.ts";
import { showAge, showSeconds } from "../../../src/cli/terminal/show-time.ts";
import { aFailure, aRun, at } from "../runs/a-run.ts";

const colors = pc.createColors(false);
const terminal = openTerminal({ json: false, color: false, quiet: false }, {});
const nowMs = Date.parse(at(10));
const look = { colors, width: 80, elapsedSeconds: 10, isAway: false };
const progress = {
  percent: 64.4,
  stage: "execute",
  fraction: 0.5,
  message: "step 32 of 50",
  eta_seconds: 11.2,
  preview: null,
  at: at(3),
};
const entity = "0199b2c4-8d6e-7c3a-9f10-2a6b1c0d4e5f";
const digest = `sha256:${"ab".repeat(32)}`;

describe("a run under way", () => {
  test("shows state, attempt, runner, how far it is, and what it says", () => {
    const lines = renderWatch(watchedRun(aRun("running", { attempt: 2, progress })), look);
    expect(lines[0]).toBe("running  image_resize 1.0.0  1c0d4e5f  attempt 2 of 3  gpu-box, device 0  10 s");
    expect(lines[1]).toMatch(/^ {2}━{21}─{11} {3}64 % {2}execute {2}about 12 s left$/);
    expect(lines[2]).toBe("  step 32 of 50");
  });

  test("says why it waits, and that the registry is away", () => {
    const waiting = { why: "busy", message: "2 runs are before it", position: 3, capable_runners: 1 };
    const lines = renderWatch(watchedRun(aRun("queued", { waiting })), { ...look, isAway: true });
    expect(lines).toEqual([
      "queued  image_resize 1.0.0  1c0d4e5f  10 s",
      "  2 runs are before it",
      "  the registry does not answer; trying again",
    ]);
  });

  test("never writes a line that a runner could use to move the cursor", () => {
    const bad = { ...progress, message: "\u001b[2J\nsecond line", stage: "execute" };
    for (const line of renderWatch(watchedRun(aRun("running", { progress: bad })), look)) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: what it looks for are control characters
      expect(line).not.toMatch(/[\u0000-\u001f]/);
    }
  });
});

describe("a run that ended", () => {
  test("tells its values, and where the files of each sibling are", () => {
    const outputs = [0, 1].map((output_index) => ({ entity, output_index, values: { image: digest, width: 256 } }));
    const run = aRun("succeeded");
    const saved = [{ output_index: 0, output: "image", digest, path: "out/image.png" }];
    const text = renderEnd(terminal, {
      run,
      outputs,
      declared: { image: { type: "file" } },
      saved,
      lineage: null,
      steps: null,
    });
    expect(text).toContain("succeeded  image_resize 1.0.0  in 3.0 s on gpu-box, device 0 after 2.0 s of waiting");
    expect(text).toContain(
      `output 1 of 2  @${entity}\n  image  saved as out/image.png  sha256:abababababab…\n  width  256`,
    );
    expect(text).toContain(`output 2 of 2  @${entity}\n  image  ${digest}\n  width  256`);
  });

  test("tells why it failed and what can be done", () => {
    const text = renderFailure(aFailure(3, { detail: "Traceback\n  line\n" }), colors);
    expect(text).toContain("out_of_vram (resource) in attempt 3 on gpu-box\n  no memory is left\n  Traceback");
    expect(text).toContain("raise vram_gb");
  });

  test.each(["queued", "leased", "running", "succeeded", "failed", "cancelled"] as const)(
    "or not, is told whole: %s",
    (state) => {
      const attempts = [
        {
          attempt: 1,
          fence: 1,
          runner: { id: "r", name: "gpu-box", device: null },
          leased_at: at(1),
          ended_at: at(3),
          outcome: "failed",
          failure: aFailure(1),
        },
      ];
      const text = renderRun(terminal, aRun(state, { attempts, attempt: 1, labels: { team: "vision" } }), nowMs);
      expect(text).toContain(`${state}  image_resize 1.0.0`);
      expect(text).toMatch(/labels +team=vision/);
      expect(text).toMatch(/1 +gpu-box +failed +2\.0 s +out_of_vram \(resource\): no memory is left/);
    },
  );

  test("as a replay says whether it gave the same, and where it did not", () => {
    const replay = { of: entity, outputs_equal: false, differences: [{ path: "/0/width", original: 1, replayed: 2 }] };
    expect(renderReplay(terminal, replay)).toMatch(
      /differ from those of run 1c0d4e5f in 1 place[\s\S]*\/0\/width +1 +2/,
    );
    expect(renderReplay(terminal, { ...replay, outputs_equal: true })).toContain("equal");
    expect(renderReplay(terminal, { ...replay, outputs_equal: null })).toContain("not compared");
  });
});

test("a run that waits says which requirement nobody meets", () => {
  const unmet = [
    { requirement: "vram_mb", asked: "24 GB", found: "16 GB" },
    { requirement: "model", asked: "sdxl", found: null },
  ];
  const waiting = { why: "no_capable_runner" as const, message: "nobody can do it", runners: 2, unmet };
  const text = renderWaiting(terminal, waiting, "gpu");
  expect(text).toContain("nobody can do it\n2 runners connected to pool gpu");
  expect(text).toMatch(/REQUIREMENT +ASKED +NEAREST FOUND\nvram_mb +24 GB +16 GB\nmodel +sdxl +none/);
});

test("times and sizes are told as people tell them", () => {
  expect([0.04, 9.94, 9.96, 59.4, 60, 3599, 7800, 100_000].map(showSeconds)).toEqual([
    "0.0 s",
    "9.9 s",
    "10 s",
    "59 s",
    "1 min",
    "59 min 59 s",
    "2 h 10 min",
    "1 d 3 h",
  ]);
  expect([10.2, 9, -300].map((seconds) => showAge(at(seconds), nowMs))).toEqual(["now", "1 s", "5 min"]);
  expect([0, 1023, 1500, 20_000_000].map(showBytes)).toEqual(["0 B", "1023 B", "1.5 KiB", "19 MiB"]);
  expect([512, 24_576, 1536].map(showMemory)).toEqual(["512 MB", "24 GB", "1.5 GB"]);
});
