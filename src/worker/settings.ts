import { z } from "zod";
import { agentCredentialsText } from "../contract/agent/credentials.ts";

/** A list with commas between; an empty text is an empty list. */
function listOf(item: z.ZodType<string, string>) {
  return z
    .string()
    .default("")
    .transform((text) => text.split(",").flatMap((part) => (part.trim() === "" ? [] : [part.trim()])))
    .pipe(z.array(item));
}

/** What wrangler.toml's [vars] may set; each has a default, and a value that cannot be read stops the Worker at once. */
const variables = z.object({
  COMPATIBILITY_POLICY: z.enum(["enforce", "warn", "off"]).default("enforce"),
  STALE_IF_ERROR_SECONDS: z.coerce.number().int().min(0).max(86_400).default(3600),
  LOOKUP_MEMORY_MIB: z.coerce.number().int().min(1).max(96).default(32),
  ENVIRONMENT: z.string().default("local"),
  /** Whether an admin must approve a runner before it gets jobs. */
  RUNNER_APPROVAL: z.enum(["auto", "manual"]).default("manual"),
  /** How long a job stays with a runner that is not heard of, and how often runners are to be heard. */
  POOL_LEASE_SECONDS: z.coerce.number().positive().max(3600).default(30),
  POOL_HEARTBEAT_SECONDS: z.coerce.number().positive().max(600).default(10),
  /** For tests and measurements only: registrars tell no hub, which leaves the leases alone to bound staleness. */
  DROP_BROADCASTS: z.stringbool().default(false),
  /** Whether looking things up and pulling need no token. */
  PUBLIC_READS: z.stringbool().default(true),
  /** Whether pushing to /v2/ needs no login, as with a registry fresh out of its box: on one's own machine only. */
  ANONYMOUS_PUSH: z.stringbool().default(false),
  /** Whether requests are counted and, beyond a class's rate, refused. */
  RATE_LIMITS: z.enum(["on", "off"]).default("on"),
  /** Origins of web pages that may ask with a token. What is public is open to pages of every origin. */
  CORS_ORIGINS: listOf(z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin)),
  /** Cloudflare Access: its team and the application's audience; both empty where it is not used. */
  ACCESS_TEAM: z
    .string()
    .regex(/^([a-z0-9-]+)?$/)
    .default(""),
  ACCESS_AUDIENCE: z.string().default(""),
  /** Who, of those whom Access lets in, is an admin. */
  ACCESS_ADMINS: listOf(z.email()),
  /** A secret: the headers that agents know this registry by, by their addresses. */
  AGENT_CREDENTIALS: agentCredentialsText.default({}),
});
const settings = variables.refine((given) => !given.ANONYMOUS_PUSH || given.ENVIRONMENT === "local", {
  path: ["ANONYMOUS_PUSH"],
  message: "ANONYMOUS_PUSH lets anyone publish, so it may be true only where ENVIRONMENT is local; set it to false",
});
export type Settings = z.infer<typeof settings>;

/** Whether other machines may be asked that only this one can see. */
export function mayAskPrivate({ ENVIRONMENT }: Settings): boolean {
  return ENVIRONMENT === "local" || ENVIRONMENT === "test";
}

let known: { env: unknown; settings: Settings } | null = null;

/** The settings of an environment, parsed once. */
export function settingsOf(env: unknown): Settings {
  if (known === null || known.env !== env) known = { env, settings: settings.parse(env) };
  return known.settings;
}
