import type { ChangeSocket, KeptListener } from "../../../src/bindings/durable/change-socket.ts";
import type { ListeningFilter } from "../../../src/bindings/durable/listening-filter.ts";
import { type ChangeEvent, toListener } from "../../../src/contract/announcement/change-event.ts";

import { HubListeners, lookEveryMs } from "../../../src/operations/announcement/hub-listeners.ts";
import type { Listener } from "../../../src/operations/announcement/listener.ts";
import { SendingTurns } from "../../../src/operations/announcement/sending-turns.ts";

/** So small that a few changes are many. */
const pace = { page: 5, batch: 3, checkEvery: 4, window: 8, behind: 30, remembered: 8, sendsAtOnce: 3 };

export type Act =
  | { act: "publish"; count: number }
  | { act: "broadcast" }
  | { act: "join"; share: number; wants: string; answers: boolean }
  | { act: "leave"; which: number }
  | { act: "look"; seconds: number }
  | { act: "hibernate" }
  | { act: "outage"; isDown: boolean }
  | { act: "wait"; turns: number };

/** A connection, and what went over it. */
class Line implements ChangeSocket {
  readonly after: number;
  readonly wants: string;
  readonly heard: number[] = [];
  readonly checks: number[] = [];
  readonly promised: { seq: number; heard: number }[] = [];
  kept: KeptListener | null = null;
  listener: Listener | null = null;
  closed: { code: number; reason: string } | null = null;
  hasLeft = false;
  answers: boolean;

  constructor(after: number, wants: string, answers: boolean) {
    this.after = after;
    this.wants = wants;
    this.answers = answers;
  }

  send(text: string): void {
    if (this.closed !== null || this.hasLeft) return;
    const told = toListener.parse(JSON.parse(text));
    if (told.message === "changes") this.heard.push(...told.changes.map(({ seq }) => seq));
    if (told.message === "check") this.checks.push(told.seq);
    if (told.message === "still_here") this.promised.push({ seq: told.seq, heard: this.heard.length });
  }

  close(code: number, reason: string): void {
    this.closed ??= { code, reason };
  }

  keep(listener: KeptListener): void {
    this.kept = structuredClone(listener);
  }
}

/** A real hub's listeners over a list of changes that grows, with reads that take their time, outages and hibernation. */
export class ModelListeners {
  readonly #delays: Iterator<number>;
  readonly #changes: ChangeEvent[] = [];
  readonly #lines: Line[] = [];
  readonly #filters = new Map<string, ListeningFilter>();
  #delivered: number | null = null;
  #nowMs = 1_000_000;
  #wakeAt: number | null = null;
  #isDown = false;
  #busy = 0;
  #hub: HubListeners;

  constructor(delays: Iterator<number>) {
    this.#delays = delays;
    this.#hub = this.#wake();
  }

  async carryOut(act: Act): Promise<void> {
    switch (act.act) {
      case "publish":
        for (let at = 0; at < act.count; at++) this.#publish();
        return;
      case "broadcast":
        return this.#hub.announced(this.#changes.length);
      case "join":
        return this.#join(Math.floor(this.#changes.length * act.share), act.wants, act.answers);
      case "leave": {
        const line = this.#lines[act.which % Math.max(1, this.#lines.length)];
        if (line === undefined || line.hasLeft) return;
        line.hasLeft = true;
        if (line.listener !== null) this.#hub.leave(line.listener);
        return;
      }
      case "look":
        this.#nowMs += act.seconds * 1000;
        return this.#look();
      case "hibernate":
        return this.#hibernate();
      case "outage":
        this.#isDown = act.isDown;
        return;
      case "wait":
        for (let turn = 0; turn < act.turns; turn++) await this.#turn();
    }
  }

  /** All is well again, for long enough that everybody is told everything, or sent away. */
  async settle(): Promise<void> {
    this.#isDown = false;
    for (const line of this.#lines) line.answers = true;
    for (let round = 0; round < 40; round++) {
      await this.#rest();
      this.#nowMs += lookEveryMs;
      this.#look();
    }
    await this.#rest();
  }

  wrong(): string[] {
    return this.#lines.flatMap((line, at) => this.#wrongOf(line).map((wrong) => `listener ${at}: ${wrong}`));
  }

  #wrongOf(line: Line): string[] {
    const wanted = this.#changes.filter((change) => change.seq > line.after && isWanted(line.wants, change));
    const isWhole = !line.hasLeft && line.closed === null;
    const expected = isWhole ? wanted : wanted.slice(0, line.heard.length);
    const wrong: string[] = [];
    if (JSON.stringify(line.heard) !== JSON.stringify(expected.map(({ seq }) => seq)))
      wrong.push(`heard ${line.heard.length} of ${expected.length}, or others`);
    for (const { seq, heard } of line.promised) {
      const first = wanted[heard]?.seq ?? Number.POSITIVE_INFINITY;
      if (first <= seq) wrong.push(`was told that nothing up to ${seq} is left, but ${first} was`);
    }
    if (line.closed !== null) {
      const after = Number(line.closed.reason.replace("resume with after=", ""));
      const next = wanted[line.heard.length]?.seq ?? Number.POSITIVE_INFINITY;
      if (line.closed.code !== 1013 || !(after >= line.after && after < next))
        wrong.push(`was closed: ${line.closed.reason}`);
    }
    return wrong;
  }

  #publish(): void {
    const seq = this.#changes.length + 1;
    const name = seq % 2 === 0 ? "even" : "odd";
    this.#changes.push({
      ...{ seq, type: "version.published", kind: "template", name, version: "1.0.0" },
      ...{ at: "2027-01-01T00:00:00Z", by: "model", digest: null, tags: [], reason: null },
    });
  }

  #join(after: number, wants: string, answers: boolean): void {
    const line = new Line(after, wants, answers);
    this.#lines.push(line);
    const filter = { types: null, names: [wants], allowed: ["*"], as: "messages" as const };
    line.listener = this.#hub.join(line, { filter, after, until: null });
  }

  /** Where nothing is under way, memory may go; the sockets stay. */
  async #hibernate(): Promise<void> {
    await this.#rest();
    this.#hub = this.#wake();
  }

  #wake(): HubListeners {
    const hub = new HubListeners({
      sockets: {
        keepFilter: (key, filter) => void this.#filters.set(key, filter),
        dropFilter: (key) => void this.#filters.delete(key),
        filters: () => this.#filters,
        delivered: () => this.#delivered,
        keepDelivered: (seq) => {
          this.#delivered = seq;
        },
      },
      list: (after, most) => this.#list(after, most),
      fail: () => undefined,
      now: () => this.#nowMs,
      turns: new SendingTurns(pace.sendsAtOnce, () => this.#pause()),
      pace,
      wakeAt: (ms) => {
        this.#wakeAt = ms;
      },
    });
    for (const line of this.#lines) {
      if (line.hasLeft || line.closed !== null || line.kept === null) continue;
      line.listener = hub.restore(line, line.kept);
    }
    hub.endRestore();
    return hub;
  }

  async #list(after: number, most: number): Promise<ChangeEvent[]> {
    // What a read sees is decided somewhere between its being asked and its being answered.
    await this.#pause();
    if (this.#isDown) throw new Error("no D1");
    const page = this.#changes.slice(after, after + most);
    await this.#pause();
    return page;
  }

  async #pause(): Promise<void> {
    this.#busy += 1;
    const turns = this.#delays.next().value ?? 0;
    for (let turn = 0; turn <= turns; turn++) await nextTurn();
    this.#busy -= 1;
  }

  #look(): void {
    if (this.#wakeAt === null || this.#wakeAt > this.#nowMs) return;
    this.#wakeAt = null;
    this.#hub.look();
  }

  async #turn(): Promise<void> {
    await nextTurn();
    for (const line of this.#lines) {
      const seq = line.checks.at(-1);
      if (!line.answers || seq === undefined || line.listener === null) continue;
      line.checks.length = 0;
      this.#hub.hear(line.listener, JSON.stringify({ message: "seen", seq }));
    }
  }

  async #rest(): Promise<void> {
    for (let idle = 0; idle < 4; idle++) {
      await this.#turn();
      if (this.#busy > 0 || this.#lines.some((line) => line.answers && line.checks.length > 0)) idle = 0;
    }
  }
}

function isWanted(wants: string, { name }: ChangeEvent): boolean {
  return wants === "*" || wants === `templates/${name}`;
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
