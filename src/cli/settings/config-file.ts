import { parseDocument } from "yaml";
import { z } from "zod";
import { didYouMean } from "../../domain/did-you-mean.ts";
import { CommandRefusal } from "../command-refusal.ts";

/** `callsheet.yaml`: paths in it are relative to it. It holds no token itself, because it is made to be committed. */
const configFile = z.strictObject({
  url: z.url({ protocol: /^https?$/, error: "an http:// or https:// URL" }).optional(),
  token_file: z.string().min(1).optional(),
  state_dir: z.string().min(1).optional(),
});
export type ConfigFile = z.infer<typeof configFile>;

/** Reads a config file's text; what it does not know it refuses, so that a typing error does not pass for a setting. */
export function readConfigFile(path: string, text: string): ConfigFile {
  const parsed = parseDocument(text);
  const syntaxError = parsed.errors[0];
  if (syntaxError !== undefined) throw new CommandRefusal(`${path}: ${syntaxError.message}`);
  const checked = configFile.safeParse(parsed.toJS() ?? {});
  if (checked.success) return checked.data;
  throw new CommandRefusal(`${path}: ${checked.error.issues.map(describe).join("; ")}`);
}

function describe(found: z.core.$ZodIssue): string {
  if (found.code !== "unrecognized_keys") return `${found.path.join(".") || "the file"}: ${found.message}`;
  const known = Object.keys(configFile.shape);
  return found.keys
    .map((key) => {
      const meant = didYouMean(key, known);
      return `unknown key ${key}; ${meant === null ? `known are ${known.join(", ")}` : `did you mean ${meant}?`}`;
    })
    .join("; ");
}
