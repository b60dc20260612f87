import { join } from "node:path";
import { build } from "esbuild";
import { repositoryRoot } from "../../scripts/local/repository-root.ts";

/** One Worker of bench/workers, as one module. */
export async function bundleBenchWorker(file: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(repositoryRoot, "bench", "workers", file)],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2024",
    external: ["cloudflare:workers"],
    logLevel: "error",
  });
  const text = outputFiles[0]?.text;
  if (text === undefined) throw new Error(`${file} gave no bundle`);
  return text;
}
