import { type Asked, judge, oldestMissedMs } from "./judge.ts";
import { revisionOf } from "./model-database.ts";
import { ModelRegistry } from "./model-registry.ts";
import { type ProtocolParts, realParts } from "./protocol-parts.ts";
import { Random } from "./random.ts";
import { VirtualTime } from "./virtual-time.ts";
import { isCalm, type Weather } from "./weather.ts";

/** How long a schedule goes on asking; what is under way then is still finished. */
const scheduleMs = 20_000;

/** What one schedule showed. */
export interface Report {
  violations: string[];
  answers: number;
  /** For each answer that was not marked stale: how long ago the oldest commit that it misses was made; 0 for none. */
  missedMs: number[];
  trace: string[];
}

/** Plays one schedule against the protocol's code. The same weather plays the same schedule, event by event. */
export async function simulate(
  weather: Weather,
  parts: ProtocolParts = realParts,
  { isTraced = false } = {},
): Promise<Report> {
  const time = new VirtualTime();
  const random = new Random(weather.seed);
  const registry = new ModelRegistry(time, weather, parts, random);
  const { database, isolates, hubs, clocks } = registry;
  const names = Array.from({ length: weather.names }, (_, place) => `name_${place}`);
  const report: Report = { violations: [], answers: 0, missedMs: [], trace: [] };
  const note = (tell: () => string) => {
    if (isTraced) report.trace.push(`${String(time.now).padStart(6)}  ${tell()}`);
  };
  const goesOn = () => time.now < scheduleMs;

  async function lookUp(place: number, name: string, minSeq: number): Promise<void> {
    const isolate = isolates[place];
    if (isolate === undefined) return;
    const asked: Asked = {
      isolate,
      name,
      minSeq,
      headSeq: database.headSeq,
      notedRevision: isolate.noted.get(name) ?? 0,
    };
    const askedAt = time.now;
    const found = await isolate.lookUp(name, minSeq);
    // What a dead isolate says reaches nobody.
    if (isolates[place] !== isolate) return;
    const what = `${isolate.label} ${name}${minSeq > 0 ? ` min-seq ${minSeq}` : ""}, asked at ${askedAt}`;
    const wrong = judge(database, asked, found, time.now, isCalm(weather));
    report.answers += 1;
    if (found.ok) {
      const { tier, seq, staleSeconds, remembered } = found.value;
      const revision = revisionOf(remembered.index);
      if (staleSeconds === null) report.missedMs.push(oldestMissedMs(database, name, revision, time.now));
      note(() => `${what}: revision ${revision}, seq ${seq}, from ${tier}${staleSeconds === null ? "" : ", stale"}`);
    } else note(() => `${what}: ${found.failure.code}`);
    for (const problem of wrong) {
      report.violations.push(`at ${time.now} ms ${what}: ${problem}`);
      note(() => `WRONG: ${problem}`);
    }
  }

  async function publish(name: string, dice: Random): Promise<void> {
    const caller = dice.between(0, isolates.length - 1);
    const isolate = isolates[caller];
    const commit = await registry.publish(name);
    if (commit === null) return;
    note(() => `${name} revision ${commit.revision} acknowledged, seq ${commit.seq}, committed at ${commit.at}`);
    // Else the caller is elsewhere on earth, and nobody here hears of it.
    if (!dice.chance(weather.ownReads)) return;
    note(() => `its caller is at ${isolate?.label}`);
    isolate?.noteChange(name, commit.seq, commit.revision);
    void lookUp(caller, name, 0);
    void lookUp(dice.between(0, isolates.length - 1), name, commit.seq);
  }

  async function publisher(name: string, meanPauseMs: number): Promise<void> {
    const dice = random.fork(`publisher ${name}`);
    while (goesOn()) {
      await time.sleep(dice.between(1, 2 * meanPauseMs));
      void publish(name, dice);
    }
  }

  async function reader(place: number): Promise<void> {
    const dice = random.fork(`reader ${place}`);
    while (goesOn()) {
      await time.sleep(dice.between(1, dice.pick(readerPausesMs)));
      for (let asks = dice.pick([1, 1, 2, 3]); asks > 0; asks--) {
        const minSeq = dice.chance(weather.ownReads / 4) ? Math.max(0, database.headSeq + dice.between(-2, 1)) : 0;
        void lookUp(place, dice.pick(names), minSeq);
      }
    }
  }

  /** Something that happens now and then, all schedule long. */
  async function disturb(concern: string, meanPauseMs: number, act: (dice: Random) => unknown): Promise<void> {
    const dice = random.fork(concern);
    while (goesOn()) {
      await time.sleep(dice.between(1, 2 * meanPauseMs));
      await act(dice);
    }
  }

  async function outage(targets: { isUp: boolean }[], what: string, dice: Random): Promise<void> {
    for (const target of targets) target.isUp = false;
    note(() => `${what} is down`);
    await time.sleep(dice.between(100, 7000));
    for (const target of targets) target.isUp = true;
    note(() => `${what} is up again`);
  }

  for (const [place, name] of names.entries()) void publisher(name, weather.publishEveryMs * 3 ** place);
  for (const place of isolates.keys()) void reader(place);
  if (weather.clockSteps) {
    void disturb("clock steps", 500, (dice) => {
      const stepMs = dice.between(1, dice.pick([50, 1000, 10_000])) * dice.pick([-1, 1]);
      const place = dice.between(0, clocks.length - 1);
      clocks[place]?.step(stepMs);
      note(() => `clock ${place} steps by ${stepMs} ms (hubs come first)`);
    });
  }
  if (weather.restarts) {
    void disturb("isolate restarts", 4000, (dice) => registry.restartIsolate(dice.between(0, isolates.length - 1)));
    void disturb("hub restarts", 4000, (dice) => dice.pick(hubs).restart());
  }
  if (weather.outages) {
    void disturb("D1 outages", 6000, (dice) => outage([database], "D1", dice));
    for (const [place, hub] of hubs.entries()) {
      // The hub alone, or all the region's ways out: others go on publishing then, and leases are all that its isolates have.
      void disturb(`hub ${place} outages`, 6000, (dice) =>
        outage(dice.chance(0.3) ? [hub] : [hub, hub.wayToDatabase], `hub ${place}`, dice),
      );
    }
  }
  await time.run();
  return report;
}

/** A burst, steady use, and silences in which leases end. */
const readerPausesMs = [30, 300, 1500, 4000, 8000] as const;
