import type { FieldOf } from "../../contract/template/field.ts";
import { extensionOf, extensionsOfName, extensionsOfType, isOpenType, typeOfName } from "./media-types.ts";

/** What is known of a file that a value names. */
export interface FileFacts {
  size_bytes: number;
  media_type: string;
  name: string | null;
}

/** What is wrong with a file. */
export interface FileFinding {
  code: "file_too_large" | "file_wrong_media_type" | "file_wrong_format";
  message: string;
}

/** What of a file does not fit its field. */
export function fileFindings(field: FieldOf<"file">, file: FileFacts): FileFinding[] {
  const findings: FileFinding[] = [];
  const { max_size: maxSize, mime_types: mimeTypes, format } = field;
  if (maxSize !== undefined && file.size_bytes > maxSize) {
    const message = `the file has ${file.size_bytes} bytes; at most ${maxSize} are taken`;
    findings.push({ code: "file_too_large", message });
  }
  if (mimeTypes !== undefined && !mimeTypes.some((type) => covers(type, file.media_type))) {
    const message = `the file is ${file.media_type}; taken are ${mimeTypes.join(", ")}`;
    findings.push({ code: "file_wrong_media_type", message });
  }
  if (format !== undefined && !hasFormat(format, file)) {
    const called = file.name === null ? "has no name" : `is called ${file.name}`;
    const message = `the file ${called} and its content is ${file.media_type}; taken are ${format.join(", ")}`;
    findings.push({ code: "file_wrong_format", message });
  }
  return findings;
}

function covers(type: string, mediaType: string): boolean {
  return type.endsWith("/*") ? mediaType.startsWith(type.slice(0, -1)) : type === mediaType;
}

/**
 * The content decides where its media type tells a format: what is a PNG is no jpg, whatever it is called. Where the type leaves it open
 * (a zip, a text), or the name tells something finer that does not contradict it (ome.tiff), the name decides.
 */
function hasFormat(format: readonly string[], file: FileFacts): boolean {
  const taken = new Set(format.map(extensionOf));
  const byType = extensionsOfType(file.media_type);
  const byName = file.name === null ? [] : extensionsOfName(file.name);
  // A type that some finer formats share (a TIFF may be an OME-TIFF) tells only the plain one.
  const plain = byType.filter((extension) => !extension.includes("."));
  const isOpen = isOpenType(file.media_type);
  if (byName.length === 0 || !isOpen) {
    if (plain.some((extension) => taken.has(extension))) return true;
  }
  const promised = file.name === null ? null : typeOfName(file.name);
  const contradicts = !isOpen && promised !== null && promised !== file.media_type;
  return !contradicts && byName.some((extension) => taken.has(extension));
}
