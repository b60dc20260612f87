/** Extensions that are spelled in several ways; the first spelling counts. */
const spellings: Record<string, string> = {
  jpeg: "jpg",
  jpe: "jpg",
  tif: "tiff",
  "ome.tif": "ome.tiff",
  htm: "html",
  yml: "yaml",
  markdown: "md",
  mpg: "mpeg",
  midi: "mid",
  oga: "ogg",
  "nii.gzip": "nii.gz",
  tgz: "tar.gz",
  hdf5: "h5",
  ndjson: "jsonl",
};

/** Media types by extension: the files that AI work takes and gives. The first extension of a type is the one a file of it is named by. */
const typeByExtension: Record<string, string> = {
  png: "image/png",
  apng: "image/apng",
  jpg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  avif: "image/avif",
  heic: "image/heic",
  bmp: "image/bmp",
  tiff: "image/tiff",
  "ome.tiff": "image/tiff",
  ico: "image/x-icon",
  jxl: "image/jxl",
  jp2: "image/jp2",
  psd: "image/vnd.adobe.photoshop",
  svg: "image/svg+xml",
  exr: "image/x-exr",
  dcm: "application/dicom",
  mp3: "audio/mpeg",
  wav: "audio/wav",
  flac: "audio/flac",
  ogg: "audio/ogg",
  aac: "audio/aac",
  m4a: "audio/x-m4a",
  mid: "audio/midi",
  mp4: "video/mp4",
  webm: "video/webm",
  mov: "video/quicktime",
  mkv: "video/matroska",
  avi: "video/vnd.avi",
  mpeg: "video/mpeg",
  pdf: "application/pdf",
  rtf: "application/rtf",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  epub: "application/epub+zip",
  zip: "application/zip",
  gz: "application/gzip",
  "nii.gz": "application/gzip",
  "tar.gz": "application/gzip",
  tar: "application/x-tar",
  bz2: "application/x-bzip2",
  xz: "application/x-xz",
  "7z": "application/x-7z-compressed",
  zst: "application/zstd",
  wasm: "application/wasm",
  glb: "model/gltf-binary",
  gltf: "model/gltf+json",
  "3mf": "model/3mf",
  stl: "model/stl",
  obj: "model/obj",
  parquet: "application/vnd.apache.parquet",
  arrow: "application/vnd.apache.arrow.file",
  sqlite: "application/x-sqlite3",
  txt: "text/plain",
  csv: "text/csv",
  tsv: "text/tab-separated-values",
  md: "text/markdown",
  html: "text/html",
  srt: "application/x-subrip",
  vtt: "text/vtt",
  json: "application/json",
  jsonl: "application/x-ndjson",
  geojson: "application/geo+json",
  xml: "application/xml",
  yaml: "application/yaml",
};

/** Types that say how bytes are wrapped but not what they are: many formats are a zip, a text or just bytes. */
const openTypes: ReadonlySet<string> = new Set([
  "application/octet-stream",
  "application/zip",
  "application/gzip",
  "application/xml",
  "application/json",
  "application/x-cfb",
  "application/x-tar",
  "text/plain",
  "text/xml",
]);

/** The one spelling of an extension: jpeg is jpg. */
export function extensionOf(spelled: string): string {
  const lower = spelled.toLowerCase();
  return spellings[lower] ?? lower;
}

/** The extensions of a name, the longest first: `a.ome.tif` has ome.tiff and tiff. */
export function extensionsOfName(name: string): string[] {
  const parts = name.toLowerCase().split(".").slice(1);
  const last = parts.at(-1);
  if (last === undefined || last === "") return [];
  const before = parts.at(-2);
  return [...(before === undefined ? [] : [extensionOf(`${before}.${last}`)]), extensionOf(last)];
}

/** The media type that a name promises; null when its extension is none that we know. */
export function typeOfName(name: string): string | null {
  for (const extension of extensionsOfName(name)) {
    const type = Object.hasOwn(typeByExtension, extension) ? typeByExtension[extension] : undefined;
    if (type !== undefined) return type;
  }
  return null;
}

/** The extensions that a file of this media type can have. */
export function extensionsOfType(mediaType: string): string[] {
  return Object.entries(typeByExtension).flatMap(([extension, type]) => (type === mediaType ? [extension] : []));
}

/** Whether a type leaves open what the bytes are. */
export function isOpenType(mediaType: string): boolean {
  return openTypes.has(mediaType);
}

/** A media type without its parameters, in lower case. */
export function bareType(mediaType: string): string {
  return (mediaType.split(";")[0] ?? "").trim().toLowerCase();
}
