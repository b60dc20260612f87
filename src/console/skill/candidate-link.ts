import type { SkillPin } from "../../contract/workflow/locked-skill.ts";
import { element } from "../parts/element.ts";
import { artifactLink } from "../place/place-link.ts";

/** `function numpy.sharpen@1.2.0`, which leads to its page. */
export function candidateLink({ kind, name, version }: Pick<SkillPin, "kind" | "name" | "version">): HTMLElement {
  const exact = `${name}@${version}`;
  return element("a", { href: artifactLink(kind, exact) }, `${kind} `, element("code", {}, exact));
}
