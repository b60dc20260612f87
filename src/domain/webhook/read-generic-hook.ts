import type { Failure } from "../../contract/failure.ts";
import { type GenericPush, genericPush } from "../../contract/webhook/delivery.ts";
import { own } from "../document/json-value.ts";
import { type Result, refusal, success } from "../result.ts";
import type { HookMeaning, WatchedBranch } from "./hook-meaning.ts";

/** What a hook with its files in it means for a source; `push` is what is to be kept of it. */
export function readGenericHook(
  body: unknown,
  { branch }: WatchedBranch,
): Result<{ meaning: HookMeaning; push: GenericPush | null }, Failure> {
  const type = isRecord(body) ? own(body, "type") : undefined;
  if (type === "ping") return success({ meaning: { type: "pong" }, push: null });
  if (typeof type === "string" && type !== "push") {
    const reason = `the event is ${type.slice(0, 100)}; only pushes are published`;
    return success({ meaning: { type: "ignored", reason }, push: null });
  }
  const parsed = genericPush.safeParse(body);
  if (!parsed.success) {
    const [first] = parsed.error.issues;
    const at = first === undefined || first.path.length === 0 ? "the body" : first.path.join(".");
    const message = `the body is not a push (docs/webhooks.md): ${at}: ${first?.message ?? "it does not fit"}`;
    return refusal({ code: "INVALID_REQUEST", message });
  }
  const bad = badPath(parsed.data);
  if (bad !== null) return refusal({ code: "INVALID_REQUEST", message: bad });
  const { commit, ref, pusher } = parsed.data.data;
  if (ref !== null && ref !== branch && ref !== `refs/heads/${branch}`) {
    const reason = `${ref} was pushed; this source watches the branch ${branch}`;
    return success({ meaning: { type: "ignored", reason }, push: null });
  }
  return success({ meaning: { type: "push", event: "push", ref, commit, pusher }, push: parsed.data });
}

/** Paths go into messages, histories and statuses: each is one line, and means one file. */
function badPath({ data }: GenericPush): string | null {
  const given = data.files.map(({ path }) => path);
  const odd = [...given, ...data.removed].find((path) => !isPlainPath(path));
  if (odd !== undefined) {
    return `data has the path ${JSON.stringify(odd.slice(0, 100))}; a path is relative, with / between folders, without . or .. among them`;
  }
  const twice = given.find((path, at) => given.indexOf(path) !== at);
  if (twice !== undefined) return `data.files has ${twice.slice(0, 100)} twice`;
  const both = given.find((path) => data.removed.includes(path));
  return both === undefined ? null : `${both.slice(0, 100)} is in data.files and in data.removed`;
}

function isPlainPath(path: string): boolean {
  return (
    /^[^\p{Cc}\p{Zl}\p{Zp}\\]+$/u.test(path) &&
    path.split("/").every((part) => part !== "" && part !== "." && part !== "..")
  );
}

function isRecord(value: unknown): value is Record<string, never> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
