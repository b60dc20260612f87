import type { VersionEntry } from "../../contract/artifact/name-index.ts";
import { type CallableKind, callableRoutes } from "../../contract/http/artifacts.ts";
import { limits } from "../../contract/limits.ts";
import { noAnswerPanel } from "../access/no-answer-panel.ts";
import { wayBack } from "../artifact/way-back.ts";
import type { Registry } from "../open-registry.ts";
import { element } from "../parts/element.ts";
import { labelled } from "../parts/labelled.ts";
import { loadingNote } from "../parts/loading-note.ts";
import { artifactLink, comparisonLink } from "../place/place-link.ts";
import { changeList } from "./change-list.ts";

/** What changed between two versions of a name. Without a choice: the newest two. */
export function comparisonPage(
  registry: Registry,
  place: { kind: CallableKind; name: string; from: string; to: string },
  left: AbortSignal,
): HTMLElement {
  const { kind, name } = place;
  const result = element("div", { role: "status" });
  const body = element("div", {}, loadingNote("the versions"));
  let asked = 0;

  async function load(): Promise<void> {
    try {
      const query = { limit: String(limits.pageItems) };
      const { versions } = await registry.client.call(callableRoutes[kind].versions.list, {
        params: { name },
        query,
        signal: left,
      });
      const chosen = choose(
        versions.filter((entry) => entry.state !== "deleted"),
        place,
      );
      if (chosen === null) {
        body.replaceChildren(
          element("p", { class: "panel" }, `${name} has one version only; there is nothing to compare it with.`),
        );
        return;
      }
      const from = versionSelect("from", chosen.offered, chosen.from);
      const to = versionSelect("to", chosen.offered, chosen.to);
      const form = element("form", { class: "filter-row" }, labelled("From", from), labelled("To", to));
      form.addEventListener("change", () => {
        history.replaceState(null, "", comparisonLink(kind, name, from.value, to.value));
        void compare(from.value, to.value);
      });
      body.replaceChildren(form, result);
      await compare(chosen.from, chosen.to);
    } catch (failure) {
      if (!left.aborted) body.replaceChildren(noAnswerPanel(registry, failure, load));
    }
  }

  async function compare(from: string, to: string): Promise<void> {
    asked += 1;
    const question = asked;
    try {
      const answer = await registry.client.call(callableRoutes[kind].compare, {
        params: { name },
        query: { from, to },
        signal: left,
      });
      if (question === asked) result.replaceChildren(changeList(answer));
    } catch (failure) {
      if (question === asked && !left.aborted)
        result.replaceChildren(noAnswerPanel(registry, failure, () => void compare(from, to)));
    }
  }

  void load();
  return element(
    "div",
    { class: "comparison" },
    wayBack(kind, element("a", { href: artifactLink(kind, name) }, name), " / compare"),
    element("h1", {}, "Compare versions"),
    body,
  );
}

/** What the address asks for; what it leaves open is the newest, and the one before it. Highest versions come first. */
function choose(
  entries: VersionEntry[],
  place: { from: string; to: string },
): { from: string; to: string; offered: string[] } | null {
  const versions = entries.map((entry) => entry.version);
  const to = place.to || versions[0];
  const before = versions[versions.indexOf(to ?? "") + 1] ?? versions.find((version) => version !== to);
  const from = place.from || before;
  if (from === undefined || to === undefined) return null;
  // The address may name a tag or a range.
  return { from, to, offered: [...new Set([from, to].filter((one) => !versions.includes(one)).concat(versions))] };
}

function versionSelect(name: string, offered: string[], chosen: string): HTMLSelectElement {
  return element("select", { name }, ...offered.map((one) => element("option", { selected: one === chosen }, one)));
}
