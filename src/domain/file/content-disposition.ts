import { extensionsOfType } from "./media-types.ts";

/** The name that a file is saved under: its own, else one made of its digest and its media type. */
export function downloadName(file: { digest: string; name: string | null; media_type: string }): string {
  if (file.name !== null) return file.name;
  const extension = extensionsOfType(file.media_type)[0];
  const short = file.digest.slice("sha256:".length, "sha256:".length + 12);
  return extension === undefined ? short : `${short}.${extension}`;
}

/** `Content-Disposition` (RFC 6266) that saves under `name`: in full for those who read RFC 8187, in ASCII for the others. */
export function contentDisposition(name: string): string {
  const shown = shownName(name);
  const plain = shown.replaceAll(/[^\x20-\x7e]|["\\%/]/g, "_");
  return `attachment; filename="${plain}"${plain === shown ? "" : `; filename*=${encodedName(shown)}`}`;
}

/** `Content-Disposition` of what is shown rather than saved, with the name that it would be saved under. */
export function inlineDisposition(name: string): string {
  return `inline; filename*=${encodedName(shownName(name))}`;
}

/** Characters that turn the direction of text can make an .exe look like a .png. */
function shownName(name: string): string {
  return name.toWellFormed().replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, "");
}

/** RFC 8187. */
function encodedName(name: string): string {
  const hex = (mark: string) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`;
  return `UTF-8''${encodeURIComponent(name).replaceAll(/['()*]/g, hex)}`;
}
