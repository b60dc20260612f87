import { expect, test } from "vitest";
import { snakeName } from "../../src/analyzer/snake-name.ts";

test.each([
  ["sharpen", "sharpen"],
  ["sharpenImage", "sharpen_image"],
  ["SharpenImage", "sharpen_image"],
  ["toRGB", "to_rgb"],
  ["RGBToGray", "rgb_to_gray"],
  ["toRGB8Image", "to_rgb8_image"],
  ["blur2D", "blur2d"],
  ["blur2d", "blur2d"],
  ["my_functionName", "my_function_name"],
  ["HTTPServer2Client", "http_server2_client"],
  ["aB", "a_b"],
  ["", ""],
  ["größerAlsEins", "größer_als_eins"],
])("%s is %s", (name, snake) => {
  expect(snakeName(name)).toBe(snake);
  expect(snakeName(snake)).toBe(snake);
});

test("a long name takes no longer than its length asks for", () => {
  expect(snakeName("aB".repeat(100_000))).toHaveLength(300_000);
});
