// `npm run check`: types, rings, lint, format, drift of generated types, file length. Prints `N passed, M failed` at the end.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { install } from "./install.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const longestFile = 300;
const generated = ["runner/callsheet_runner/wire.py"];

const checks = [
  ["types, and that no ring imports one to its right", () => run("tsc", "-b")],
  ["types of tests, scripts and benchmarks (Node)", () => run("tsc", "-p", "test/tsconfig.json")],
  ["types of tests (workerd)", () => run("tsc", "-p", "test/tsconfig.workerd.json")],
  ["lint and format", () => run("biome", "ci", "--error-on-warnings", "--colors=off", ".")],
  ["generated Worker types are those of wrangler.toml", checkWorkerTypes],
  [`no source file is longer than ${longestFile} lines`, checkLengths],
];

install(root);
let failed = 0;
for (const [title, check] of checks) {
  const complaint = check();
  console.log(`${complaint === null ? "ok  " : "FAIL"} ${title}`);
  if (complaint === null) continue;
  failed += 1;
  console.log(complaint.slice(0, 20_000));
}
console.log(`${checks.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function run(command, ...given) {
  const bin = join(root, "node_modules", ".bin");
  const { status, stdout, stderr, error } = spawnSync(join(bin, command), given, {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, PATH: `${bin}:${process.env.PATH}`, WRANGLER_SEND_METRICS: "false" },
    maxBuffer: 64 * 1024 * 1024,
  });
  return status === 0 ? null : `${stdout ?? ""}${stderr ?? ""}${error ?? ""}`;
}

function checkWorkerTypes() {
  return run("wrangler", "types", "src/worker/env.d.ts", "--include-runtime=false", "--strict-vars=false", "--check");
}

function checkLengths() {
  const { stdout } = spawnSync(
    "git",
    ["ls-files", "-co", "--exclude-standard", "src", "test", "scripts", "bench", "bin", "runner"],
    {
      cwd: root,
      encoding: "utf8",
    },
  );
  const long = stdout
    .split("\n")
    // A corpus is what is tested, not what is read.
    .filter((path) => !generated.includes(path) && !path.includes("/corpus/"))
    .filter((path) => /\.(ts|mts|mjs|js|py)$/.test(path) && !path.endsWith(".d.ts") && existsSync(join(root, path)))
    .map((path) => ({ path, lines: readFileSync(join(root, path), "utf8").split("\n").length - 1 }))
    .filter(({ lines }) => lines > longestFile);
  return long.length === 0 ? null : long.map(({ path, lines }) => `${path}: ${lines} lines`).join("\n");
}
