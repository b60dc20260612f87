import { z } from "zod";
import { digest } from "../artifact/digest.ts";
import { version } from "../artifact/version.ts";
import { resources } from "./requirements.ts";

/** Body of `…/validate`: what a run would be given. */
export const validationRequest = z
  .strictObject({ inputs: z.record(z.string(), z.unknown()) })
  .meta({ id: "ValidationRequest", description: "Inputs to check as a run would check them." });
export type ValidationRequest = z.infer<typeof validationRequest>;

/** Answer of `…/validate`: what a run with these inputs would be given and would need. */
export const validationAnswer = z
  .object({
    name: z.string(),
    version,
    digest,
    /** The inputs with defaults applied, in the order in which the interface declares them. */
    inputs: z.record(z.string(), z.unknown()),
    /** Null for a workflow: what it calls needs something, not the workflow itself. */
    resources: resources.nullable(),
    /** The quality preset that was chosen; null when none was. */
    quality: z.string().nullable(),
    /** What the preset hands to the handler. */
    parameters: z.record(z.string(), z.unknown()),
  })
  .meta({
    id: "ValidationAnswer",
    description: "The inputs with defaults applied and the resources that a run needs.",
  });
export type ValidationAnswer = z.infer<typeof validationAnswer>;
