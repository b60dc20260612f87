import { CallFailure } from "../../client/call-failure.ts";
import type { Client } from "../../client/create-client.ts";
import { type ArtifactKind, artifactKind } from "../../contract/artifact/kind.ts";
import { artifactRoutes } from "../../contract/http/artifacts.ts";
import { matchesName } from "../../domain/access/matches-name.ts";
import { repositoryOf } from "../../domain/oci/repository-kind.ts";
import { gatherCatalogue } from "../gather-catalogue.ts";
import { inTurns } from "../in-turns.ts";
import { listVersions } from "../list-versions.ts";
import type { Outcome } from "../outcome.ts";
import type { RegistryName } from "./plan-sync.ts";

const atOnce = 8;

/** What the registry has under the names of outcomes; what it has not is left out. */
export async function readKnown(client: Client, outcomes: readonly Outcome[]): Promise<RegistryName[]> {
  const names = new Map<string, { kind: ArtifactKind; name: string }>();
  for (const { kind, name } of outcomes) {
    if (kind !== null && name !== null) names.set(repositoryOf(kind, name), { kind, name });
  }
  const read = await inTurns([...names.values()], atOnce, (one) => readName(client, one));
  return read.flatMap((one) => one ?? []);
}

/** What the registry has that fits a pattern and that no outcome is about. */
export async function readSurplus(
  client: Client,
  patterns: readonly string[],
  outcomes: readonly Outcome[],
): Promise<RegistryName[]> {
  if (patterns.length === 0) return [];
  const own = new Set(
    outcomes.flatMap(({ kind, name }) => (kind === null || name === null ? [] : repositoryOf(kind, name))),
  );
  const surplus: { kind: ArtifactKind; name: string }[] = [];
  for (const kind of artifactKind.options) {
    for (const { name } of await gatherCatalogue(client, kind, {})) {
      const repository = repositoryOf(kind, name);
      if (matchesName(patterns, repository) && !own.has(repository)) surplus.push({ kind, name });
    }
  }
  const read = await inTurns(surplus, atOnce, (one) => readName(client, one));
  return read.flatMap((one) => one ?? []);
}

async function readName(
  client: Client,
  { kind, name }: { kind: ArtifactKind; name: string },
): Promise<RegistryName | null> {
  try {
    const { versions, tags } = await listVersions(client, artifactRoutes[kind], name);
    return { kind, name, versions, latest: tags.latest ?? null };
  } catch (error) {
    // A name that is new, or not even legal: its own outcome says so.
    if (error instanceof CallFailure && (error.status === 404 || error.status === 400)) return null;
    throw error;
  }
}
