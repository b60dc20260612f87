import { z } from "zod";
import { limits } from "../limits.ts";

/** Name of a repository (OCI Distribution 1.1, "Pulling manifests"). */
export const repositoryName = z
  .string()
  .max(limits.repositoryLength, `a repository's name has at most ${limits.repositoryLength} characters`)
  .regex(
    /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/,
    "a repository's name is made of components of a-z, 0-9 and single . _ - between them, joined by /",
  );

/** A tag (OCI Distribution 1.1, "Pulling manifests"). Tags of artifacts follow `tagName` besides. */
export const ociTag = z
  .string()
  .regex(
    /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/,
    "a tag starts with a letter, digit or _ and goes on with letters, digits, . _ - (128 at most)",
  );
