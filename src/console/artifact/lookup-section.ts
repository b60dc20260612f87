import { fillPath } from "../../client/fill-path.ts";
import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import type { ResolvedArtifact } from "../../contract/artifact/resolved.ts";
import { artifactRoutes } from "../../contract/http/artifacts.ts";
import { codeBlock } from "../parts/code-block.ts";
import { element } from "../parts/element.ts";
import { orasPull } from "../parts/oras-command.ts";
import { shellQuote } from "../parts/shell-quote.ts";
import type { ArtifactView } from "./artifact-view.ts";

/** How to look this up from elsewhere. */
export function lookupSection(
  origin: string,
  kind: ArtifactKind,
  reference: string,
  { name, version }: ResolvedArtifact,
  generated: ArtifactView["generated"],
): HTMLElement {
  const at = (path: string) => origin + (fillPath(path, { reference }) ?? path);
  const show = `npx callsheet show ${shellQuote(cliReference(kind, reference))} --url ${shellQuote(origin)}`;
  return element(
    "section",
    { class: "panel" },
    element("h2", {}, "Look it up"),
    element("h3", {}, "curl"),
    codeBlock("the curl command", `curl ${shellQuote(at(artifactRoutes[kind].get.path))}`, "shell"),
    element("h3", {}, "CLI"),
    codeBlock("the CLI command", show, "shell"),
    element("h3", {}, "OCI"),
    codeBlock("the oras command", orasPull(origin, kind, name, version), "shell"),
    generated.length === 0 ? null : element("h3", {}, "Generated from it"),
    generated.length === 0
      ? null
      : element(
          "ul",
          {},
          ...generated.map(({ label, path }) => element("li", {}, element("a", { href: at(path) }, label))),
        ),
  );
}

/** The CLI knows templates and functions by their names alone. */
function cliReference(kind: ArtifactKind, reference: string): string {
  return kind === "template" || kind === "function" ? reference : `${kind}/${reference}`;
}
