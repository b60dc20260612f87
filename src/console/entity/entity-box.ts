import { getEntity } from "../../contract/http/entities.ts";
import { noAnswerPanel } from "../access/no-answer-panel.ts";
import type { Registry } from "../open-registry.ts";
import { element } from "../parts/element.ts";
import { loadingNote } from "../parts/loading-note.ts";
import { whenSeen } from "../parts/when-seen.ts";
import { entityLink } from "../place/place-link.ts";
import { fileView } from "./file-view.ts";
import { valueList } from "./value-list.ts";

/** The values of an entity, and the way to it. `known`: them, where they were told already. */
export function entityBox(
  registry: Registry,
  what: string,
  entity: string,
  known: Record<string, unknown> | null,
  left: AbortSignal,
): HTMLElement {
  const values = element("div", {});

  async function load(): Promise<void> {
    values.replaceChildren(loadingNote(what));
    try {
      const found = await registry.client.call(getEntity, { params: { entity_id: entity }, signal: left });
      values.replaceChildren(
        found.data === null
          ? fileView(registry, found.data_digest ?? "", "values too large to be shown here, as JSON", left)
          : valueList(registry, what, found.data, left),
      );
    } catch (failure) {
      if (!left.aborted) values.replaceChildren(noAnswerPanel(registry, failure, load));
    }
  }

  if (known === null) whenSeen(values, left, load);
  else values.append(valueList(registry, what, known, left));
  return element(
    "div",
    {},
    values,
    element(
      "p",
      { class: "quiet" },
      element("a", { href: entityLink(entity) }, "entity ", element("code", {}, entity)),
    ),
  );
}
