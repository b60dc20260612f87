// `npm test` and `npm run test:long`: installs what tests need, then runs vitest under the pinned Node.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { install } from "./install.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const given = process.argv.slice(2);
const isLong = given.includes("--long");
const projects = isLong ? ["long"] : ["rules", "workerd", "journeys", "browser"];

install(root);
const bin = join(root, "node_modules", ".bin");
const { status } = spawnSync(
  join(bin, "node"),
  [
    join(root, "node_modules", "vitest", "vitest.mjs"),
    "run",
    ...projects.flatMap((project) => ["--project", project]),
    ...given.filter((argument) => argument !== "--long"),
  ],
  {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, PATH: `${bin}:${process.env.PATH}`, WRANGLER_SEND_METRICS: "false" },
  },
);
process.exit(status ?? 1);
