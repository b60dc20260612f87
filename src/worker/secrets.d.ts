/** Secrets are not in wrangler.toml, so the generated types cannot know them. Undefined until someone sets them. */
interface Env {
  CALLSHEET_ADMIN_TOKEN?: string;
}

declare namespace Cloudflare {
  interface Env {
    CALLSHEET_ADMIN_TOKEN?: string;
  }
}
