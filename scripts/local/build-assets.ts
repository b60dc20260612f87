import { copyFileSync, cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { repositoryRoot } from "./repository-root.ts";

const swaggerFiles = ["swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png"];

/** Makes build/assets: the console at /, the reference page at /docs. Everything is served from here, nothing from a CDN. */
export async function buildAssets(): Promise<void> {
  const source = join(repositoryRoot, "src", "console");
  const target = join(repositoryRoot, "build", "assets");
  rmSync(target, { recursive: true, force: true });
  mkdirSync(join(target, "docs"), { recursive: true });
  cpSync(join(source, "pages"), target, { recursive: true });
  const swagger = join(repositoryRoot, "node_modules", "swagger-ui-dist");
  for (const name of swaggerFiles) copyFileSync(join(swagger, name), join(target, "docs", name));
  await build({
    entryPoints: { console: join(source, "main.ts"), "docs/reference": join(source, "reference.ts") },
    outdir: target,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    logLevel: "error",
  });
}
