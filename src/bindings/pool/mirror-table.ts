import { z } from "zod";
import { progress } from "../../contract/run/progress.ts";
import { attempt, runnerOfRun } from "../../contract/run/run.ts";
import { jsonColumn } from "../d1/run/run-row.ts";
import type { AttemptOfRun, RunMirror } from "../d1/run/run-transitions.ts";

const runMirror = z.object({
  run_id: z.string(),
  state: z.enum(["queued", "leased", "running"]),
  state_since: z.string(),
  attempt: z.number(),
  fence: z.number(),
  runner: runnerOfRun.nullable(),
  started_at: z.string().nullable(),
  progress: progress.nullable(),
}) satisfies z.ZodType<RunMirror>;
const attemptOfRun = z.object({ ...attempt.shape, run_id: z.string() }) satisfies z.ZodType<AttemptOfRun>;

const toldRun = z.object({ seq: z.number(), json: jsonColumn(runMirror) });
const toldAttempt = z.object({ seq: z.number(), json: jsonColumn(attemptOfRun) });

/** What D1 is about to be told. `seq`: the newest of it; what is noted later stays. */
export interface MirrorPage {
  runs: RunMirror[];
  attempts: AttemptOfRun[];
  seq: number;
}

/** What D1 has still to be told, on disk: of each run and each attempt the newest word only. */
export class MirrorTable {
  readonly #sql: SqlStorage;
  #seq: number;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    const newest = "SELECT MAX(seq) AS seq FROM (SELECT seq FROM told_run UNION ALL SELECT seq FROM told_attempt)";
    this.#seq = z.object({ seq: z.number().nullable() }).parse(sql.exec(newest).one()).seq ?? 0;
  }

  noteRun(run: RunMirror): void {
    this.#seq += 1;
    const values = [run.run_id, this.#seq, JSON.stringify(run)];
    this.#sql.exec("INSERT OR REPLACE INTO told_run (run_id, seq, json) VALUES (?, ?, ?)", ...values);
  }

  noteAttempt(ofRun: AttemptOfRun): void {
    this.#seq += 1;
    const values = [ofRun.run_id, ofRun.fence, this.#seq, JSON.stringify(ofRun)];
    this.#sql.exec("INSERT OR REPLACE INTO told_attempt (run_id, fence, seq, json) VALUES (?, ?, ?, ?)", ...values);
  }

  isEmpty(): boolean {
    const row = this.#sql
      .exec("SELECT EXISTS (SELECT 1 FROM told_run) OR EXISTS (SELECT 1 FROM told_attempt) AS owed")
      .one();
    return z.object({ owed: z.number() }).parse(row).owed === 0;
  }

  /** The next to tell, at most so many runs and so many attempts. */
  page(most: number): MirrorPage {
    const runs = z.array(toldRun).parse(this.#sql.exec("SELECT seq, json FROM told_run LIMIT ?", most).toArray());
    const attempts = z
      .array(toldAttempt)
      .parse(this.#sql.exec("SELECT seq, json FROM told_attempt LIMIT ?", most).toArray());
    return { runs: runs.map((row) => row.json), attempts: attempts.map((row) => row.json), seq: this.#seq };
  }

  /** D1 was told of a page. What was noted of the same runs and attempts since then stays. */
  removeTold(page: MirrorPage): void {
    for (const run of page.runs)
      this.#sql.exec("DELETE FROM told_run WHERE run_id = ? AND seq <= ?", run.run_id, page.seq);
    for (const { run_id: runId, fence } of page.attempts) {
      this.#sql.exec("DELETE FROM told_attempt WHERE run_id = ? AND fence = ? AND seq <= ?", runId, fence, page.seq);
    }
  }

  /** Attempts of a run of which D1 has not been told, oldest first. */
  attemptsOf(runId: string): AttemptOfRun[] {
    const rows = this.#sql.exec("SELECT seq, json FROM told_attempt WHERE run_id = ? ORDER BY fence", runId);
    return z
      .array(toldAttempt)
      .parse(rows.toArray())
      .map((row) => row.json);
  }

  /** The run has ended in D1, and these attempts were told with that: nothing is left to tell of it but later ones. */
  forgetRun(runId: string, toldUpToFence: number): void {
    this.#sql.exec("DELETE FROM told_run WHERE run_id = ?", runId);
    this.#sql.exec("DELETE FROM told_attempt WHERE run_id = ? AND fence <= ?", runId, toldUpToFence);
  }
}
