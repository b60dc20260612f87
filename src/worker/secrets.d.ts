/** Secrets are not in wrangler.toml, so the generated types cannot know them. Undefined until someone sets them. */
interface Env {
  CALLSHEET_ADMIN_TOKEN?: string;
  /** What runners connect with; the admin token does too. */
  CALLSHEET_RUNNER_TOKEN?: string;
  /** Signs addresses of files and tokens of OCI clients, seals secrets of webhooks; made of the admin token when absent. */
  CALLSHEET_SIGNING_KEY?: string;
  /** The signing key before this one, while secrets that it sealed are about. */
  CALLSHEET_SIGNING_KEY_BEFORE?: string;
  /** JSON of the headers that agents know this registry by (docs/agents.md, "How an agent knows who calls"). */
  AGENT_CREDENTIALS?: string;
}

declare namespace Cloudflare {
  interface Env {
    CALLSHEET_ADMIN_TOKEN?: string;
    CALLSHEET_RUNNER_TOKEN?: string;
    CALLSHEET_SIGNING_KEY?: string;
    CALLSHEET_SIGNING_KEY_BEFORE?: string;
    AGENT_CREDENTIALS?: string;
  }
}
