import fc from "fast-check";

/** What may go wrong in one schedule, and how often; `seed` decides when. Probabilities are of each call or message. */
export interface Weather {
  seed: number;
  regions: number;
  isolates: number;
  names: number;
  /** Mean pause between two commits of the busiest name; each further name is three times as quiet. */
  publishEveryMs: number;
  /** Publishes whose caller goes on to read: these make hubs and isolates newer, so that leases matter most where there are none. */
  ownReads: number;
  broadcastLoss: number;
  /** Calls that take up to 1.5 s instead of some milliseconds. */
  slowness: number;
  /** Calls to the region's own hub are never slow. */
  nearHubs: boolean;
  callLoss: number;
  /** KV reads that answer something older than the newest value, or nothing. */
  kvLag: number;
  clockSteps: boolean;
  restarts: boolean;
  outages: boolean;
  /** Hubs and isolates remember only a handful of announcements. */
  shortLogs: boolean;
  /** An isolate holds one index, and must forget the others. */
  smallMemory: boolean;
}

const sometimes = fc.constantFrom(false, false, true);

const variedWeather: fc.Arbitrary<Weather> = fc.record({
  seed: fc.nat(),
  regions: fc.integer({ min: 1, max: 3 }),
  isolates: fc.integer({ min: 1, max: 4 }),
  names: fc.integer({ min: 1, max: 4 }),
  publishEveryMs: fc.constantFrom(4000, 1500, 600, 200),
  ownReads: fc.constantFrom(0, 0, 0.1, 1),
  broadcastLoss: fc.constantFrom(0, 1, 1, 0.5),
  slowness: fc.constantFrom(0, 0.05, 0.5),
  nearHubs: fc.boolean(),
  callLoss: fc.constantFrom(0, 0.03, 0.15),
  kvLag: fc.constantFrom(0, 0.3, 0.8),
  clockSteps: sometimes,
  restarts: sometimes,
  outages: sometimes,
  shortLogs: sometimes,
  smallMemory: sometimes,
});

/** Many commits that no broadcast tells, and calls that take their time: leases are all that keeps answers new. */
const tightWeather = variedWeather.map((weather) => ({
  ...weather,
  regions: 1,
  isolates: 4,
  names: 1,
  publishEveryMs: 200,
  ownReads: 0,
  broadcastLoss: 1,
  slowness: 0.5,
  outages: true,
  restarts: false,
  shortLogs: false,
  smallMemory: false,
}));

/** Any weather; fast-check shrinks towards one isolate, few commits and nothing that goes wrong. */
export const anyWeather: fc.Arbitrary<Weather> = fc.oneof({ arbitrary: variedWeather, weight: 3 }, tightWeather);

/** Whether every call of this weather is answered, and soon, so that no lookup has a reason to be refused. */
export function isCalm(weather: Weather): boolean {
  return weather.callLoss === 0 && weather.slowness === 0 && !weather.outages && !weather.restarts;
}
