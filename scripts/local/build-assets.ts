import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { repositoryRoot } from "./repository-root.ts";

/** Swagger UI's files by the name that they get; its licence asks that licence and notice go with them. */
const swaggerFiles = {
  "swagger-ui.css": "swagger-ui.css",
  "swagger-ui-bundle.js": "swagger-ui-bundle.js",
  "swagger-ui-bundle.js.LICENSE.txt": "swagger-ui-bundle.js.LICENSE.txt",
  LICENSE: "swagger-ui.LICENSE.txt",
  NOTICE: "swagger-ui.NOTICE.txt",
};

/** Makes build/assets: the console at /, the reference page at /docs. Everything is served from here, nothing from a CDN. */
export async function buildAssets(): Promise<void> {
  const source = join(repositoryRoot, "src", "console");
  const target = join(repositoryRoot, "build", "assets");
  mkdirSync(join(target, "docs"), { recursive: true });
  cpSync(join(source, "pages"), target, { recursive: true });
  const swagger = join(repositoryRoot, "node_modules", "swagger-ui-dist");
  for (const [from, to] of Object.entries(swaggerFiles)) copyFileSync(join(swagger, from), join(target, "docs", to));
  const { metafile } = await build({
    entryPoints: [
      { in: join(source, "main.ts"), out: "console" },
      { in: join(source, "styles", "console.css"), out: "console" },
      { in: join(source, "reference.ts"), out: "docs/reference" },
      { in: join(source, "styles", "reference.css"), out: "docs/reference" },
    ],
    outdir: target,
    absWorkingDir: target,
    bundle: true,
    minify: true,
    metafile: true,
    format: "esm",
    target: "es2022",
    logLevel: "error",
    plugins: [withoutZodLocales],
  });
  const made = [...Object.keys(metafile.outputs), ...Object.values(swaggerFiles).map((name) => join("docs", name))];
  removeOthers(source, target, new Set(made));
}

/** What an earlier build left. The folder itself stays: a registry that runs serves out of it. */
function removeOthers(source: string, target: string, made: Set<string>): void {
  for (const entry of readdirSync(target, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name).slice(target.length + 1);
    if (entry.isFile() && !made.has(path) && !existsSync(join(source, "pages", path))) rmSync(join(target, path));
  }
}

/** Zod's messages in other languages hang on its namespace, so they are not shaken off: half of the bundle. */
const withoutZodLocales: Plugin = {
  name: "without zod's locales",
  setup(bundle) {
    bundle.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({ contents: "export {};" }));
  },
};
