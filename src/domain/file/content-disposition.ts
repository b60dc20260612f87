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
  // Characters that turn the direction of text can make an .exe look like a .png.
  const shown = name.toWellFormed().replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, "");
  const plain = shown.replaceAll(/[^\x20-\x7e]|["\\%/]/g, "_");
  const full = encodeURIComponent(shown).replaceAll(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"${plain === shown ? "" : `; filename*=UTF-8''${full}`}`;
}
