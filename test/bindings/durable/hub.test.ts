import { expect, it } from "vitest";
import { hubRegions, regionOf } from "../../../src/bindings/durable/hub.ts";

it.each([
  ["NA", "-122", "wnam"],
  ["NA", "-74", "enam"],
  ["SA", "-46", "sam"],
  ["EU", "2", "weur"],
  ["EU", "21", "eeur"],
  ["AS", "139", "apac"],
  ["AS", "55", "me"],
  ["OC", "151", "oc"],
  ["AF", "28", "afr"],
  ["AN", "0", "weur"],
  [undefined, undefined, "weur"],
  ["NA", "nonsense", "enam"],
])("sends who asks from %s at %s to the hub of %s", (continent, longitude, region) => {
  expect(regionOf({ continent, longitude })).toBe(region);
  expect(hubRegions).toContain(region);
});
