import { extname } from "node:path";

/** Text tells nothing of its type by its first bytes, so what a file is called is told to the registry. */
const typeOfExtension: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".csv": "text/csv",
  ".geojson": "application/geo+json",
  ".html": "text/html",
  ".ini": "text/plain",
  ".json": "application/json",
  ".jsonl": "application/jsonl",
  ".log": "text/plain",
  ".md": "text/markdown",
  ".ndjson": "application/x-ndjson",
  ".srt": "application/x-subrip",
  ".svg": "image/svg+xml",
  ".toml": "application/toml",
  ".tsv": "text/tab-separated-values",
  ".txt": "text/plain",
  ".vtt": "text/vtt",
  ".xml": "application/xml",
  ".yaml": "application/yaml",
  ".yml": "application/yaml",
};

/** The media type of a text file by its name; null for what is no text or is not known. */
export function textMediaType(name: string): string | null {
  return typeOfExtension[extname(name).toLowerCase()] ?? null;
}

/** The extension that a file of a media type is saved with, dot and all; empty when none is known. */
export function extensionOf(mediaType: string, name: string | null): string {
  const own = name === null ? "" : ownExtension(name);
  if (own !== "") return own;
  const ofText = Object.entries(typeOfExtension).find(([, type]) => type === mediaType)?.[0];
  return binaryExtension[mediaType] ?? ofText ?? "";
}

const binaryExtension: Readonly<Record<string, string>> = {
  "application/gzip": ".gz",
  "application/pdf": ".pdf",
  "application/zip": ".zip",
  "audio/flac": ".flac",
  "audio/mpeg": ".mp3",
  "audio/ogg": ".ogg",
  "audio/wav": ".wav",
  "image/gif": ".gif",
  "image/jpeg": ".jpg",
  "image/png": ".png",
  "image/tiff": ".tiff",
  "image/webp": ".webp",
  "text/plain": ".txt",
  "video/mp4": ".mp4",
  "video/webm": ".webm",
};

/** `.png`, and two for `cells.ome.tiff` and `scan.nii.gz`. */
function ownExtension(name: string): string {
  return /(\.(ome|nii|tar))?\.[a-z0-9]{1,10}$/i.exec(name)?.[0].toLowerCase() ?? "";
}
