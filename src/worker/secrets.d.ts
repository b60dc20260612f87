/** Secrets are not in wrangler.toml, so the generated Env cannot know them. Undefined until someone sets them. */
interface Env {
  CALLSHEET_ADMIN_TOKEN?: string;
}
