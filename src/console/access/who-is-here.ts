import type { Whoami } from "../../contract/access/token.ts";
import { getWhoami } from "../../contract/http/tokens.ts";
import type { Registry } from "../open-registry.ts";
import { button, element } from "../parts/element.ts";
import { told } from "../parts/failure-panel.ts";

/** Who one is to the registry by the token that this tab keeps, and a way to forget it; hidden while there is none. */
export function whoIsHere(registry: Registry, readAgain: () => void): HTMLElement {
  const name = element("span", { role: "status" });
  const forget = button("Forget the token", { class: "chip" }, () => {
    registry.useToken(null);
    readAgain();
  });
  const place = element("div", { class: "who" }, name, forget);
  let asking = new AbortController();

  async function show(): Promise<void> {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    place.hidden = !registry.hasToken;
    name.textContent = "";
    name.removeAttribute("title");
    if (!registry.hasToken) return;
    try {
      const who = await registry.client.call(getWhoami, { signal });
      name.textContent = who.name;
      name.title = mayText(who);
    } catch (failure) {
      if (!signal.aborted) name.textContent = told(failure).title;
    }
  }

  registry.onToken(show);
  void show();
  return place;
}

function mayText({ scopes, names, expires_at: expiresAt }: Whoami): string {
  const may = scopes.length === 0 ? "may do nothing" : `may ${scopes.join(", ")}`;
  const which = names.includes("*") ? "" : ` of ${names.join(", ")}`;
  return `${may}${which}${expiresAt === null ? "" : `, until ${new Date(expiresAt).toLocaleString("en")}`}`;
}
