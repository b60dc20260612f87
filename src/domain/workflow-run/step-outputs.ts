import { limits } from "../../contract/limits.ts";
import type { JsonMap } from "../document/json-value.ts";
import { type Result, refusal, success } from "../result.ts";

/** Outputs of a run's steps, by their entities. Small ones stay in memory as long as there is room; all others are loaded when they are read. */
export class StepOutputs {
  readonly #load: (entity: string) => Promise<JsonMap>;
  /** The one that was not read for longest comes first. */
  readonly #kept = new Map<string, { outputs: JsonMap; bytes: number }>();
  #bytes = 0;

  constructor(load: (entity: string) => Promise<JsonMap>) {
    this.#load = load;
  }

  /** Keeps what a step gave; null when it is large. */
  keep(entity: string, outputs: JsonMap | null): void {
    if (outputs === null || this.#kept.has(entity)) return;
    const bytes = sizeOf(outputs);
    this.#kept.set(entity, { outputs, bytes });
    this.#bytes += bytes;
    for (const [oldest, { bytes: freed }] of this.#kept) {
      if (this.#bytes <= mostKeptBytes) break;
      this.#kept.delete(oldest);
      this.#bytes -= freed;
    }
  }

  /** Data of entities, together at most `limits.expressionReadBytes` as JSON; refused with what is too much. */
  async fetch(entities: ReadonlySet<string>): Promise<Result<Map<string, JsonMap>, string>> {
    const found = new Map<string, JsonMap>();
    const missing: string[] = [];
    let bytes = 0;
    for (const entity of entities) {
      const kept = this.#kept.get(entity);
      if (kept === undefined) {
        missing.push(entity);
        continue;
      }
      this.#kept.delete(entity);
      this.#kept.set(entity, kept);
      found.set(entity, kept.outputs);
      bytes += kept.bytes;
    }
    for (let at = 0; at < missing.length && bytes <= limits.expressionReadBytes; at += loadsAtOnce) {
      const some = missing.slice(at, at + loadsAtOnce);
      const loaded = await Promise.all(some.map(async (entity) => [entity, await this.#load(entity)] as const));
      for (const [entity, outputs] of loaded) {
        found.set(entity, outputs);
        bytes += sizeOf(outputs);
      }
    }
    if (bytes <= limits.expressionReadBytes) return success(found);
    const most = limits.expressionReadBytes / 1024 / 1024;
    return refusal(`the outputs that it reads have more than ${most} MiB together; read parts of them`);
  }
}

function sizeOf(outputs: JsonMap): number {
  return JSON.stringify(outputs).length;
}

const mostKeptBytes = 8 * 1024 * 1024;
// A Worker has six connections at a time.
const loadsAtOnce = 6;
