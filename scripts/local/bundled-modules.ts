import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A module as Miniflare takes it. */
interface BundledModule {
  type: "ESModule" | "CompiledWasm" | "Text";
  path: string;
}

/**
 * The modules of a bundle: main.js, and what wrangler's rules laid beside it as WebAssembly or text, named for its content. What main.js does not
 * name is of an earlier bundle, which a registry that runs may still need.
 */
export function bundledModules(folder: string): BundledModule[] {
  const main = join(folder, "main.js");
  const text = readFileSync(main, "utf8");
  const others = readdirSync(folder).filter((name) => name !== "main.js" && text.includes(name));
  return [
    { type: "ESModule", path: main },
    ...others.flatMap((name): BundledModule[] => {
      if (name.endsWith(".wasm")) return [{ type: "CompiledWasm", path: join(folder, name) }];
      return name.endsWith(".js") ? [{ type: "Text", path: join(folder, name) }] : [];
    }),
  ];
}
