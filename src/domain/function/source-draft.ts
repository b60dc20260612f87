import type { FunctionDefinition } from "../../contract/function/document.ts";
import type { Candidate, Push } from "../registration/candidate.ts";

/** A function whose version is still to be chosen: that depends on what is published under its name. */
export type UnversionedFunction = Omit<FunctionDefinition, "version">;

/** Bytes that all functions of one source share. */
export interface SourceBytes {
  source: Candidate["source"];
  code: NonNullable<Candidate["code"]>;
  analysis: NonNullable<Candidate["analysis"]>;
}

/** The version that was asked for, for every function of the source, and who said it. */
export interface AskedVersion {
  version: string;
  saidBy: "request" | "source";
}

/** What one source publishes, checked. Plain values: it travels to a Registrar. */
export interface SourceDraft {
  /** At least one; no two of one name. */
  functions: UnversionedFunction[];
  bytes: SourceBytes;
  /** Null: the registry chooses for each. */
  version: AskedVersion | null;
  /** What a request asks for each function, by name, as an export tells it; it goes before `version`. */
  versions?: Readonly<Record<string, string>>;
  /** How an OCI client pushed it, to the repository of the function `name`. */
  push?: Push & { name: string };
}
