import type { SourceLanguage } from "../../contract/function/runtime.ts";
import type { FetchedSource } from "../fetch-source.ts";

/** One published version of a function. */
export interface ExportedVersion {
  name: string;
  version: string;
  digest: string;
  published_at: string;
}

/** One source, and the versions that it was published as. */
export interface GatheredSource extends FetchedSource {
  language: SourceLanguage;
  functions: ExportedVersion[];
}
