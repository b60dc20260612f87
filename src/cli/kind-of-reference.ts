import { type ArtifactKind, artifactKind, collectionOf } from "../contract/artifact/kind.ts";
import { artifactName, templateName } from "../contract/artifact/name.ts";
import { functionName } from "../contract/function/name.ts";
import type { ArtifactRoutes, CallableRoutes } from "../contract/http/artifact-routes.ts";
import { artifactRoutes, type CallableKind, callableRoutes, isCallable } from "../contract/http/artifacts.ts";
import { CommandRefusal } from "./command-refusal.ts";

/** A reference as its kind's routes take it. */
export interface KindedReference {
  kind: ArtifactKind;
  routes: ArtifactRoutes;
  /** `name` or `name@selector`, without the kind before it. */
  reference: string;
}

/** The same, of a kind that has an interface. */
export interface CallableReference extends KindedReference {
  kind: CallableKind;
  routes: CallableRoutes;
}

/**
 * What kind of artifact a reference means: a name with a dot (`numpy.sharpen`) is a function's, one without a template's;
 * `function/numpy.sharpen`, `workflows/plan`, `agent/planner` say it outright, in the singular or the plural.
 */
export function kindOfReference(text: string): KindedReference {
  const [first, second] = kindsOfReference(text);
  if (first !== undefined && (second === undefined || first.kind === "template" || first.kind === "function"))
    return first;
  const [name = ""] = text.split("@");
  throw new CommandRefusal(`${text}: "${name}" is no template's name; say workflow/${name} or agent/${name}`);
}

/** What a reference may mean, the likeliest first: where no kind is said, a workflow or an agent may have the name as well. */
export function kindsOfReference(text: string): KindedReference[] {
  const [, said, rest] = /^([^@/]*)\/(.*)$/s.exec(text) ?? [];
  if (said !== undefined && rest !== undefined) return [referenceTo(saidKind(text, said), rest)];
  const [name = ""] = text.split("@");
  const likeliest = name.includes(".") ? "function" : "template";
  if (!artifactName.safeParse(name).success) return [referenceTo(likeliest, text)];
  const isLikely = (likeliest === "function" ? functionName : templateName).safeParse(name).success;
  const kinds: ArtifactKind[] = isLikely ? [likeliest, "workflow", "agent"] : ["workflow", "agent"];
  return kinds.map((kind) => referenceTo(kind, text));
}

/**
 * The same for what has an interface, the likeliest first; never none. `what` says what is asked of it, for the message that others have
 * no interface.
 */
export function callableReferences(text: string, what: string): CallableReference[] {
  const found = kindsOfReference(text);
  const callable = found.flatMap(({ kind, reference }) =>
    isCallable(kind) ? [{ kind, routes: callableRoutes[kind], reference }] : [],
  );
  if (callable.length > 0) return callable;
  const [{ kind, reference } = { kind: "agent" as const, reference: text }] = found;
  throw new CommandRefusal(
    `${text}: ${what}, and ${collectionOf[kind]} have no interface; \`callsheet show ${kind}/${reference}\` shows what this one is`,
  );
}

/** Reads a kind as people write it: `workflow`, `workflows`. Null when it is none. */
export function readKind(text: string): ArtifactKind | null {
  return artifactKind.options.find((kind) => text === kind || text === collectionOf[kind]) ?? null;
}

function saidKind(text: string, said: string): ArtifactKind {
  const kind = readKind(said);
  if (kind !== null) return kind;
  const known = artifactKind.options.join(", ");
  throw new CommandRefusal(`${text}: "${said}" is no kind of artifact; before the / stands one of ${known}`);
}

function referenceTo(kind: ArtifactKind, reference: string): KindedReference {
  return { kind, routes: artifactRoutes[kind], reference };
}
