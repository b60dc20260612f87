import { z } from "zod";
import { versionState } from "../artifact/name-index.ts";
import { version } from "../artifact/version.ts";
import { imageIndex } from "./manifest.ts";
import { ociTag, repositoryName } from "./name.ts";

/** The file that says that a folder or archive is an image layout (OCI Image 1.1, "Image Layout Specification"). */
export const layoutMarker = z.looseObject({ imageLayoutVersion: z.string().regex(/^1\./) });

/** What our exports tell about an entry of `index.json`, as annotations, so that an import makes the same of it. */
export const layoutKeys = {
  repository: "dev.callsheet.repository",
  /** A tag. Beside `version`: one of the artifact, which points at that version. */
  tag: "dev.callsheet.tag",
  /** The artifact's version that the manifest packages. */
  version: "dev.callsheet.version",
  /** Place in the order in which versions were published and took their states: of all templates, else of the repository's. */
  published: "dev.callsheet.published",
  state: "dev.callsheet.state",
  /** The state's place in that order. */
  stateSet: "dev.callsheet.state.set",
  stateMessage: "dev.callsheet.state.message",
  stateSuccessor: "dev.callsheet.state.successor",
  stateSunset: "dev.callsheet.state.sunset",
} as const;

const place = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);

/** These annotations, and the one by which other tools name an entry. Entries of others have none of ours. */
export const layoutAnnotations = z.object({
  [layoutKeys.repository]: repositoryName.optional(),
  [layoutKeys.tag]: ociTag.optional(),
  [layoutKeys.version]: version.optional(),
  [layoutKeys.published]: place.optional(),
  [layoutKeys.state]: versionState.extract(["deprecated", "yanked"]).optional(),
  [layoutKeys.stateSet]: place.optional(),
  [layoutKeys.stateMessage]: z.string().max(2000).optional(),
  [layoutKeys.stateSuccessor]: z.string().max(300).optional(),
  [layoutKeys.stateSunset]: z.iso.datetime().optional(),
});

/** `index.json`. */
export const layoutIndex = imageIndex;
