import type { Entity } from "../../contract/entity/entity.ts";
import { getEntity } from "../../contract/http/entities.ts";
import { noAnswerPanel } from "../access/no-answer-panel.ts";
import type { Registry } from "../open-registry.ts";
import { codeBlock } from "../parts/code-block.ts";
import { copyButton } from "../parts/copy-button.ts";
import { type Child, element } from "../parts/element.ts";
import { fact } from "../parts/fact.ts";
import { jsonDetails } from "../parts/json-details.ts";
import { loadingNote } from "../parts/loading-note.ts";
import { showTime } from "../parts/show-time.ts";
import { sizeText } from "../parts/size-text.ts";
import { artifactLink, entityLink, runLink } from "../place/place-link.ts";
import { entityWords } from "./entity-words.ts";
import { fileView } from "./file-view.ts";

/** An entity: what it is of, its values as JSON, and where each of them came from. */
export function entityPage(registry: Registry, { id }: { id: string }, left: AbortSignal): HTMLElement {
  const page = element("div", { class: "artifact run-page" }, loadingNote("the entity"));

  async function load(): Promise<void> {
    try {
      const entity = await registry.client.call(getEntity, { params: { entity_id: id }, signal: left });
      page.replaceChildren(...contentOf(registry, entity, left));
    } catch (failure) {
      if (left.aborted) return;
      page.replaceChildren(element("h1", {}, "Entity"), noAnswerPanel(registry, failure, load));
    }
  }

  void load();
  return page;
}

function contentOf(registry: Registry, entity: Entity, left: AbortSignal): HTMLElement[] {
  const { ecs_id: id, data, type } = entity;
  const sources = sourcesOf(entity.attribute_source);
  return [
    element("h1", { tabindex: "-1" }, `Entity: ${entityWords(entity)}`),
    element("p", { class: "identity" }, element("code", {}, id), copyButton("the id", id)),
    element(
      "dl",
      { class: "facts" },
      ...(entity.derived_from_run === null
        ? []
        : fact("Made by", element("a", { href: runLink(entity.derived_from_run) }, "a run"))),
      ...(type.role === "external"
        ? []
        : fact(
            "Of",
            element(
              "a",
              { href: artifactLink(type.kind, `${type.name}@${type.version}`) },
              `${type.kind} ${type.name}`,
            ),
          )),
      ...fact("Recorded", showTime(entity.created_at), ` by ${entity.created_by}`),
      ...fact("Version", `${entity.lineage_version} of its lineage`, ...previous(entity.previous_ecs_id)),
      ...fact("Size", sizeText(entity.data_bytes)),
    ),
    element(
      "section",
      {},
      element("h2", {}, "Values"),
      data === null
        ? fileView(registry, entity.data_digest ?? "", "values too large to be shown here, as JSON", left)
        : codeBlock("the values", JSON.stringify(data, null, 2), "json"),
      Object.keys(entity.untyped_data).length === 0
        ? null
        : jsonDetails("Facts beside them", "the facts beside them", entity.untyped_data),
    ),
    element(
      "section",
      {},
      element("h2", {}, "Where they came from"),
      sources.length === 0
        ? element("p", { class: "quiet" }, "Given or made as they are: nothing was taken whole from another entity.")
        : element("dl", { class: "facts declared" }, ...sources.flatMap(([path, at]) => fact(path, addressText(at)))),
    ),
  ];
}

function previous(id: string | null): Child[] {
  return id === null ? [] : [", after ", element("a", { href: entityLink(id) }, "the one before")];
}

/** Longer lists of sources say nothing more to people. */
const mostSources = 100;

/** Every address among the sources, by the path of the value that came from there. */
function sourcesOf(source: unknown, path = ""): [string, string][] {
  if (typeof source === "string") return [[path, source]];
  if (typeof source !== "object" || source === null) return [];
  const inside = Array.isArray(source)
    ? source.map((member, index): [string, unknown] => [`${path}[${index}]`, member])
    : Object.entries(source).map(([key, member]): [string, unknown] => [path === "" ? key : `${path}.${key}`, member]);
  return inside.flatMap(([where, member]) => sourcesOf(member, where)).slice(0, mostSources);
}

/** `@uuid.image[0]`, which leads to that entity. */
function addressText(address: string): HTMLElement {
  const id = /^@([0-9a-f-]{36})/.exec(address)?.[1];
  const text = element("code", {}, address);
  return id === undefined ? text : element("a", { href: entityLink(id) }, text);
}
