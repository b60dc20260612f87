// Makes what an environment needs on Cloudflare: a D1 database, a KV namespace, an R2 bucket, queues; writes ids into wrangler.toml.
// Can be run again: what exists is found by name and kept. Durable Objects, assets and cron need no step of their own.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type CloudEnvironment, readEnvironment } from "./cloud/environment.ts";
import { orExplain } from "./cloud/or-explain.ts";
import { runWrangler } from "./cloud/run-wrangler.ts";
import { repositoryRoot } from "./local/repository-root.ts";

const usage = `npm run setup -- [--env staging|production] [--dry-run]

Makes the D1 database, the KV namespace, the R2 bucket and the queues of an environment, and writes ids into wrangler.toml.
Needs \`wrangler login\` or CLOUDFLARE_API_TOKEN; --dry-run needs neither and only prints the commands.`;

await orExplain(() => {
  const environment = readEnvironment(usage);
  const { name, isDryRun } = environment;
  console.log(`environment ${name}${isDryRun ? " (dry run: nothing is made)" : ""}`);
  if (isDryRun) show(environment);
  else setUp(environment);
  console.log(`next: npm run deploy -- --env ${name}${isDryRun ? " --dry-run" : ""}`);
});

function show({ database, namespace, bucket, queues }: CloudEnvironment): void {
  for (const command of [
    `d1 create ${database.name}`,
    `kv namespace create ${namespace.title}`,
    `r2 bucket create ${bucket}`,
    ...queues.map((queue) => `queues create ${queue}`),
  ]) {
    console.log(`would run, unless it exists:  npx wrangler ${command}`);
  }
  console.log("would write their ids into wrangler.toml");
}

function setUp({ database, namespace, bucket, queues }: CloudEnvironment): void {
  const createDatabase = ["d1", "create", database.name];
  writeId(
    database.id,
    ensure(`D1 database ${database.name}`, () => findDatabase(database.name), createDatabase),
  );
  const createNamespace = ["kv", "namespace", "create", namespace.title];
  writeId(
    namespace.id,
    ensure(`KV namespace ${namespace.title}`, () => findNamespace(namespace.title), createNamespace),
  );
  ensure(`R2 bucket ${bucket}`, () => findBucket(bucket), ["r2", "bucket", "create", bucket]);
  for (const queue of queues) ensure(`queue ${queue}`, () => findQueue(queue), ["queues", "create", queue]);
}

/** Finds a thing, or makes it and finds it then. Answers its id. */
function ensure(what: string, find: () => string | null, create: readonly string[]): string {
  const known = find();
  if (known !== null) {
    console.log(`kept  ${what} (${known})`);
    return known;
  }
  runWrangler(create);
  const made = find();
  if (made === null) throw new Error(`${what} was made but is not listed; run this again in a moment`);
  console.log(`made  ${what} (${made})`);
  return made;
}

function findDatabase(name: string): string | null {
  const found: { name: string; uuid: string }[] = JSON.parse(runWrangler(["d1", "list", "--json"]));
  return found.find((candidate) => candidate.name === name)?.uuid ?? null;
}

function findNamespace(title: string): string | null {
  const found: { title: string; id: string }[] = JSON.parse(runWrangler(["kv", "namespace", "list"]));
  return found.find((candidate) => candidate.title === title)?.id ?? null;
}

function findBucket(bucket: string): string | null {
  const names = [...runWrangler(["r2", "bucket", "list"]).matchAll(/^name:\s*(\S+)/gm)].map((found) => found[1]);
  return names.includes(bucket) ? bucket : null;
}

/** `wrangler queues info` fails for a queue that does not exist. */
function findQueue(name: string): string | null {
  try {
    const told = runWrangler(["queues", "info", name]);
    return /Queue Name:\s*(\S+)/.exec(told)?.[1] === name ? name : null;
  } catch {
    return null;
  }
}

function writeId(from: string, to: string): void {
  if (from === to) return;
  const path = join(repositoryRoot, "wrangler.toml");
  const text = readFileSync(path, "utf8");
  if (!text.includes(`"${from}"`))
    throw new Error(`wrangler.toml has no id "${from}" to replace by "${to}"; write it there by hand`);
  writeFileSync(path, text.replaceAll(`"${from}"`, `"${to}"`));
  console.log(`wrote ${to} into wrangler.toml`);
}
