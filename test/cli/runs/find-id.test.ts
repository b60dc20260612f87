import { describe, expect, test } from "vitest";
import { findId } from "../../../src/cli/find-id.ts";

const recent = [
  { id: "0199b2c4-8d6e-7c3a-9f10-2a6b1c0d4e5f", told: "one" },
  { id: "0199b2c4-8d6f-7c3a-9f10-7d1e9f334e5f", told: "other" },
];
const find = (text: string) => findId(text, "run", async () => recent);

describe("a shortened id", () => {
  test("is the beginning or the end of one id among the recent ones, in either case", async () => {
    expect(await find("1C0D4E5F")).toBe(recent[0]?.id);
    expect(await find("0199b2c4-8d6f")).toBe(recent[1]?.id);
  });

  test("that is a whole id is taken as it is, known or not", async () => {
    const whole = "0199b2c4-0000-7000-8000-000000000000";
    expect(await findId(whole, "run", () => Promise.reject(new Error("asked")))).toBe(whole);
  });

  test("that fits several is refused with each of them", async () => {
    await expect(find("4e5f")).rejects.toThrow(/2 ids fit\n {2}0199b2c4-8d6e.* {2}one\n {2}0199b2c4-8d6f.* {2}other/);
  });

  test("that fits none is not found, and what cannot be an id is refused", async () => {
    await expect(find("aaaa")).rejects.toMatchObject({ exitCode: 3 });
    await expect(find("4e5")).rejects.toMatchObject({ exitCode: 2 });
    await expect(find("image_resize")).rejects.toThrow("`callsheet runs` tells them");
  });
});
