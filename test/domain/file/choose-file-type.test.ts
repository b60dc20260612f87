import { expect, it } from "vitest";
import { chooseFileType } from "../../../src/domain/file/choose-file-type.ts";

const sniffable = new Set(["image/png", "application/zip", "application/pdf", "application/xml"]);

it.each([
  ["what the bytes say", { sniffed: "image/png", declared: "text/csv", name: "a.csv" }, "image/png"],
  ["else what the sender says", { sniffed: null, declared: "text/csv", name: "a.txt" }, "text/csv"],
  ["else what the name promises", { sniffed: null, declared: null, name: "a.TSV" }, "text/tab-separated-values"],
  ["else nothing", { sniffed: null, declared: null, name: "a.unheard" }, "application/octet-stream"],
  ["no default of curl's", { sniffed: null, declared: "application/x-www-form-urlencoded", name: "a.csv" }, "text/csv"],
  [
    "a finer type of a zip",
    { sniffed: "application/zip", declared: "application/x-npz", name: null },
    "application/x-npz",
  ],
  ["SVG rather than XML", { sniffed: "application/xml", declared: null, name: "a.svg" }, "image/svg+xml"],
  [
    "a zip, not the PDF that it says to be",
    { sniffed: "application/zip", declared: "application/pdf", name: null },
    "application/zip",
  ],
  ["a gzip by its name too", { sniffed: "application/zip", declared: null, name: "a" }, "application/zip"],
])("takes %s", (_, clues, expected) => {
  expect(chooseFileType(clues, (type) => sniffable.has(type))).toBe(expected);
});
