import { type Callable, isAbstract } from "../../../contract/artifact/callable.ts";
import type { Change, Comparison } from "../../../contract/template/comparison.ts";
import { compareMembers, membersOf } from "./compare-members.ts";
import { compareWords } from "./compare-words.ts";

/**
 * What changed from one template or function to another of its kind, most severe first, and the bump that it asks for (design section 5).
 * `id` and `version` are not compared. What is judged no worse than minor takes every input that was taken before
 * (values at the edge of a float's `multiple_of` tolerance excepted).
 */
export function compareCallables(from: Callable, to: Callable): Comparison {
  const root = rootOf(to);
  const changes = [
    ...compareAbstract(from, to),
    ...compareMembers(membersOf(from.interface?.inputs ?? {}), membersOf(to.interface?.inputs ?? {}), {
      side: "input",
      path: `${root}/interface/inputs`,
      noun: "input",
      owner: "",
    }),
    ...compareMembers(membersOf(from.interface?.outputs ?? {}), membersOf(to.interface?.outputs ?? {}), {
      side: "output",
      path: `${root}/interface/outputs`,
      noun: "output",
      owner: "",
    }),
    ...compareWords(from, to, root),
  ].sort((a, b) => severity[a.level] - severity[b.level]);
  return { changes, bump: bumpOf(changes) };
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
  return "code" in callable ? "/function" : "/template";
}
