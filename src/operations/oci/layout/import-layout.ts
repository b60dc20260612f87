import { loadName } from "../../../bindings/d1/artifact/load-name.ts";
import type { Failure } from "../../../contract/failure.ts";
import type { ImportAnswer, ImportResult } from "../../../contract/http/layout.ts";
import { importLane } from "../../../domain/oci/import-lane.ts";
import { type ImportStep, planImport } from "../../../domain/oci/plan-import.ts";
import { type Result, success } from "../../../domain/result.ts";
import { runInOrder } from "../../template/run-in-order.ts";
import { type ImportNeeds, ManifestImport, type Outcome, rejected, unchanged } from "./import-manifest.ts";
import { readLayout } from "./read-layout.ts";

/**
 * Takes in an image layout: first all of it is read, then its manifests are pushed, each by the way that any push goes. What is refused is
 * told and the rest goes on. Again is the same as once.
 */
export async function importLayout(
  needs: ImportNeeds,
  archive: ReadableStream,
  { repository, by }: { repository: string | null; by: string },
): Promise<Result<ImportAnswer, Failure>> {
  const read = await readLayout(needs.blobs, archive);
  if (!read.ok) return read;
  const { entries, blobs } = read.value;
  const { steps, homeless } = planImport(entries, repository);
  const manifests = new ManifestImport(needs, read.value, by);
  const results: ImportResult[] = homeless.map(({ digest }) => ({
    what: "manifest",
    repository: null,
    version: null,
    tags: [],
    digest,
    ...rejected(
      "NAME_INVALID",
      `${digest} does not say where it goes; name a repository (?repository=; of the CLI, --repository)`,
    ),
  }));
  results.push(...(await carryOutAll(steps, (step) => carryOut(needs, manifests, step, by))));
  const count = (status: ImportResult["status"]) => results.filter((result) => result.status === status).length;
  return success({
    results,
    counts: { created: count("created"), unchanged: count("unchanged"), rejected: count("rejected") },
    blobs: blobs.size,
  });
}

/** Lanes side by side, each in its order; the results in the order of the steps. An outage ends all. */
async function carryOutAll(
  steps: readonly ImportStep[],
  carryOut: (step: ImportStep) => Promise<ImportResult>,
): Promise<ImportResult[]> {
  const done: ImportResult[][] = steps.map(() => []);
  const failed: unknown[] = [];
  const lanes = [...new Set(steps.map(({ place }) => importLane(place.repository)))];
  const pieces = steps.map((step, at) => ({
    writes: [importLane(step.place.repository)],
    // A workflow keeps who answered to its skills: it finds those that it found then.
    reads: step.what === "version" && step.typed.kind === "workflow" ? lanes : [],
    run: async () => {
      if (failed.length > 0) return;
      const result = await carryOut(step).catch((error: unknown) => void failed.push(error));
      if (result) done[at]?.push(result);
    },
  }));
  await runInOrder(pieces, stepsAtOnce);
  if (failed.length > 0) throw failed[0];
  return done.flat();
}

/** A Worker holds six connections at a time; more would wait. */
const stepsAtOnce = 6;

async function carryOut(
  needs: ImportNeeds,
  manifests: ManifestImport,
  step: ImportStep,
  by: string,
): Promise<ImportResult> {
  const { what, place } = step;
  const { repository, digest } = place;
  const of = { what, repository, digest, version: "version" in step ? step.version : null };
  switch (step.what) {
    case "version":
      return { ...of, tags: step.tags, ...(await publishVersion(needs, manifests, step)) };
    case "state":
      return { ...of, tags: [], ...(await setState(needs, step, by)) };
    case "manifest":
      return { ...of, tags: step.tags, ...(await manifests.put(place, step.tags)) };
  }
}

async function publishVersion(
  { db }: ImportNeeds,
  manifests: ManifestImport,
  { typed, place, version, tags }: Extract<ImportStep, { what: "version" }>,
): Promise<Outcome> {
  const { state } = await loadName(db, typed.kind, typed.name);
  const entry = state.versions.find((one) => one.version === version);
  const moved = tags.filter((tag) => !Object.hasOwn(state.tags, tag) || state.tags[tag] !== version);
  if (entry?.manifest_digest === place.digest && moved.length === 0) return unchanged;
  // Tags that it has already are not set again: of a yanked version they could not be.
  return manifests.publish(place, version, moved);
}

async function setState(
  { registrars, noteChange }: ImportNeeds,
  { typed, version, state }: Extract<ImportStep, { what: "state" }>,
  by: string,
): Promise<Outcome> {
  const { kind, name } = typed;
  const { set: _, ...wanted } = state;
  const done = await registrars(kind, name).setState({ kind, name, version, ...wanted }, by);
  if (!done.ok) return rejected(done.failure.code, done.failure.message);
  noteChange(kind, name, done.value.seq);
  return { status: done.value.changed ? "created" : "unchanged", code: null, message: null };
}
