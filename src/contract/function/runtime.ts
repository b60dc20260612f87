import { z } from "zod";

/** What runs a function: an array library, plain Python, or JavaScript at the edge. It is the first part of a function's name. */
export const functionRuntime = z.enum([
  "numpy",
  "cupy",
  "torch",
  "tensorflow",
  "jax",
  "pyclesperanto",
  "python",
  "javascript",
]);
export type FunctionRuntime = z.infer<typeof functionRuntime>;

/** The array libraries: a function of one takes the stack `image` (C, Y, X) first. */
export const arrayRuntimes = ["numpy", "cupy", "torch", "tensorflow", "jax", "pyclesperanto"] as const;

/** What a source is written in. */
export const sourceLanguage = z.enum(["python", "typescript", "javascript"]);
export type SourceLanguage = z.infer<typeof sourceLanguage>;

/** Media type of each language's source, as it is sent and served. */
export const sourceMediaTypes = {
  python: "text/x-python",
  typescript: "application/typescript",
  javascript: "text/javascript",
} as const satisfies Record<SourceLanguage, string>;

/**
 * Version of what the decorators promise and how a runner calls a function (docs/functions.md). Kept with each version, so that old
 * sources go on running as they did when it moves.
 */
export const decoratorApi = 1;
