import { bundleWithWrangler } from "./bundle-with-wrangler.ts";

/** Bundles the analyzer Worker and answers its folder: main.js, and Ruff's WebAssembly, which the runtime compiles once. */
export function bundleAnalyzer(): Promise<string> {
  return bundleWithWrangler("src/analyzer/wrangler.toml", "analyzer");
}
