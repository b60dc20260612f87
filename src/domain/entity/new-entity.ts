import type { AttributeSource, EntityType } from "../../contract/entity/entity.ts";

/** A value that was borrowed: at `path` of the new entity lies what lay at `sourcePath` of `sourceEcsId`. JSON Pointers into data. */
export interface BorrowedValue {
  path: string;
  sourceEcsId: string;
  sourcePath: string;
}

/** An entity before it is recorded. Whoever records it decides where large data goes. */
export interface NewEntity {
  ecsId: string;
  lineageId: string;
  lineageVersion: number;
  previousEcsId: string | null;
  rootEcsId: string;
  createdAt: string;
  createdBy: string;
  forkedAt: string | null;
  type: EntityType;
  data: Record<string, unknown>;
  untypedData: Record<string, unknown>;
  attributeSource: Record<string, AttributeSource>;
  borrowed: BorrowedValue[];
  derivedFromFunction: string | null;
  derivedFromRun: string | null;
  outputIndex: number | null;
  /** Digests of the files that its data name. */
  files: string[];
}
