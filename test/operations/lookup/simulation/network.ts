import type { Random } from "./random.ts";
import type { VirtualTime } from "./virtual-time.ts";
import type { Weather } from "./weather.ts";

/** Calls between machines: mostly milliseconds, sometimes up to 1.5 s; some are lost on the way there, some on the way back. */
export class Network {
  readonly #time: VirtualTime;
  readonly #random: Random;
  readonly #weather: Weather;

  constructor(time: VirtualTime, random: Random, weather: Weather) {
    this.#time = time;
    this.#random = random;
    this.#weather = weather;
  }

  async call<Answer>(
    isUp: () => boolean,
    act: () => Answer | Promise<Answer>,
    slowness = this.#weather.slowness,
  ): Promise<Answer> {
    await this.travel(slowness);
    if (!isUp() || this.#random.chance(this.#weather.callLoss)) {
      await this.travel(slowness);
      throw new Error("the call found nobody");
    }
    const answer = await act();
    await this.travel(slowness);
    if (this.#random.chance(this.#weather.callLoss)) throw new Error("the answer was lost");
    return answer;
  }

  travel(slowness = this.#weather.slowness): Promise<void> {
    return this.#time.sleep(
      this.#random.chance(slowness) ? this.#random.between(100, 1500) : this.#random.between(1, 20),
    );
  }
}
