import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import type { VersionEntry } from "../../contract/artifact/name-index.ts";
import type { ResolvedArtifact, VersionList } from "../../contract/artifact/resolved.ts";
import { artifactRoutes } from "../../contract/http/artifacts.ts";
import type { Registry } from "../open-registry.ts";
import { stateBadge } from "../parts/badge.ts";
import { button, element } from "../parts/element.ts";
import { told } from "../parts/failure-panel.ts";
import { showTime } from "../parts/show-time.ts";
import { artifactLink } from "../place/place-link.ts";

const pageItems = "20";

/** The name's versions with their tags, highest first, and the way to compare them where that leads anywhere. */
export function versionsSection(
  registry: Registry,
  kind: ArtifactKind,
  found: ResolvedArtifact,
  comparison: string | null,
  left: AbortSignal,
): HTMLElement {
  const list = element("ol", { class: "versions" });
  const below = element("div", {});

  async function load(cursor: string | null): Promise<void> {
    const query = { limit: pageItems, ...(cursor === null ? {} : { cursor }) };
    try {
      const page = await registry.client.call(artifactRoutes[kind].versions.list, {
        params: { name: found.name },
        query,
        signal: left,
      });
      list.append(...page.versions.map((entry) => versionItem(kind, page, entry, found.version)));
      const { next_cursor: next } = page;
      below.replaceChildren(...(next === null ? [] : [button("Older versions", {}, () => void load(next))]));
    } catch (failure) {
      if (left.aborted) return;
      below.replaceChildren(
        element("p", { role: "alert" }, told(failure).detail),
        button("Try again", {}, () => void load(cursor)),
      );
    }
  }

  void load(null);
  return element(
    "section",
    { class: "panel" },
    element("h2", {}, "Versions"),
    list,
    below,
    comparison === null ? null : element("a", { href: comparison }, "Compare versions"),
  );
}

function versionItem(kind: ArtifactKind, page: VersionList, entry: VersionEntry, shown: string): HTMLElement {
  const { version, state } = entry;
  const tags = Object.entries(page.tags).filter(([, pointed]) => pointed === version);
  const label = element("code", {}, version);
  const isShown = version === shown;
  return element(
    "li",
    { "aria-current": isShown ? "true" : null },
    state === "deleted" ? label : element("a", { href: artifactLink(kind, `${page.name}@${version}`) }, label),
    ...tags.map(([tag]) => element("span", { class: "badge badge-tag", title: "tag" }, tag)),
    state === "live" ? null : stateBadge(state),
    showTime(entry.published_at),
  );
}
