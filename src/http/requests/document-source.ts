import type { Failure } from "../../contract/failure.ts";
import { limits } from "../../contract/limits.ts";
import { documentOfValue } from "../../domain/document/document-of-value.ts";
import { readDocument } from "../../domain/document/read-document.ts";
import { readDocumentStream } from "../../domain/document/read-document-stream.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import type { DocumentSource } from "../../operations/registration/document-source.ts";
import { decodeText, readBody } from "./read-body.ts";
import { mediaTypeOf, parseJson } from "./read-json.ts";

/** One document, YAML or JSON. */
export async function readDocumentSource(
  request: Request,
  file: string | null,
): Promise<Result<DocumentSource, Failure>> {
  const mediaType = documentType(request);
  if (!mediaType.ok) return mediaType;
  const bytes = await readBody(request, limits.documentBytes);
  if (!bytes.ok) return bytes;
  const text = decodeText(bytes.value);
  if (!text.ok) return text;
  return success({ reading: readDocument(text.value), bytes: bytes.value, mediaType: mediaType.value, file });
}

/** Many documents: a YAML stream, or a JSON array. `named` are the names of their files, as far as they are told. */
export async function readDocumentBatch(
  request: Request,
  named: string | readonly string[] = [],
): Promise<Result<DocumentSource[], Failure>> {
  const mediaType = documentType(request);
  if (!mediaType.ok) return mediaType;
  const bytes = await readBody(request, limits.batchBytes);
  if (!bytes.ok) return bytes;
  const text = decodeText(bytes.value);
  if (!text.ok) return text;
  const read = mediaType.value === "application/json" ? readArray(text.value) : success(readStream(text.value));
  if (!read.ok) return read;
  const files = [named].flat();
  return success(read.value.map((source, at) => withFile(source, files[at] ?? "")));
}

/** JSON is YAML, so a file of JSON may come in a stream; it is served as what its name says. */
function withFile(source: DocumentSource, file: string): DocumentSource {
  if (file === "") return source;
  return { ...source, file, mediaType: /\.json$/i.test(file) ? "application/json" : source.mediaType };
}

function readStream(text: string): DocumentSource[] {
  return readDocumentStream(text).map((reading) => ({
    reading,
    bytes: new TextEncoder().encode(reading.source),
    mediaType: "application/yaml",
    file: null,
  }));
}

function readArray(text: string): Result<DocumentSource[], Failure> {
  const value = parseJson(text);
  if (!value.ok) return value;
  if (!Array.isArray(value.value)) {
    return refusal({
      code: "INVALID_REQUEST",
      message: "a batch in JSON is an array of documents; send one document to the route without :batch",
    });
  }
  const documents: unknown[] = value.value;
  if (documents.length === 0)
    return refusal({ code: "INVALID_REQUEST", message: "the batch is empty: the array has no document" });
  if (documents.length > limits.batchDocuments) {
    return refusal({
      code: "INVALID_REQUEST",
      message: `the batch has ${documents.length} documents; ${limits.batchDocuments} are read at once: send it in parts`,
    });
  }
  return success(
    documents.map((document) => ({
      reading: documentOfValue(document),
      bytes: new TextEncoder().encode(JSON.stringify(document)),
      mediaType: "application/json",
      file: null,
    })),
  );
}

function documentType(request: Request): Result<DocumentSource["mediaType"], Failure> {
  const given = mediaTypeOf(request);
  if (given === "application/json") return success(given);
  if (
    given === "application/yaml" ||
    given === "text/yaml" ||
    given === "application/x-yaml" ||
    given === "text/x-yaml"
  ) {
    return success("application/yaml");
  }
  return refusal({
    code: "UNSUPPORTED_MEDIA_TYPE",
    message: `the body is ${given ?? "of no Content-Type"}; this route reads application/yaml and application/json`,
  });
}
