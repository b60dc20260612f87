import { setTimeout as pause } from "node:timers/promises";
import { isWhole, type LookupOutcome, lookUp } from "./registry-calls.ts";

/** What has been published of one name so far: its patch numbers are dense, from 0. */
export interface Published {
  name: string;
  /** By patch number: what the publisher was answered; undefined while it is on its way. */
  versions: { digest: string; seq: number; acknowledgedAt: number }[];
}

/** What all clients of a run found. */
export interface Watched {
  latenciesMs: number[];
  wrong: string[];
}

/** One client: asks one after the other, at a steady rate. */
export interface WatchingClient {
  /** Asked in turn; one of them means that answers must be monotonic over all of them, by `Callsheet-Min-Seq`. */
  urls: readonly string[];
  /** What to ask for: the newest by a tag or by a range, or an exact version, whose publication's seq is then asked for too. */
  asks: "latest" | "range" | "exact";
  /** Which of the versions an `exact` client asks for, of so many. */
  choose: (count: number) => number;
}

const everyMs = 20;
/** The bound that src/domain/lookup/coherence-limits.ts proves. */
const boundMs = 5000;

/** Looks up until it is over, and notes every answer that is no answer, wrong, too old, or older than one before. */
export async function watchLookups(
  client: WatchingClient,
  published: Published,
  watched: Watched,
  isOver: () => boolean,
): Promise<void> {
  let newest = { patch: -1, seq: 0 };
  let turn = 0;
  let due = performance.now();
  while (!isOver()) {
    due += everyMs;
    await pause(Math.max(0, due - performance.now()));
    const patch = client.asks === "exact" ? client.choose(published.versions.length) : null;
    const asked = published.versions[patch ?? 0];
    const url = client.urls[turn++ % client.urls.length] ?? "";
    const roams = client.urls.length > 1;
    const minSeq = patch === null ? (roams ? newest.seq : 0) : (asked?.seq ?? 0);
    const reference = `${published.name}${patch === null ? (client.asks === "range" ? "@^1.0.0" : "") : `@1.0.${patch}`}`;
    const sentAt = performance.now();
    const outcome = await lookUp(url, reference, minSeq).catch((error: unknown) => noAnswer(error));
    watched.latenciesMs.push(performance.now() - sentAt);

    const answered = Number(outcome.artifact?.version.split(".")[2] ?? Number.NaN);
    const complaint = wrongIn(outcome, answered, { patch, minSeq, sentAt, published, newest });
    if (complaint !== null) watched.wrong.push(`${reference} from ${url} with min-seq ${minSeq}: ${complaint}`);
    // Seqs of one isolate are compared with each other; over several, only what was asked for holds.
    else newest = { patch: patch === null ? answered : newest.patch, seq: outcome.seq };
  }
}

function noAnswer(error: unknown): LookupOutcome {
  return { status: 0, artifact: null, seq: 0, tier: "none", text: String(error) };
}

function wrongIn(
  { status, artifact, seq, text }: LookupOutcome,
  answered: number,
  asked: {
    patch: number | null;
    minSeq: number;
    sentAt: number;
    published: Published;
    newest: { patch: number; seq: number };
  },
): string | null {
  const { patch, minSeq, sentAt, published, newest } = asked;
  if (artifact === null) return `answered ${status}: ${text}`;
  if (!isWhole(artifact)) return `the document is not that of ${artifact.version}`;
  const known = published.versions[answered];
  if (known !== undefined && known.digest !== artifact.digest)
    return `${artifact.version} has digest ${artifact.digest}`;
  // One more may be committed, its publisher's answer on the way.
  if (answered > published.versions.length) return `${artifact.version} was never published`;
  if (seq < minSeq) return `true at ${seq} only`;
  if (patch !== null) return patch === answered ? null : `answered ${artifact.version}`;
  if (seq < newest.seq) return `seq went back from ${newest.seq} to ${seq}`;
  if (answered < newest.patch) return `went back from 1.0.${newest.patch} to ${artifact.version}`;
  const next = published.versions[answered + 1];
  if (next !== undefined && next.seq <= minSeq)
    return `answered ${artifact.version}, which was replaced at ${next.seq}`;
  if (next !== undefined && sentAt - next.acknowledgedAt >= boundMs)
    return `answered ${artifact.version}, ${Math.round(sentAt - next.acknowledgedAt)} ms after it was replaced`;
  return null;
}
