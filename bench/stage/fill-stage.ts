import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../scripts/local/repository-root.ts";
import type { Stage } from "./open-stage.ts";

/** The document that all seeded templates are copies of: a shipped one of middle size. */
export const seedDocument = readFileSync(join(repositoryRoot, "templates", "image_generation_v1.yaml"), "utf8");

const perCall = 250;

/** Fills the storage with the names from `from` up to `to`. */
export async function fillStage(stage: Stage, from: number, to: number): Promise<void> {
  for (let at = from; at < to; at += perCall) {
    const url = `${stage.seeder}/?from=${at}&to=${Math.min(to, at + perCall)}`;
    const response = await fetch(url, { method: "POST", body: seedDocument });
    if (!response.ok) throw new Error(`seeding failed: ${response.status} ${await response.text()}`);
    await response.text();
  }
}
