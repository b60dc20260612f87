// Deploys an environment: assets, D1 migrations, the Workers; on the first time also their secrets.
import { randomBytes } from "node:crypto";
import { type CloudEnvironment, isPlaceholder, readEnvironment } from "./cloud/environment.ts";
import { orExplain } from "./cloud/or-explain.ts";
import { runWrangler } from "./cloud/run-wrangler.ts";
import { buildAssets } from "./local/build-assets.ts";

const secrets = {
  CALLSHEET_ADMIN_TOKEN: { prefix: "cs_admin_", what: "the admin token" },
  CALLSHEET_RUNNER_TOKEN: { prefix: "cs_runner_", what: "the token that runners connect with" },
  CALLSHEET_SIGNING_KEY: { prefix: "cs_sign_", what: null },
} as const;

/** Workers that the registry calls by service bindings: they must be there before it is. */
const called = ["src/analyzer/wrangler.toml", "src/sandbox/wrangler.toml"];

const usage = `npm run deploy -- [--env staging|production] [--dry-run]

Builds the assets, applies the D1 migrations and deploys the Workers: analyzer, sandbox, registry. --dry-run needs no account: it bundles everything as a
deployment would and prints what would be done.`;

await orExplain(async () => {
  const environment = readEnvironment(usage);
  const isSetUp = !isPlaceholder(environment.database.id) && !isPlaceholder(environment.namespace.id);
  if (environment.isDryRun) return show(environment, isSetUp);
  if (!isSetUp) {
    const { name } = environment;
    throw new Error(`wrangler.toml has only placeholder ids for ${name}; run first: npm run setup -- --env ${name}`);
  }
  await deploy(environment);
});

async function show({ name }: CloudEnvironment, isSetUp: boolean): Promise<void> {
  if (!isSetUp) console.log(`not set up yet: npm run setup -- --env ${name}`);
  console.log(`would run:  npx wrangler d1 migrations apply DB --remote --env ${name}`);
  for (const config of called) console.log(`would run:  npx wrangler deploy -c ${config} --env ${name}`);
  console.log(`would run:  npx wrangler deploy --env ${name}`);
  for (const secret of Object.keys(secrets)) {
    console.log(`would run, unless the secret exists:  npx wrangler secret put ${secret} --env ${name}`);
  }
  await buildAssets();
  for (const config of called) console.log(runWrangler(["deploy", "--dry-run", "-c", config, "--env", name]));
  console.log(runWrangler(["deploy", "--dry-run", "--outdir", `build/deploy-${name}`, "--env", name]));
}

async function deploy({ name, worker }: CloudEnvironment): Promise<void> {
  await buildAssets();
  // Migrations only add, so the release that runs now goes on working with the new tables.
  console.log(runWrangler(["d1", "migrations", "apply", "DB", "--remote", "--env", name]));
  for (const config of called) console.log(runWrangler(["deploy", "-c", config, "--env", name]));
  console.log(runWrangler(["deploy", "--env", name]));
  ensureSecrets(name);
  console.log(`deployed ${worker}`);
}

/** Makes the secrets that are missing. What a person needs is shown, once. */
function ensureSecrets(name: string): void {
  const known: { name: string }[] = JSON.parse(runWrangler(["secret", "list", "--env", name, "--format", "json"]));
  for (const [secret, { prefix, what }] of Object.entries(secrets)) {
    if (known.some((candidate) => candidate.name === secret)) continue;
    const value = `${prefix}${randomBytes(24).toString("base64url")}`;
    runWrangler(["secret", "put", secret, "--env", name], value);
    if (what !== null) console.log(`made ${what}; it is shown only now:\n  ${value}`);
  }
}
