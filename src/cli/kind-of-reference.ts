import { type ArtifactKind, artifactKind } from "../contract/artifact/kind.ts";
import type { ArtifactRoutes } from "../contract/http/artifact-routes.ts";
import { artifactRoutes, type RoutedKind } from "../contract/http/artifacts.ts";
import { CommandRefusal } from "./command-refusal.ts";

/** A reference as its kind's routes take it. */
export interface KindedReference {
  kind: RoutedKind;
  routes: ArtifactRoutes;
  /** `name` or `name@selector`, without the kind before it. */
  reference: string;
}

/**
 * What kind of artifact a reference means: a name with a dot (`numpy.sharpen`) is a function's, one without a template's;
 * `function/numpy.sharpen` and `template/image_resize` say it outright.
 */
export function kindOfReference(text: string): KindedReference {
  const [, said, rest] = /^([a-z]+)\/(.*)$/s.exec(text) ?? [];
  if (said === undefined || rest === undefined) {
    const [name = ""] = text.split("@");
    const kind = name.includes(".") ? "function" : "template";
    return { kind, routes: artifactRoutes[kind], reference: text };
  }
  const kind = artifactKind.safeParse(said).data;
  if (kind !== undefined && isRouted(kind)) return { kind, routes: artifactRoutes[kind], reference: rest };
  const known = Object.keys(artifactRoutes).join(" or ");
  throw new CommandRefusal(`${text}: "${said}" is no kind that this callsheet knows; before the / stands ${known}`);
}

/** Whether the registry has routes for a kind. */
export function isRouted(kind: ArtifactKind): kind is RoutedKind {
  return kind in artifactRoutes;
}
