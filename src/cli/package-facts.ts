import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";

/** The folder that holds package.json: two levels up from the sources and from the build alike. */
export const packageFolder = fileURLToPath(new URL("../../", import.meta.url));

/** The CLI's version, as package.json says. */
export const packageVersion = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"))).version;
