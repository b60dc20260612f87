import type { CodeLanguage } from "../parts/code-block.ts";
import type { Tab } from "../parts/tab-set.ts";
import type { ArtifactTab } from "../place/place.ts";

/** What an artifact's page shows that differs from kind to kind. */
export interface ArtifactView {
  /** What it is called, where its document can be read. */
  title: string | null;
  description: string | undefined;
  /** Short facts beside its state. */
  badges: readonly HTMLElement[];
  /** Rows of the list of facts, made by `fact`. */
  facts: readonly HTMLElement[];
  /** The kind's own parts; source and JSON follow. */
  tabs: readonly Tab<ArtifactTab>[];
  source: {
    /** As what it is asked for. */
    mediaType: string;
    /** Null: YAML, or JSON, which is YAML too. */
    language: CodeLanguage | null;
  };
  /** Where two versions are compared; null where there is no interface to compare. */
  comparison: string | null;
  /** Routes of what the registry generates from it. */
  generated: readonly { label: string; path: string }[];
}
