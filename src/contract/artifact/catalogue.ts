import { z } from "zod";
import { artifactKind } from "./kind.ts";
import { versionState } from "./name-index.ts";
import { version } from "./version.ts";

/** One name in the catalogue, described by its `latest` version (or by its highest, when no version is live). */
export const catalogueEntry = z
  .object({
    kind: artifactKind,
    name: z.string(),
    version,
    state: versionState,
    title: z.string().nullable(),
    description: z.string().nullable(),
    category: z.string().nullable(),
    author: z.string().nullable(),
    tags: z.array(z.string()),
    runtime: z.string(),
    gpu: z.boolean(),
    abstract: z.boolean(),
    published_at: z.iso.datetime(),
  })
  .meta({ id: "CatalogueEntry" });
export type CatalogueEntry = z.infer<typeof catalogueEntry>;

export const cataloguePage = z
  .object({ items: z.array(catalogueEntry), next_cursor: z.string().nullable() })
  .meta({ id: "CataloguePage" });
export type CataloguePage = z.infer<typeof cataloguePage>;
