import { z } from "zod";
import { limits } from "../limits.ts";

/** Where pushes come from. `generic`: any host that signs as Standard Webhooks say, and sends the files along. */
export const hookProvider = z.enum(["github", "gitlab", "generic"]);
export type HookProvider = z.infer<typeof hookProvider>;

/** What people call a source; it is in the address of its hook. */
export const sourceName = z
  .string()
  .max(60)
  .regex(
    /^[a-z0-9]+(?:[-_][a-z0-9]+)*$/,
    "a source's name is lower-case letters and digits, with single - or _ between them",
  );

/** A glob of paths in a repository: `templates/**`, `*.yaml`, `!drafts/**`; what begins with `!` is left out. Parentheses would be read as a regular expression, which can take forever. */
export const pathGlob = z
  .string()
  .min(1)
  .max(limits.pathGlobLength)
  .regex(/^!?[^\p{Cc}\\()!][^\p{Cc}\\()]*$/u, "a glob is one line, with / between folders and without ( and )");

/** What a source says and may be changed to. */
export const sourceSettings = z.strictObject({
  repository: z
    .string()
    .min(1)
    .max(300)
    .regex(/^[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/, "a repository is owner/name")
    .describe("`owner/name`; GitLab: the path of the project"),
  branch: z
    .string()
    .min(1)
    .max(250)
    .regex(/^[^\s~^:?*[\\]+$/, "a branch's name, as git writes it")
    .default("main"),
  api_url: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .optional()
    .describe("The host's API; by default https://api.github.com or https://gitlab.com/api/v4"),
  paths: z
    .array(pathGlob)
    .min(1)
    .max(limits.pathGlobs)
    .default(["**/*.yaml", "**/*.yml", "**/*.json", "**/*.py", "**/*.js", "**/*.ts"])
    .describe("Which files are published; others are not looked at"),
  mode: z
    .enum(["publish", "plan"])
    .default("publish")
    .describe("`plan`: nothing is changed, the commit only shows what would be"),
  atomic: z
    .boolean()
    .default(true)
    .describe("All of a push or, with one bad file, nothing; false: each file by itself"),
  removals: z
    .enum(["deprecate", "ignore"])
    .default("deprecate")
    .describe("What becomes of artifacts whose file is removed"),
  statuses: z.boolean().default(true).describe("Whether the outcome is posted to the commit"),
});
export type SourceSettings = z.infer<typeof sourceSettings>;

const secretText = z
  .string()
  .min(16)
  .max(200)
  .regex(/^[\x21-\x7e]+$/, "visible ASCII, at least 16 characters");
const credentialText = z
  .string()
  .min(1)
  .max(2000)
  .regex(/^[\x21-\x7e]+$/, "visible ASCII");

export const sourceRequest = sourceSettings
  .extend({
    name: sourceName,
    provider: hookProvider,
    secret: secretText
      .optional()
      .describe("What the host signs with; without it the registry makes one and shows it once"),
    credential: credentialText
      .nullable()
      .default(null)
      .describe("A token for the host's API: reads contents, writes commit statuses. It is never shown again"),
  })
  .meta({ id: "WebhookSourceRequest" });
export type SourceRequest = z.infer<typeof sourceRequest>;

const { shape } = sourceSettings;

/** Changes of a source. What is left out stays as it is, so nothing here has a default: zod would fill it in. */
export const sourceChange = z
  .strictObject({
    repository: shape.repository.optional(),
    branch: shape.branch.unwrap().optional(),
    api_url: shape.api_url,
    paths: shape.paths.unwrap().optional(),
    mode: shape.mode.unwrap().optional(),
    atomic: shape.atomic.unwrap().optional(),
    removals: shape.removals.unwrap().optional(),
    statuses: shape.statuses.unwrap().optional(),
    state: z.enum(["active", "paused"]).optional(),
    secret: secretText.optional(),
    credential: credentialText.nullable().optional(),
  })
  .meta({ id: "WebhookSourceChange" });
export type SourceChange = z.infer<typeof sourceChange>;

export const webhookSource = sourceSettings
  .extend({
    api_url: z.string().nullable(),
    name: sourceName,
    provider: hookProvider,
    state: z.enum(["active", "paused"]),
    hook_path: z.string().describe("Where the host sends to, below this registry's address"),
    secret_hint: z.string(),
    has_credential: z.boolean(),
    synced_commit: z.string().nullable().describe("The commit that the registry stands at"),
    synced_at: z.string().nullable(),
    files: z.int().describe("Watched files at that commit"),
    created_at: z.string(),
    created_by: z.string(),
  })
  .meta({ id: "WebhookSource", description: "A repository whose pushes are published." });
export type WebhookSource = z.infer<typeof webhookSource>;

export const createdSource = webhookSource
  .extend({ secret: z.string().nullable().describe("Shown this once; null when it was given") })
  .meta({ id: "CreatedWebhookSource" });
