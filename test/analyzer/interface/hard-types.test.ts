import { expect, test } from "vitest";
import { deriveLast } from "./derive-last.ts";

const many = (count: number, line: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => line(at)).join("");

// Each stands for far more than it is long: written out, for millions of fields, or megabytes of the same text.
test.each<[string, string]>([
  [
    "classes that each name the next one three times",
    `from dataclasses import dataclass\n${many(40, (at) => `@dataclass\nclass C${at}:\n  a: "C${at + 1}"\n  b: "C${at + 1}"\n  c: "C${at + 1}"\n`)}class C40: pass\ndef f(x: C0) -> C0: ...\n`,
  ],
  [
    "aliases that double",
    `A0 = int | str\n${many(60, (at) => `A${at + 1} = A${at} | A${at}\n`)}def f(x: A60) -> A60: ...\n`,
  ],
  [
    "aliases of aliases",
    `A0 = int\n${many(9000, (at) => `A${at + 1} = list[A${at}]\n`)}def f(x: A9000) -> A9000: ...\n`,
  ],
  [
    "plain aliases of aliases",
    `A0 = int\n${many(9000, (at) => `A${at + 1} = A${at}\n`)}def f(x: A9000) -> A9000: ...\n`,
  ],
  ["brackets", `def f(x: ${"list[".repeat(190)}int${"]".repeat(190)}) -> None: ...\n`],
  ["a union of hundreds", `def f(x: ${many(900, (at) => `list[C${at}] | `)}None) -> None: ...\n`],
  [
    "a class of thousands",
    `from dataclasses import dataclass\n@dataclass\nclass C:\n${many(9000, (at) => `  f${at}: int = ${at}\n`)}def f(${many(60, (at) => `x${at}: C, `)}) -> C: ...\n`,
  ],
  [
    "bases of bases",
    `from dataclasses import dataclass\n@dataclass\nclass C0:\n  a: int\n${many(5000, (at) => `@dataclass\nclass C${at + 1}(C${at}, C${Math.max(0, at - 1)}):\n  b: int = 1\n`)}def f(x: C5000) -> None: ...\n`,
  ],
  [
    "bases in a circle",
    "from dataclasses import dataclass\n@dataclass\nclass A(B):\n  a: int\n@dataclass\nclass B(A):\n  b: A\ndef f(x: A, y: B) -> B: ...\n",
  ],
  [
    "an enum of thousands, whose members are named again and again",
    `from enum import IntEnum, auto\nfrom typing import Literal\nclass E(IntEnum):\n${many(9000, (at) => `  M${at} = auto()\n`)}def f(x: Literal[${many(9000, (at) => `E.M${at}, `)}] = E.M5) -> E: ...\n`,
  ],
  [
    "a long text, named again and again",
    `from enum import Enum\nfrom typing import Literal\nclass E(Enum):\n  A = "${"x".repeat(50_000)}"\nL = Literal["${"y".repeat(50_000)}"]\ndef f(a: list[E] = [${"E.A, ".repeat(20_000)}], ${many(60, (at) => `x${at}: tuple[${"L, ".repeat(40)}E], `)}) -> L: ...\n`,
  ],
  [
    "a long default, in a class that is named again and again",
    `from dataclasses import dataclass\n@dataclass\nclass C:\n  a: list = (${"1, ".repeat(50_000)})\n  b: str = "${"x".repeat(50_000)}"\ndef f(${many(60, (at) => `x${at}: tuple[${"C, ".repeat(20)}int], `)}) -> C: ...\n`,
  ],
  ["a long sum", `def f(x: int = ${"1 + ".repeat(900)}1) -> None: ...\n`],
  ["many string annotations", `def f(${many(60, (at) => `x${at}: "list['tuple[int, ...]']", `)}) -> None: ...\n`],
])("%s: the interface is made, and is not much longer than a document may be", (_, code) => {
  for (const runtime of ["python", "numpy"] as const) {
    const derived = deriveLast(code, runtime);
    expect(JSON.stringify(derived.interface).length).toBeLessThan(8_000_000);
    expect(JSON.stringify(derived.findings).length).toBeLessThan(1_000_000);
  }
});
