import { fillPath } from "../../client/fill-path.ts";
import { artifactRoutes, type RoutedKind } from "../../contract/http/artifacts.ts";
import { codeBlock } from "../parts/code-block.ts";
import { element } from "../parts/element.ts";

/** How to look this up from elsewhere. What is abstract cannot run, so it has no OpenAPI document. */
export function lookupSection(origin: string, kind: RoutedKind, reference: string, isAbstract: boolean): HTMLElement {
  const at = (path: string) => origin + (fillPath(path, { reference }) ?? path);
  return element(
    "section",
    { class: "panel" },
    element("h2", {}, "Look it up"),
    element("h3", {}, "curl"),
    codeBlock("the curl command", `curl ${quote(at(artifactRoutes[kind].get.path))}`, "shell"),
    element("h3", {}, "CLI"),
    codeBlock("the CLI command", `npx callsheet show ${quote(reference)} --url ${quote(origin)}`, "shell"),
    element("h3", {}, "Generated from it"),
    element(
      "ul",
      {},
      element("li", {}, element("a", { href: at(artifactRoutes[kind].schema.path) }, "JSON Schema")),
      isAbstract
        ? null
        : element("li", {}, element("a", { href: at(artifactRoutes[kind].openapi.path) }, "OpenAPI document")),
    ),
  );
}

/** For a POSIX shell; left alone where the shell would leave it alone. */
function quote(text: string): string {
  return /^[\w@:/.,%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
