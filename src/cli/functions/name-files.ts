import { exportIndexFile } from "../../domain/document/publishable-path.ts";

const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * Names for files of one folder: each as its author named it, as far as any system lets a file be called that; those that would fall
 * on another get a number. The index keeps its name.
 */
export function nameFiles(wanted: readonly string[]): string[] {
  const taken = new Set([exportIndexFile.toLowerCase()]);
  return wanted.map((name) => {
    const safe = safeName(name);
    const [, stem = safe, ending = ""] = /^(.+?)(\.[a-z]+)?$/is.exec(safe) ?? [];
    for (let number = 1; ; number++) {
      const tried = number === 1 ? safe : `${stem}-${number}${ending}`;
      // On some systems two names that differ in case only are one file.
      const key = tried.normalize("NFC").toLowerCase();
      if (taken.has(key)) continue;
      taken.add(key);
      return tried;
    }
  });
}

/** No folder, no character that some system refuses, nothing hidden. */
function safeName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? "";
  const clean = last
    .replace(/[\p{Cc}\p{Cf}<>:"|?*]/gu, "_")
    .replace(/^[.\s]+/, "_")
    .replace(/[.\s]+$/, "");
  const kept = reserved.test(clean) ? `_${clean}` : clean;
  return kept === "" ? "_" : shortened(kept);
}

/** File systems count bytes, most of them to 255; the number of a further file of the name must fit too. */
function shortened(name: string): string {
  const [, stem = name, ending = ""] = /^(.+?)(\.[a-z]+)?$/is.exec(name) ?? [];
  let kept = [...stem];
  while (Buffer.byteLength(kept.join("") + ending) > mostBytes) kept = kept.slice(0, -1);
  return kept.join("") + ending;
}

const mostBytes = 200;
