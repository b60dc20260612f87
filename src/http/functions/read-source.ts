import type { Failure } from "../../contract/failure.ts";
import type { SourceBatch } from "../../contract/function/registration.ts";
import type { SourceLanguage } from "../../contract/function/runtime.ts";
import { sourceMediaTypes } from "../../contract/function/runtime.ts";
import { limits } from "../../contract/limits.ts";
import { languageOfFile, languageOfMediaType, sourceEndings } from "../../domain/function/source-language.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import type { FunctionSource } from "../../operations/function/prepare-source.ts";
import type { BatchMember } from "../../operations/function/register-sources.ts";
import { decodeText, readBody } from "../requests/read-body.ts";
import { mediaTypeOf } from "../requests/read-json.ts";

/** The source in a request's body: its language by the media type, or by the file's name where that says no more than text. */
export async function readSource(
  request: Request,
  { file, version }: { file: string | null; version: string | null },
): Promise<Result<FunctionSource, Failure>> {
  const language = languageOf(mediaTypeOf(request), file);
  if (!language.ok) return language;
  const bytes = await readBody(request, limits.codeBytes);
  if (!bytes.ok) return bytes;
  const text = decodeText(bytes.value);
  if (!text.ok) return text;
  return success({ bytes: bytes.value, text: text.value, language: language.value, file, version });
}

/** The sources of a `:batch`, each by itself: one that cannot be read is its own result. */
export function readMembers({ sources }: SourceBatch): BatchMember[] {
  return sources.map(({ file, source: text, language: told, versions }) => {
    const language = told ?? languageOfFile(file);
    if (language === null) {
      const message = `the name ${file} does not tell a language; end it with ${endings}, or say \`language\``;
      return { file, source: refusal({ code: "UNSUPPORTED_MEDIA_TYPE", message }) };
    }
    const bytes = new TextEncoder().encode(text);
    if (bytes.byteLength > limits.codeBytes) {
      const message = `${file} is larger than the ${limits.codeBytes / 1024} KiB that a source may have; divide it`;
      return { file, source: refusal({ code: "BODY_TOO_LARGE", message }) };
    }
    const asked = typeof versions === "object" ? { version: null, versions } : { version: versions ?? null };
    return { file, source: success({ bytes, text, language, file, ...asked }) };
  });
}

function languageOf(mediaType: string | null, file: string | null): Result<SourceLanguage, Failure> {
  const named = mediaType === null ? null : languageOfMediaType(mediaType);
  if (named !== null) return success(named);
  const byFile = mediaType === "text/plain" && file !== null ? languageOfFile(file) : null;
  if (byFile !== null) return success(byFile);
  return refusal({
    code: "UNSUPPORTED_MEDIA_TYPE",
    message: `the body is ${mediaType ?? "of no Content-Type"}; this route reads ${Object.values(sourceMediaTypes).join(", ")}, and text/plain with ?file= and a name that ends with ${endings}`,
  });
}

const endings = `${sourceEndings.slice(0, -1).join(", ")} or ${sourceEndings.at(-1)}`;
