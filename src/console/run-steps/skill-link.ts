import { artifactKind } from "../../contract/artifact/kind.ts";
import { element } from "../parts/element.ts";
import { artifactLink } from "../place/place-link.ts";

/** Who answers to a step's skill in a run, fixed at its start: `agent/builder@1.0.0#write_code`, which leads to its page. */
export function skillLink(skill: string): HTMLElement {
  const [, word, reference = "", own] = /^([a-z]+)\/([^#]+)(?:#(.+))?$/.exec(skill) ?? [];
  const kind = artifactKind.options.find((one) => one === word);
  if (kind === undefined) return element("code", {}, skill);
  const link = element("a", { href: artifactLink(kind, reference) }, `${kind} `, element("code", {}, reference));
  return own === undefined ? link : element("span", {}, element("code", {}, own), " of ", link);
}
