import type { NameIndex } from "../../../../src/contract/artifact/name-index.ts";
import type { Random } from "./random.ts";
import type { Weather } from "./weather.ts";

/**
 * KV: the last writer wins, whatever it writes. A read may give any value of the last minute, or miss one that is there; a schedule
 * is shorter than a minute, so that is any value at all.
 */
export class ModelKv {
  readonly #random: Random;
  readonly #weather: Weather;
  readonly #written = new Map<string, NameIndex[]>();

  constructor(random: Random, weather: Weather) {
    this.#random = random;
    this.#weather = weather;
  }

  put(index: NameIndex): void {
    this.#written.set(index.name, [...(this.#written.get(index.name) ?? []), index]);
  }

  get(name: string): NameIndex | null {
    const written = this.#written.get(name) ?? [];
    if (!this.#random.chance(this.#weather.kvLag)) return written.at(-1) ?? null;
    return written.length === 0 || this.#random.chance(0.2) ? null : this.#random.pick(written);
  }
}
