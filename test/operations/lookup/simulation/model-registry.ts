import { announcementOf, type Commit, indexAt, ModelDatabase } from "./model-database.ts";
import { ModelHub, type Synced } from "./model-hub.ts";
import { ModelIsolate } from "./model-isolate.ts";
import { ModelKv } from "./model-kv.ts";
import { Network } from "./network.ts";
import type { ProtocolParts } from "./protocol-parts.ts";
import type { Random } from "./random.ts";
import { UnsteadyClock } from "./unsteady-clock.ts";
import type { VirtualTime } from "./virtual-time.ts";
import type { Weather } from "./weather.ts";

/** Effects that were lost are done again after this. */
const repeatMs = 5000;

/** The whole registry: one D1, one KV, hubs, and isolates in their regions, each machine with a clock of its own. */
export class ModelRegistry {
  readonly database = new ModelDatabase();
  readonly hubs: ModelHub[];
  readonly isolates: ModelIsolate[];
  readonly clocks: UnsteadyClock[] = [];
  readonly #kv: ModelKv;
  readonly #network: Network;
  readonly #random: Random;
  readonly #isolateClocks: UnsteadyClock[];
  readonly #time: VirtualTime;
  readonly #weather: Weather;
  readonly #parts: ProtocolParts;
  #births = 0;

  constructor(time: VirtualTime, weather: Weather, parts: ProtocolParts, random: Random) {
    this.#time = time;
    this.#weather = weather;
    this.#parts = weather.shortLogs ? { ...parts, limits: { ...parts.limits, ...shortLogs } } : parts;
    this.#random = random.fork("effects");
    this.#kv = new ModelKv(random.fork("kv"), weather);
    this.#network = new Network(time, random.fork("network"), weather);
    const offsets = random.fork("offsets");
    const newClock = () => {
      const clock = new UnsteadyClock(time, offsets.between(1_000_000, 2_000_000));
      this.clocks.push(clock);
      return clock;
    };
    this.hubs = Array.from({ length: weather.regions }, () => this.#newHub(newClock()));
    this.#isolateClocks = Array.from({ length: weather.isolates }, newClock);
    this.isolates = this.#isolateClocks.map((clock, place) => this.#newIsolate(clock, place));
  }

  /** Commits and tries the effects once, as a Registrar does; null when the caller never hears of it. */
  async publish(name: string): Promise<Commit | null> {
    const commit = await this.#askDatabase(alwaysUp, () => this.database.commit(name, this.#time.now)).catch(
      () => null,
    );
    if (commit === null) return null;
    this.#write(commit);
    for (const hub of this.hubs) this.#broadcast(hub, commit);
    await this.#time.sleep(this.#random.between(0, 1000));
    return commit;
  }

  restartIsolate(place: number): void {
    const clock = this.#isolateClocks[place];
    if (clock !== undefined) this.isolates[place] = this.#newIsolate(clock, place);
  }

  #newHub(clock: UnsteadyClock): ModelHub {
    const { limits } = this.#parts;
    const hub: ModelHub = new ModelHub({
      clock,
      makeLog: (reader) => this.#parts.makeHubLog(limits, () => reader.read()),
      pull: (since) => this.#askDatabase(hub.wayToDatabase, () => this.database.pull(since, limits.hubMemory)),
    });
    return hub;
  }

  #newIsolate(clock: UnsteadyClock, place: number): ModelIsolate {
    this.#births += 1;
    const hub = this.hubs[place % this.hubs.length];
    if (hub === undefined) throw new RangeError("a registry needs a region");
    return new ModelIsolate({
      label: `isolate ${place}/${this.#births}`,
      clock: clock.reader(),
      trueNow: () => this.#time.now,
      parts: this.#parts,
      // A third is for indexes, each some 1.4 KiB: one of them, or all.
      memoryBytes: this.#weather.smallMemory ? 3 * 2048 : 1024 * 1024,
      sources: {
        changesSince: (seq, minSeq) => this.#sync(hub, seq, minSeq),
        indexFromKv: (_, name) =>
          this.#network.call(
            () => true,
            () => this.#kv.get(name),
          ),
        indexFromD1: async (_, name) => {
          const index = await this.#askDatabase(hub.wayToDatabase, () => this.database.index(name));
          // The real one waits until the name is quiet for a minute; here it may also land late, over something newer.
          if (this.#random.chance(0.5)) void this.#network.travel().then(() => this.#kv.put(index));
          return index;
        },
      },
    });
  }

  async #sync(hub: ModelHub, seq: number, minSeq: number): Promise<Synced> {
    try {
      return await this.#network.call(
        () => hub.isUp,
        () => hub.changesSince(seq, minSeq),
        this.#weather.nearHubs ? 0 : this.#weather.slowness,
      );
    } catch {
      const { changesPerSync } = this.#parts.limits;
      const changes = await this.#askDatabase(hub.wayToDatabase, () => this.database.pull(seq, changesPerSync));
      return { changes, unseenMs: 0 };
    }
  }

  #askDatabase<Answer>(way: { isUp: boolean }, ask: () => Answer): Promise<Answer> {
    return this.#network.call(() => way.isUp && this.database.isUp, ask);
  }

  /** The first try writes what was committed, now or late; a lost one is repeated with what D1 has by then. */
  async #write(commit: Commit): Promise<void> {
    if (this.#random.chance(this.#weather.callLoss)) {
      await this.#time.sleep(repeatMs);
      this.#kv.put(this.database.index(commit.name));
      return;
    }
    await this.#time.sleep(this.#random.between(0, this.#random.chance(this.#weather.slowness) ? 3000 : 30));
    this.#kv.put(indexAt(commit.name, commit.revision, commit.seq));
  }

  /** To one hub: lost, late (so that others overtake it), or twice. */
  async #broadcast(hub: ModelHub, commit: Commit): Promise<void> {
    for (let copy = this.#random.chance(0.2) ? 2 : 1; copy > 0; copy--) {
      await this.#time.sleep(this.#random.between(0, this.#random.chance(this.#weather.slowness) ? 3000 : 30));
      if (!this.#random.chance(this.#weather.broadcastLoss) && hub.isUp) hub.announce([announcementOf(commit)]);
    }
  }
}

const alwaysUp = { isUp: true };

/** So small that within seconds hubs forget, isolates fall behind, and both must drop what they cannot prove. */
const shortLogs = { hubMemory: 12, changesPerSync: 6, rememberedChanges: 2 } as const;
