import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { bundleWithWrangler } from "./bundle-with-wrangler.ts";
import { bundledModules } from "./bundled-modules.ts";
import { repositoryRoot } from "./repository-root.ts";

/** Bundles the sandbox Worker, with a configuration by which workerd runs it alone, and answers the folder of both. */
export async function bundleSandbox(): Promise<string> {
  const folder = await bundleWithWrangler("src/sandbox/wrangler.toml", "sandbox");
  const path = join(folder, "workerd.capnp");
  writeFileSync(`${path}.${process.pid}`, configuration(folder));
  renameSync(`${path}.${process.pid}`, path);
  return folder;
}

/**
 * One Worker on a port of its own, and no way out. workerd has no limits for isolates; a bound for V8's heap it takes, and who watches the
 * process (edge-process.ts) sees to the rest.
 */
function configuration(folder: string): string {
  const date = /^compatibility_date = "(.*)"$/m.exec(
    readFileSync(join(repositoryRoot, "src", "sandbox", "wrangler.toml"), "utf8"),
  )?.[1];
  const texts = bundledModules(folder)
    .filter(({ type }) => type === "Text")
    .map(({ path }) => `    (name = "${basename(path)}", text = embed "${basename(path)}"),`);
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "sandbox", worker = .sandbox),
    (name = "internet", network = (allow = [])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "sandbox")],
  v8Flags = ["--max-heap-size=128"],
);

const sandbox :Workerd.Worker = (
  modules = [
    (name = "main.js", esModule = embed "main.js"),
${texts.join("\n")}
  ],
  compatibilityDate = "${date}",
  bindings = [
    (name = "LOADER", workerLoader = ()),
    (name = "EDGE_ISOLATION", fromEnvironment = "EDGE_ISOLATION"),
  ],
);
`;
}
