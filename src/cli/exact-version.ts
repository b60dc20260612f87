import { version } from "../contract/artifact/version.ts";
import type { ArtifactRoutes } from "../contract/http/artifact-routes.ts";
import { splitReference } from "../domain/artifact/parse-reference.ts";
import { CommandRefusal } from "./command-refusal.ts";
import { kindOfReference } from "./kind-of-reference.ts";

/** One version of one name, and the routes of its kind. */
export interface ExactVersion {
  routes: ArtifactRoutes;
  name: string;
  version: string;
}

/** Reads `name@1.2.3`. A version's life is changed one version at a time, so a range or a tag is refused. */
export function exactVersion(text: string): ExactVersion {
  const { routes, reference } = kindOfReference(text);
  const { name, selector } = splitReference(reference);
  if (selector === null) throw new CommandRefusal(`${text}: say which version, like ${name}@1.2.0`);
  if (!version.safeParse(selector).success) {
    throw new CommandRefusal(
      `${text}: "${selector}" is no exact version; \`callsheet versions ${name}\` lists them, like ${name}@1.2.0`,
    );
  }
  return { routes, name, version: selector };
}
