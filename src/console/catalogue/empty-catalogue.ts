import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import { codeBlock } from "../parts/code-block.ts";
import { element } from "../parts/element.ts";
import { orasPush } from "../parts/oras-command.ts";
import type { CatalogueFilter } from "../place/place.ts";
import { catalogueLink } from "../place/place-link.ts";

/** What one publishes first of each kind, and the command that makes it, where there is one. */
const firstOnes = {
  template: {
    lead: "Make a template and publish it:",
    make: ["npx callsheet init my_template"],
    name: "my_template",
    file: "my_template.yaml",
    mediaType: "application/yaml",
  },
  function: {
    lead: "Make a function and publish it:",
    make: ["npx callsheet functions new --memory-type numpy sharpen.py"],
    name: "numpy.sharpen",
    file: "sharpen.py",
    mediaType: "text/x-python",
  },
  workflow: {
    lead: "Write a workflow, with metadata and steps, and publish it:",
    make: [],
    name: "code-generation",
    file: "code-generation.yaml",
    mediaType: "application/yaml",
  },
  agent: {
    lead: "Write an agent's card, with its url and its skills, and publish it:",
    make: [],
    name: "planner",
    file: "planner.json",
    mediaType: "application/json",
  },
} as const satisfies Record<ArtifactKind, unknown>;

/** Stands where the list would be: says why nothing is there and what to do. */
export function emptyCatalogue(origin: string, kind: ArtifactKind, filter: CatalogueFilter): HTMLElement {
  if (Object.values(filter).every((value) => value === "")) return nothingYet(origin, kind);
  const asked = filter.q === "" ? "these filters" : `“${filter.q}”${hasOthers(filter) ? " and these filters" : ""}`;
  return element(
    "div",
    { class: "panel empty" },
    element("h2", {}, `No ${kind} fits ${asked}`),
    element(
      "p",
      {},
      "Every word has to begin a word of a name, title, description or keyword. Use fewer words or filters.",
    ),
    element("a", { class: "button", href: catalogueLink(kind, {}) }, `Show all ${kind}s`),
  );
}

function nothingYet(origin: string, kind: ArtifactKind): HTMLElement {
  const first = firstOnes[kind];
  const commands = [...first.make, `npx callsheet publish ${first.file}`];
  return element(
    "div",
    { class: "panel empty" },
    element("h2", {}, "Nothing is published yet"),
    element("p", {}, first.lead),
    codeBlock("the commands of the CLI", commands.join("\n"), "shell"),
    element("p", {}, "Or push the file as an OCI artifact, which registers it just the same:"),
    codeBlock("the command of oras", orasPush(origin, kind, first), "shell"),
    element(
      "p",
      { class: "quiet" },
      "Where publishing takes a token, ",
      element("code", {}, `oras login ${new URL(origin).host}`),
      " asks for it, and the CLI reads CALLSHEET_TOKEN.",
    ),
  );
}

function hasOthers(filter: CatalogueFilter): boolean {
  return Object.entries(filter).some(([key, value]) => key !== "q" && value !== "");
}
