import { CallFailure } from "../client/call-failure.ts";
import {
  type CallableReference,
  callableReferences,
  type KindedReference,
  kindsOfReference,
} from "./kind-of-reference.ts";
import { OciRefusal } from "./oci/oci-refusal.ts";

/**
 * Asks for what a reference means under each kind that it may be of, until one has the name: `callsheet show code-generation` need not
 * say that it is a workflow. For asking only: what changes something takes the one kind that `kindOfReference` gives.
 */
export async function askEachKind<Answer>(
  text: string,
  ask: (asked: KindedReference) => Promise<Answer>,
): Promise<Answer> {
  return askEach(kindsOfReference(text), ask);
}

/** The same among the kinds that have an interface; `what` says what is asked, where the text means another kind. */
export async function askEachCallable<Answer>(
  text: string,
  what: string,
  ask: (asked: CallableReference) => Promise<Answer>,
): Promise<Answer> {
  return askEach(callableReferences(text, what), ask);
}

async function askEach<Asked extends KindedReference, Answer>(
  kinds: readonly Asked[],
  ask: (asked: Asked) => Promise<Answer>,
): Promise<Answer> {
  let first: CallFailure | OciRefusal | null = null;
  for (const asked of kinds) {
    try {
      return await ask(asked);
    } catch (error) {
      if (!isUnknownName(error)) throw error;
      first ??= error;
    }
  }
  const others = kinds.slice(1).map(({ kind }) => `${kind === "agent" ? "an" : "a"} ${kind}`);
  if (first === null || others.length === 0) throw first;
  const message = `${first.message}; nor is there ${others.join(" or ")} of that name`;
  if (first instanceof CallFailure) throw new CallFailure(message, first.reason);
  throw new OciRefusal(first.code, first.status, message);
}

function isUnknownName(error: unknown): error is CallFailure | OciRefusal {
  if (error instanceof OciRefusal) return error.code === "NAME_UNKNOWN";
  return error instanceof CallFailure && error.problem?.code === "NAME_NOT_FOUND";
}
