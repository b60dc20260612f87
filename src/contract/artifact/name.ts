import { z } from "zod";

/** A component of an OCI repository name (OCI Distribution 1.1, "Pulling manifests"). */
const ociComponent = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;

/** Name of a template: 3 to 50 of `a-z 0-9 _`, and a legal OCI repository component. */
export const templateName = z
  .string()
  .min(3, "a template name has at least 3 characters")
  .max(50, "a template name has at most 50 characters")
  .regex(/^[a-z0-9_]+$/, "a template name is made of a-z, 0-9 and _")
  .regex(ociComponent, "a template name starts and ends with a letter or digit and has at most two _ in a row");

/** Name of a workflow or of an agent: at most 128 of `a-z 0-9`, with single `. _ -` between them. */
export const artifactName = z
  .string()
  .max(128, "a name has at most 128 characters")
  .regex(
    /^[a-z0-9]+([._-][a-z0-9]+)*$/,
    "a name is made of a-z and 0-9, with single . _ - between them, like code-generation",
  );
