import type { Whoami } from "../../contract/access/token.ts";
import type { Settings } from "../settings/read-settings.ts";
import { facts } from "./facts.ts";
import type { Colors } from "./open-terminal.ts";
import { plainText } from "./plain-text.ts";
import { showEnd } from "./show-time.ts";

/** Who one is to a registry, what one may do there, and what of the settings said so. */
export function renderWhoami(who: Whoami, settings: Settings, colors: Colors, nowMs: number): string {
  const { url, urlFrom, tokenFrom } = settings;
  return facts(
    [
      ["name", colors.bold(plainText(who.name))],
      ["registry", `${url}  ${colors.dim(`(${plainText(urlFrom.told)})`)}`],
      ["token", tokenFrom === null ? "none" : plainText(`${who.token_id ?? wayText[who.by]}, from ${tokenFrom.told}`)],
      ["may", who.scopes.length === 0 ? colors.yellow("nothing") : who.scopes.join(", ")],
      ["names", who.names.join(", ")],
      ["rate", who.rate_class],
      ["expires", tokenFrom === null ? null : showEnd(who.expires_at, nowMs)],
    ],
    colors,
  );
}

const wayText = {
  nothing: "not looked at",
  secret: "a secret of the registry's configuration",
  token: "an access token",
  identity: "an identity of Cloudflare Access",
} as const satisfies Record<Whoami["by"], string>;
