import { type Callable, isAbstract, isWorkflow } from "../../../contract/artifact/callable.ts";
import type { Change, Comparison } from "../../../contract/template/comparison.ts";
import type { Field } from "../../../contract/template/field.ts";
import { compareMembers, membersOf, type Place } from "./compare-members.ts";
import { compareWords } from "./compare-words.ts";

/**
 * What changed from one template, function or workflow to another of its kind, most severe first, and the bump that it asks for (design section 5).
 * `id` and `version` are not compared. What is judged no worse than minor takes every input that was taken before
 * (values at the edge of a float's `multiple_of` tolerance excepted).
 */
export function compareCallables(from: Callable, to: Callable): Comparison {
  const root = rootOf(to);
  const members = isWorkflow(to) ? root : `${root}/interface`;
  const changes = [
    ...compareAbstract(from, to),
    ...compareInterfaces(from, to, { side: "input", path: `${members}/inputs`, noun: "input", owner: "" }),
    ...compareInterfaces(from, to, { side: "output", path: `${members}/outputs`, noun: "output", owner: "" }),
    ...compareWords(from, to, root),
  ].sort((a, b) => severity[a.level] - severity[b.level]);
  return { changes, bump: bumpOf(changes) };
}

/** One side of two interfaces. A workflow that declares nothing of a side takes, or may give, anything. */
function compareInterfaces(from: Callable, to: Callable, place: Place): Change[] {
  const [was, is] = [declaredOn(place.side, from), declaredOn(place.side, to)];
  if (was !== null && is !== null) return compareMembers(membersOf(was), membersOf(is), place);
  if (was === is) return [];
  const isDeclared = was === null;
  const said = {
    path: place.path,
    from: was,
    to: is,
    code: `${place.noun}s_${isDeclared ? "declared" : "undeclared"}`,
  };
  if (place.side === "input") {
    return isDeclared
      ? [{ ...said, level: "breaking", message: "inputs are declared now; anything was taken before" }]
      : [{ ...said, level: "minor", message: "inputs are no longer declared: anything is taken now" }];
  }
  return isDeclared
    ? [{ ...said, level: "minor", message: "outputs are declared now" }]
    : [{ ...said, level: "breaking", message: "outputs are no longer declared: nothing is promised of them now" }];
}

function declaredOn(side: Place["side"], callable: Callable): Record<string, Field> | null {
  const declared = callable.interface?.[side === "input" ? "inputs" : "outputs"];
  return declared === undefined ? {} : declared;
}

const severity = { breaking: 0, minor: 1, patch: 2 } as const satisfies Record<Change["level"], number>;

function bumpOf(changes: readonly Change[]): Comparison["bump"] {
  const worst = changes[0]?.level;
  if (worst === undefined) return "none";
  return worst === "breaking" ? "major" : worst;
}

function compareAbstract(from: Callable, to: Callable): Change[] {
  const was = isAbstract(from);
  const is = isAbstract(to);
  if (was === is) return [];
  const said = { path: "/template/abstract", from: was, to: is };
  return is
    ? [
        {
          ...said,
          level: "breaking",
          code: "made_abstract",
          message: "the template can no longer run: it is abstract now",
        },
      ]
    : [
        {
          ...said,
          level: "minor",
          code: "made_concrete",
          message: "the template can run now: it is no longer abstract",
        },
      ];
}

/** JSON Pointer to it in its document. */
function rootOf(callable: Callable): string {
  if (isWorkflow(callable)) return "";
  return "code" in callable ? "/function" : "/template";
}
