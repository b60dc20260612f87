import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { D1Database } from "@cloudflare/workers-types";
import type { DockerRegistry } from "../peers/docker-registry.ts";
import { type PushedArtifact, pushArtifact, type RegistrySide } from "./push-artifact.ts";

const tagged = "tagged";

/** Repositories by their rows: pushing ten thousand would take minutes and change nothing of what a list reads. */
export async function seedOwnNames(db: D1Database, from: number, to: number): Promise<void> {
  await db
    .prepare(
      `WITH RECURSIVE n(i) AS (SELECT ?1 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?2)
       INSERT INTO oci_repository (repository, created_at) SELECT printf('bulk/%06d', i), '2026-01-01T00:00:00.000Z' FROM n`,
    )
    .bind(from, to)
    .run();
}

/** Tags by their rows, all on one manifest that was really pushed. */
export async function seedOwnTags(db: D1Database, side: RegistrySide, from: number, to: number): Promise<void> {
  const { manifestDigest } = await firstTag(side);
  await db
    .prepare(
      `WITH RECURSIVE n(i) AS (SELECT ?1 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?2)
       INSERT INTO oci_tag (repository, tag, digest, moved_at, moved_by)
       SELECT ?3, printf('v%06d', i), ?4, '2026-01-01T00:00:00.000Z', 'bench' FROM n`,
    )
    .bind(from, to, tagged, manifestDigest)
    .run();
}

/** As docker-registry lays repositories out: a folder with `_manifests` is one. */
export function seedDockerNames(repositories: string, from: number, to: number): void {
  for (let at = from; at < to; at++) {
    for (const part of ["_layers", "_manifests/revisions", "_manifests/tags", "_uploads"]) {
      mkdirSync(join(repositories, "bulk", String(at).padStart(6, "0"), part), { recursive: true });
    }
  }
}

export async function seedDockerTags(docker: DockerRegistry, from: number, to: number): Promise<void> {
  const { manifestDigest } = await firstTag({ name: "docker-registry", url: docker.url, headers: {} });
  for (let at = from; at < to; at++) {
    const folder = join(docker.repositories, tagged, "_manifests/tags", `v${String(at).padStart(6, "0")}`);
    mkdirSync(join(folder, "current"), { recursive: true });
    writeFileSync(join(folder, "current/link"), manifestDigest);
  }
}

function firstTag(side: RegistrySide): Promise<PushedArtifact> {
  return pushArtifact(side, tagged, "first", 64);
}
