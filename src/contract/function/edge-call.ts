import { z } from "zod";
import { digest } from "../artifact/digest.ts";

/** One call of a JavaScript function in an isolate of its own. */
export const edgeCall = z.object({
  /** Of `code`; with `entry` it names the isolate. */
  digest,
  code: z.string(),
  entry: z.string(),
  inputs: z.record(z.string(), z.unknown()),
  /** Who asks: isolates are never shared between callers. */
  caller: z.string(),
  cpu_ms: z.int().positive(),
  wall_ms: z.int().positive(),
  output_bytes: z.int().positive(),
});
export type EdgeCall = z.infer<typeof edgeCall>;

/** How it ended. Whatever the code does, this is the answer: it never throws into its caller. */
export const edgeOutcome = z.discriminatedUnion("state", [
  z.object({ state: z.literal("returned"), value: z.unknown(), log: z.array(z.string()), wall_ms: z.number() }),
  z.object({
    state: z.literal("failed"),
    code: z.enum([
      /** The code threw. */
      "threw",
      /** It could not be loaded, or threw while its module was read. */
      "load_failed",
      "cpu_limit",
      "wall_timeout",
      "out_of_memory",
      /** What it returned is no JSON value. */
      "not_json",
      "output_too_large",
      /** The isolate died for a reason that the runtime does not tell. */
      "crashed",
    ]),
    message: z.string(),
    /** The stack, within the function's own source; null where there is none. */
    stack: z.string().nullable(),
    log: z.array(z.string()),
    wall_ms: z.number(),
  }),
]);
export type EdgeOutcome = z.infer<typeof edgeOutcome>;
