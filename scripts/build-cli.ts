// `npm pack` runs this: the CLI as one JavaScript file, since Node strips no types inside node_modules, and beside it the WebAssembly
// by which it checks Python. The starters of functions are packed as they lie in templates/starters.
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { repositoryRoot } from "./local/repository-root.ts";

const target = join(repositoryRoot, "build", "cli");
const ruff = join(repositoryRoot, "node_modules", "@astral-sh", "ruff-wasm-web");

mkdirSync(target, { recursive: true });
copyFileSync(join(ruff, "ruff_wasm_bg.wasm"), join(target, "ruff_wasm_bg.wasm"));
// Its licence asks to go with it.
copyFileSync(join(ruff, "LICENSE"), join(target, "ruff_wasm_bg.LICENSE.txt"));
await build({
  entryPoints: [join(repositoryRoot, "src", "cli", "main.ts")],
  outfile: join(target, "callsheet.js"),
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  // Some dependencies are CommonJS and call require; under another name, because our own code may import it too.
  banner: {
    js: 'import { createRequire as __requireFrom } from "node:module"; const require = __requireFrom(import.meta.url);',
  },
  logLevel: "warning",
});
