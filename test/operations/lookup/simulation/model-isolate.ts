import type { Failure } from "../../../../src/contract/failure.ts";
import { coherence } from "../../../../src/domain/lookup/coherence-limits.ts";
import type { Result } from "../../../../src/domain/result.ts";
import type { FoundIndex, IndexSources } from "../../../../src/operations/lookup/find-index.ts";
import { type LookupMemory, nameKey } from "../../../../src/operations/lookup/lookup-memory.ts";
import type { Synced } from "./model-hub.ts";
import type { ProtocolParts } from "./protocol-parts.ts";
import type { ClockReader } from "./unsteady-clock.ts";

/** What an isolate reaches; `changesSince` tries the region's hub, then D1, as the Worker's wiring does. */
export interface IsolateSources extends Pick<IndexSources, "indexFromKv" | "indexFromD1"> {
  changesSince(seq: number, minSeq: number): Promise<Synced>;
}

interface IsolateNeeds {
  label: string;
  clock: ClockReader;
  trueNow: () => number;
  sources: IsolateSources;
  parts: ProtocolParts;
  memoryBytes: number;
}

/** One isolate between two restarts: the real memory, view and lookup, on a clock of its own. */
export class ModelIsolate {
  readonly label: string;
  /** The newest revision of each name that was answered: what is answered later must not be older. */
  readonly answered = new Map<string, number>();
  /** The revisions of each name that a caller of this isolate published. */
  readonly noted = new Map<string, number>();
  readonly #needs: IsolateNeeds;
  readonly #memory: LookupMemory;
  readonly #syncs: { at: number; unseenMs: number }[] = [];

  constructor(needs: IsolateNeeds) {
    this.label = needs.label;
    this.#needs = needs;
    const { parts, clock } = needs;
    this.#memory = parts.makeMemory(
      needs.memoryBytes,
      parts.makeView(parts.limits, () => clock.read()),
    );
  }

  lookUp(name: string, minSeq: number): Promise<Result<FoundIndex, Failure>> {
    const { parts, clock, sources } = this.#needs;
    return parts.findIndex(
      {
        memory: this.#memory,
        sources: {
          ...sources,
          changesSince: async (seq, least) => {
            const synced = await sources.changesSince(seq, least);
            this.#syncs.push({ at: this.#needs.trueNow(), unseenMs: synced.unseenMs });
            return synced.changes;
          },
        },
        now: () => clock.read(),
        later: () => undefined,
        staleIfErrorMs: 3_600_000,
      },
      "template",
      name,
      minSeq,
    );
  }

  noteChange(name: string, seq: number, revision: number): void {
    this.#memory.noteChange(nameKey("template", name), seq);
    this.noted.set(name, Math.max(this.noted.get(name) ?? 0, revision));
  }

  /** By how much steps that no reading showed, here and at the hubs, may have lengthened the bound for an answer given now. */
  unseenMs(): number {
    const own = this.#needs.clock.unseenMs(coherence.answerMs);
    const since = this.#needs.trueNow() - coherence.answerMs - own;
    return own + Math.max(0, ...this.#syncs.filter((sync) => sync.at >= since).map((sync) => sync.unseenMs));
  }
}
