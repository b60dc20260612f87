import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BatchItem, orderByParent } from "../../../src/domain/template/order-by-parent.ts";

describe("ordering a batch", () => {
  test("parents come first, else the order given is kept", () => {
    expect(order("child base@^1", "other", "base")).toEqual(["base", "child", "other"]);
  });

  test("versions of one id ascend", () => {
    expect(order("a:1.10.0", "a:1.2.0", "a:1.9.0")).toEqual(["a:1.2.0", "a:1.9.0", "a:1.10.0"]);
  });

  test("a child comes after every version that its selector may choose, and need not wait for others", () => {
    expect(order("child base@^1", "base:2.0.0", "base:1.1.0", "base:1.0.0")).toEqual([
      "base:1.0.0",
      "base:1.1.0",
      "child",
      "base:2.0.0",
    ]);
    expect(order("child base@latest", "base:1.0.0", "base:2.0.0").at(-1)).toBe("child");
    expect(order("child base@stable", "base:1.0.0")).toEqual(["child", "base:1.0.0"]);
    expect(order("child base@2.0.0", "base:1.0.0")).toEqual(["child", "base:1.0.0"]);
  });

  test("a version may extend an earlier one of its own name", () => {
    expect(order("a:2.0.0 a@^1", "a:1.0.0")).toEqual(["a:1.0.0", "a:2.0.0"]);
  });

  test("a circle is named from child to parent, and its members are left out of the order", () => {
    const found = orderByParent(items("a b@latest", "b a@latest", "c a@latest", "d"));
    expect(found).toEqual({ order: [2, 3], cycles: [["a", "b", "a"]] });
  });

  test("a template that extends itself is a circle of one", () => {
    expect(orderByParent(items("a a@latest")).cycles).toEqual([["a", "a"]]);
  });

  test("each of two circles is named", () => {
    expect(orderByParent(items("a b@1.x", "b a@1.x", "c d@1.x", "d e@1.x", "e c@1.x")).cycles).toEqual([
      ["a", "b", "a"],
      ["c", "d", "e", "c"],
    ]);
  });

  test("no document comes before one that it may extend, and everyone is placed or in a circle", () => {
    const name = fc.constantFrom("a", "b", "c", "d", "e");
    const version = fc.constantFrom("1.0.0", "1.1.0", "2.0.0");
    const parent = fc.option(fc.record({ name, selector: fc.constantFrom("latest", "^1", "2.0.0") }));
    const item = fc.record({ id: name, version, extends: parent });
    fc.assert(
      fc.property(fc.array(item, { maxLength: 12 }), (drawn) => {
        const batch = drawn.map((one, index): BatchItem => ({ ...one, index }));
        const { order, cycles } = orderByParent(batch);
        const circling = new Set(cycles.flat());
        expect(new Set(order).size).toBe(order.length);
        for (const one of batch) {
          const at = order.indexOf(one.index);
          if (at < 0) expect(circling).toContain(one.id);
          for (const other of batch) {
            const after = order.indexOf(other.index);
            if (at < 0 || after < 0 || one.extends?.name !== other.id) continue;
            const { selector } = one.extends;
            const isChosen =
              selector === "latest" || selector === other.version || (selector === "^1" && other.version < "2");
            if (isChosen) expect(after).toBeLessThan(at);
          }
        }
      }),
    );
  });
});

/** `id[:version] [parent@selector]` */
function items(...texts: string[]): BatchItem[] {
  return texts.map((text, index) => {
    const [self = "", reference] = text.split(" ");
    const [id = "", version = "1.0.0"] = self.split(":");
    const [name = "", selector = "latest"] = reference?.split("@") ?? [];
    return { index, id, version, extends: reference === undefined ? null : { name, selector } };
  });
}

function order(...texts: string[]): string[] {
  return orderByParent(items(...texts)).order.map((index) => texts[index]?.split(" ")[0] ?? "");
}
