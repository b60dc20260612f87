import { z } from "zod";
import { type Field, field } from "../../contract/template/field.ts";
import type { Circuit } from "../../domain/dispatch/circuit-breaker.ts";
import { jsonColumn } from "../d1/run/run-row.ts";
import { createTables } from "./create-tables.ts";
import { EndedTable } from "./ended-table.ts";
import { EventTable } from "./event-table.ts";
import { JobTable } from "./job-table.ts";
import { MirrorTable } from "./mirror-table.ts";
import { RunnerTable } from "./runner-table.ts";

const openedAt = { failures: z.number(), untilMs: z.number(), openMs: z.number() };
const circuit: z.ZodType<Circuit> = z.discriminatedUnion("state", [
  z.object({ state: z.literal("closed"), failures: z.number() }),
  z.object({ state: z.literal("open"), ...openedAt }),
  z.object({ state: z.literal("half_open"), ...openedAt }),
]);
const circuitRow = z.object({ handler: z.string(), json: jsonColumn(circuit) });
const declaredOutputs = jsonColumn(z.record(z.string(), field));

/** Everything that a pool has on disk. */
export class PoolTables {
  readonly jobs: JobTable;
  readonly ended: EndedTable;
  readonly events: EventTable;
  readonly runners: RunnerTable;
  readonly mirror: MirrorTable;
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    createTables(sql);
    this.#sql = sql;
    this.jobs = new JobTable(sql);
    this.ended = new EndedTable(sql);
    this.events = new EventTable(sql);
    this.runners = new RunnerTable(sql);
    this.mirror = new MirrorTable(sql);
  }

  /** Circuits by handler; one that is not here is closed and has no failures. */
  circuits(): Map<string, Circuit> {
    const rows = z.array(circuitRow).parse(this.#sql.exec("SELECT handler, json FROM circuit").toArray());
    return new Map(rows.map((row) => [row.handler, row.json]));
  }

  saveCircuit(handler: string, now: Circuit): void {
    if (now.state === "closed" && now.failures === 0) {
      this.#sql.exec("DELETE FROM circuit WHERE handler = ?", handler);
    } else {
      this.#sql.exec("INSERT OR REPLACE INTO circuit (handler, json) VALUES (?, ?)", handler, JSON.stringify(now));
    }
  }

  /** The outputs that a document declares; null when they were not kept. */
  outputs(flattenedDigest: string): Record<string, Field> | null {
    const [row] = this.#sql.exec("SELECT json FROM outputs WHERE flattened_digest = ?", flattenedDigest).toArray();
    return row === undefined ? null : declaredOutputs.parse(row.json);
  }

  saveOutputs(flattenedDigest: string, declared: Record<string, Field>): void {
    const values = [flattenedDigest, JSON.stringify(declared)];
    this.#sql.exec("INSERT OR REPLACE INTO outputs (flattened_digest, json) VALUES (?, ?)", ...values);
  }

  /** Forgets the outputs of documents of which no job is left. */
  removeUnusedOutputs(): void {
    this.#sql.exec("DELETE FROM outputs WHERE flattened_digest NOT IN (SELECT flattened_digest FROM job)");
  }

  /** The pool's own name, once it is known. */
  name(): string | null {
    const [row] = this.#sql.exec("SELECT value FROM own WHERE key = 'name'").toArray();
    return row === undefined ? null : z.string().parse(row.value);
  }

  saveName(name: string): void {
    this.#sql.exec("INSERT OR REPLACE INTO own (key, value) VALUES ('name', ?)", name);
  }
}
