// `npm test` and `npm run test:long`: installs what tests need, then runs vitest under the pinned Node. The last line counts all tests.
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { install } from "./install.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, "node_modules", ".bin");
const given = process.argv.slice(2);
const filters = given.filter((argument) => argument !== "--long");

// Journeys wait for processes of their own much of the time, so the others run beside them.
const beside = [
  ["rules", "workerd", "workerd-alone", "runner"],
  ["browser", "journeys"],
];
const groups = given.includes("--long") ? [["long"]] : filters.length > 0 ? [beside.flat()] : beside;

install(root);
const ended = await Promise.all(groups.map(runVitest));
const passed = ended.reduce((sum, one) => sum + one.passed, 0);
const failed = ended.reduce((sum, one) => sum + one.failed, 0);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(ended.every((one) => one.status === 0) ? 0 : 1);

/** Runs some projects. What the first group says is shown as it says it, what the others say when they end. */
async function runVitest(projects, place) {
  const child = spawn(
    join(bin, "node"),
    [
      join(root, "node_modules", "vitest", "vitest.mjs"),
      "run",
      ...projects.flatMap((project) => ["--project", project]),
      ...filters,
    ],
    {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, PATH: `${bin}:${process.env.PATH}`, WRANGLER_SEND_METRICS: "false" },
    },
  );
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (piece) => {
      said += piece;
      if (place === 0) process.stdout.write(piece);
    });
  }
  const status = await new Promise((resolve) => {
    child.once("error", () => resolve(1));
    child.once("close", (code) => resolve(code ?? 1));
  });
  if (place > 0) process.stdout.write(said);
  return { status, ...countOf(said, status) };
}

/** What vitest's closing line counts: `Tests  3 failed | 2703 passed (2706)`. Without that line, or with errors outside tests, one failed. */
function countOf(said, status) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
  const line = /^\s*Tests\s+(.*)$/m.exec(said.replaceAll(/\u001b\[[0-9;]*m/g, ""))?.[1] ?? "";
  const numberBefore = (word) => Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0);
  const failed = numberBefore("failed");
  return { passed: numberBefore("passed"), failed: status !== 0 && failed === 0 ? 1 : failed };
}
