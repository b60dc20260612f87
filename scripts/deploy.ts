// Deploys an environment: assets, D1 migrations, the Worker; on the first time also its admin token.
import { randomBytes } from "node:crypto";
import { type CloudEnvironment, isPlaceholder, readEnvironment } from "./cloud/environment.ts";
import { orExplain } from "./cloud/or-explain.ts";
import { runWrangler } from "./cloud/run-wrangler.ts";
import { buildAssets } from "./local/build-assets.ts";

const secret = "CALLSHEET_ADMIN_TOKEN";
const usage = `npm run deploy -- [--env staging|production] [--dry-run]

Builds the assets, applies the D1 migrations and deploys the Worker. --dry-run needs no account: it bundles everything as a
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
  console.log(`would run:  npx wrangler deploy --env ${name}`);
  console.log(`would run, unless the secret exists:  npx wrangler secret put ${secret} --env ${name}`);
  await buildAssets();
  console.log(runWrangler(["deploy", "--dry-run", "--outdir", `build/deploy-${name}`, "--env", name]));
}

async function deploy({ name, worker }: CloudEnvironment): Promise<void> {
  await buildAssets();
  // Migrations only add, so the release that runs now goes on working with the new tables.
  console.log(runWrangler(["d1", "migrations", "apply", "DB", "--remote", "--env", name]));
  console.log(runWrangler(["deploy", "--env", name]));
  ensureAdminToken(name);
  console.log(`deployed ${worker}`);
}

function ensureAdminToken(name: string): void {
  const known: { name: string }[] = JSON.parse(runWrangler(["secret", "list", "--env", name, "--format", "json"]));
  if (known.some((candidate) => candidate.name === secret)) return;
  const token = `cs_admin_${randomBytes(24).toString("base64url")}`;
  runWrangler(["secret", "put", secret, "--env", name], token);
  console.log(`made the admin token; it is shown only now:\n  ${token}`);
}
