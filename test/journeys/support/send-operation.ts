import type { VersionState } from "../../../src/contract/artifact/name-index.ts";
import { registration } from "../../../src/contract/artifact/registration.ts";
import { changeAnswer } from "../../../src/contract/artifact/resolved.ts";
import type { Operation } from "./name-model.ts";
import { versionedSource, type Writable, write } from "./registry-calls.ts";

/** What the registry said to a change: acknowledged, with its place in the order of change, or refused. */
export type Acknowledgement =
  | { type: "acknowledged"; seq: number; digest: string | null; changed: boolean }
  | { type: "refused"; text: string };

/** Sends one change of a name, once. Throws when no whole answer comes. */
export async function sendOperation(registry: Writable, name: string, operation: Operation): Promise<Acknowledgement> {
  const { status, text } = await request(registry, name, operation);
  if (status !== 200 && status !== 201) return { type: "refused", text: `${status} ${text}` };
  const answer: unknown = JSON.parse(text);
  if (operation.type === "publish") {
    const { seq, digest, status: done } = registration.parse(answer);
    return { type: "acknowledged", seq: seq ?? 0, digest, changed: done === "created" };
  }
  const { seq, changed } = changeAnswer.parse(answer);
  return { type: "acknowledged", seq, digest: null, changed };
}

const actOf = { live: "restore", deprecated: "deprecate", yanked: "yank" } as const satisfies Partial<
  Record<VersionState, string>
>;

function request(registry: Writable, name: string, operation: Operation): Promise<{ status: number; text: string }> {
  const path = `/v1/templates/${name}`;
  if (operation.type === "publish")
    return write(registry, "POST", "/v1/templates", versionedSource(name, operation.version), "application/yaml");
  if (operation.type === "tag") {
    const { tag, version } = operation;
    if (version === null) return write(registry, "DELETE", `${path}/tags/${tag}`);
    return write(registry, "PUT", `${path}/tags/${tag}`, JSON.stringify({ version }));
  }
  const { version, state, message } = operation;
  if (state === "deleted")
    return write(registry, "DELETE", `${path}/versions/${version}?message=${encodeURIComponent(message ?? "none")}`);
  const body = JSON.stringify(message === null ? {} : { message });
  return write(registry, "POST", `${path}/versions/${version}:${actOf[state]}`, body);
}
