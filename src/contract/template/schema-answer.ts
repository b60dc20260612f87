import { z } from "zod";
import { digest } from "../artifact/digest.ts";
import { version } from "../artifact/version.ts";

const jsonSchema = z.record(z.string(), z.unknown());

/** What a version takes and gives, each as one JSON Schema (2020-12) of an object. */
export const schemaAnswer = z
  .object({ name: z.string(), version, digest, inputs: jsonSchema, outputs: jsonSchema })
  .meta({ id: "SchemaAnswer", description: "JSON Schema 2020-12 of a version's inputs and outputs." });
export type SchemaAnswer = z.infer<typeof schemaAnswer>;
