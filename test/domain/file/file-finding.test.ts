import { expect, it } from "vitest";
import { fileFindings } from "../../../src/domain/file/file-finding.ts";

const aFile = (parts: object) => ({ size_bytes: 100, media_type: "application/octet-stream", name: null, ...parts });
const codes = (field: object, file: object) =>
  fileFindings({ type: "file", ...field }, aFile(file)).map(({ code }) => code);

it.each([
  ["image/png", "a.png", ["png"], true],
  ["image/png", null, ["png"], true],
  ["image/png", "a.PNG", ["jpg", "png"], true],
  ["image/jpeg", "a.jpeg", ["jpg"], true],
  ["image/jpeg", "a.jpg", ["jpeg"], true],
  ["image/tiff", "a.tif", ["tiff"], true],
  ["image/png", "a.jpg", ["jpg"], false],
  ["image/png", "a.jpg", ["png"], true],
  ["image/tiff", "a.ome.tif", ["ome.tiff"], true],
  ["image/tiff", "a.ome.tiff", ["tiff"], true],
  ["image/tiff", "a.tiff", ["ome.tiff"], false],
  ["image/tiff", null, ["ome.tiff"], false],
  ["image/tiff", "slide.svs", ["svs"], true],
  ["image/png", "slide.svs", ["svs"], true],
  ["application/octet-stream", "a.npy", ["npy"], true],
  ["application/octet-stream", "a.npz", ["npy"], false],
  ["application/octet-stream", null, ["npy"], false],
  ["application/octet-stream", "npy", ["npy"], false],
  ["application/octet-stream", "a.", ["npy"], false],
  ["application/zip", "a.npz", ["npz"], true],
  ["application/zip", "a.npz", ["zip"], false],
  ["application/zip", null, ["zip"], true],
  ["application/gzip", "brain.nii.gz", ["nii.gz"], true],
  ["application/gzip", "brain.nii.gz", ["gz"], true],
  ["text/plain", "a.csv", ["csv"], true],
  ["text/csv", "a.txt", ["csv"], true],
  ["text/csv", "a.txt", ["txt"], false],
  ["application/json", "a.ipynb", ["ipynb"], true],
])("a %s called %s fits %j: %s", (mediaType, name, format, fits) => {
  expect(codes({ format }, { media_type: mediaType, name })).toEqual(fits ? [] : ["file_wrong_format"]);
});

it.each([
  [["image/png"], true],
  [["image/*"], true],
  [["text/plain", "image/*"], true],
  [["image/pn"], false],
  [["text/*"], false],
])("a PNG is among %j: %s", (mimeTypes, fits) => {
  expect(codes({ mime_types: mimeTypes }, { media_type: "image/png" })).toEqual(fits ? [] : ["file_wrong_media_type"]);
});

it("takes a file of exactly the largest size", () => {
  expect(codes({ max_size: 100 }, {})).toEqual([]);
  expect(codes({ max_size: 99 }, {})).toEqual(["file_too_large"]);
});
