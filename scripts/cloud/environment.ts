import { join } from "node:path";
import { parseArgs } from "node:util";
import { unstable_readConfig } from "wrangler";
import { repositoryRoot } from "../local/repository-root.ts";

/** An environment of wrangler.toml, and what it binds that must exist before a deployment. */
export interface CloudEnvironment {
  name: string;
  isDryRun: boolean;
  worker: string;
  database: { name: string; id: string };
  namespace: { title: string; id: string };
  bucket: string;
  /** Every queue that is produced to, consumed, or takes dead letters. */
  queues: string[];
}

/** The placeholder ids that ship in wrangler.toml: zeros up to the last digit. */
export function isPlaceholder(id: string): boolean {
  return /^[0-]*\d$/.test(id);
}

/** Reads `--env staging|production` (production when absent) and `--dry-run`, and what wrangler.toml says of that environment. */
export function readEnvironment(usage: string): CloudEnvironment {
  const { values } = parseArgs({
    options: {
      env: { type: "string", default: "production" },
      "dry-run": { type: "boolean", default: false },
      help: { type: "boolean" },
    },
  });
  if (values.help) {
    console.log(usage);
    process.exit(0);
  }
  const name = values.env;
  const config = unstable_readConfig({ config: join(repositoryRoot, "wrangler.toml"), env: name });
  const [database] = config.d1_databases;
  const [namespace] = config.kv_namespaces;
  const [bucket] = config.r2_buckets;
  if (!database?.database_name || !database.database_id || !namespace?.id || !bucket?.bucket_name || !config.name) {
    throw new Error(`wrangler.toml has no complete environment "${name}"; it has staging and production`);
  }
  return {
    name,
    isDryRun: values["dry-run"],
    worker: config.name,
    database: { name: database.database_name, id: database.database_id },
    namespace: { title: `${config.name}-lookups`, id: namespace.id },
    bucket: bucket.bucket_name,
    queues: queuesOf(config.queues),
  };
}

interface Queues {
  producers?: { queue: string }[] | undefined;
  consumers?: { queue: string; dead_letter_queue?: string | undefined }[] | undefined;
}

function queuesOf({ producers = [], consumers = [] }: Queues): string[] {
  const named = [
    ...producers.map((producer) => producer.queue),
    ...consumers.flatMap((consumer) => [consumer.queue, consumer.dead_letter_queue]),
  ];
  return [...new Set(named.filter((name) => name !== undefined))];
}
