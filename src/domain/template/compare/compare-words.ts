import { type Callable, type CallableWorkflow, isWorkflow } from "../../../contract/artifact/callable.ts";
import type { Change } from "../../../contract/template/comparison.ts";
import { childPointer } from "../../pointer.ts";
import { isRecord, sameJson } from "../value/json-equality.ts";

/** Differences in all that is not the interface: words, code, examples, resources, presets, models, execution, stages. Each is a patch. */
export function compareWords(from: Callable, to: Callable, root: string): Change[] {
  const before = outsideInterface(from);
  const after = outsideInterface(to);
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) =>
    differences(member(before, key), member(after, key), childPointer(root, key), key, key),
  );
}

function outsideInterface(callable: Callable): Record<string, unknown> {
  if (isWorkflow(callable)) return wordsOfWorkflow(callable);
  const { id: _id, version: _version, interface: _interface, ...rest } = callable;
  return Object.fromEntries(Object.entries(rest).filter(([key]) => key !== "abstract"));
}

/** What its outputs are made of belongs to what it does. */
function wordsOfWorkflow({ workflow }: CallableWorkflow): Record<string, unknown> {
  if (workflow === null) return {};
  const { metadata, inputs: _inputs, outputs, ...rest } = workflow;
  const { id: _id, version: _version, ...words } = metadata;
  const made = Object.entries(outputs ?? {}).map(([name, output]) => [
    name,
    typeof output === "string" ? output : output.value,
  ]);
  return { metadata: words, ...rest, outputs: Object.fromEntries(made) };
}

/** Maps are followed to the key that differs; lists and scalars are compared whole. */
function differences(from: unknown, to: unknown, path: string, words: string, topic: string): Change[] {
  if (sameJson(from, to)) return [];
  if (!isRecord(from) || !isRecord(to)) {
    const verb = from === undefined ? "added" : to === undefined ? "removed" : "changed";
    const message = `${words} ${verb}`;
    return [{ level: "patch", code: `${topic}_${verb}`, path, message, from: from ?? null, to: to ?? null }];
  }
  const keys = new Set([...Object.keys(from), ...Object.keys(to)]);
  return [...keys].flatMap((key) => {
    const below = topic === "requirements" ? key : topic;
    return differences(member(from, key), member(to, key), childPointer(path, key), `${words}.${key}`, below);
  });
}

/** A preset may be called `constructor`: only what the map itself has counts. */
function member(map: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}
