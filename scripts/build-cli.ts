// `npm pack` runs this: the CLI as one JavaScript file, since Node strips no types inside node_modules.
import { join } from "node:path";
import { build } from "esbuild";
import { repositoryRoot } from "./local/repository-root.ts";

await build({
  entryPoints: [join(repositoryRoot, "src", "cli", "main.ts")],
  outfile: join(repositoryRoot, "build", "cli", "callsheet.js"),
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  // Some dependencies are CommonJS and call require.
  banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  logLevel: "warning",
});
