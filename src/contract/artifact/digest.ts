import { z } from "zod";

/** `sha256:` and 64 lower-case hex digits. */
export const digest = z
  .string()
  .regex(/^sha256:[0-9a-f]{64}$/, "a digest is sha256: followed by 64 lower-case hex digits");
