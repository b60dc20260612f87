/** What one entry of an image layout's `index.json` says: where a manifest belongs, and what it is there. */
export interface LayoutEntry {
  /** Null: it does not say. */
  repository: string | null;
  digest: string;
  mediaType: string;
  sizeBytes: number;
  artifactType: string | null;
  /** A tag of the repository; beside `version`, one of the artifact that points at it. */
  tag: string | null;
  version: string | null;
  /** Of the entry that tells a version: its place in the order of all that happened, and the state that it took. */
  published: number | null;
  state: LayoutState | null;
}

/** The state of a version that is not live. */
export interface LayoutState {
  state: "deprecated" | "yanked";
  /** Its place in the order of all that happened. */
  set: number;
  message: string | null;
  successor: string | null;
  sunset: string | null;
}
