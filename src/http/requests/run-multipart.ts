import { bytesToHex } from "@noble/hashes/utils.js";
import type { Failure } from "../../contract/failure.ts";
import { fileName, mediaType } from "../../contract/file/file.ts";
import { limits } from "../../contract/limits.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import type { SentFile } from "../../operations/run/run-artifact.ts";

/** A form's part `request`, as text, and its files. */
export interface RunParts {
  json: string | null;
  files: SentFile[];
}

/** Reads `multipart/form-data` (RFC 7578) of at most `limits.multipartBytes`. */
export async function readMultipart(request: Request): Promise<Result<RunParts, Failure>> {
  const form = await readForm(request);
  if (!form.ok) return form;
  const parts: RunParts = { json: null, files: [] };
  for (const [name, value] of form.value) {
    const taken = name === "request" ? await takeRequest(parts, value) : await takeFile(parts, name, value);
    if (!taken.ok) return taken;
  }
  return success(parts);
}

async function readForm(request: Request): Promise<Result<FormData, Failure>> {
  if (request.body === null) return refuse("the form is empty");
  let sizeBytes = 0;
  const bounded = request.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        sizeBytes += chunk.byteLength;
        if (sizeBytes > limits.multipartBytes) controller.error(new Error("the form is too large"));
        else controller.enqueue(chunk);
      },
    }),
  );
  try {
    const headers = { "Content-Type": request.headers.get("content-type") ?? "" };
    return success(await new Response(bounded, { headers }).formData());
  } catch (error) {
    if (sizeBytes <= limits.multipartBytes) {
      return refuse(`the form cannot be read: ${error instanceof Error ? error.message : "it is not well-formed"}`);
    }
    const most = limits.multipartBytes / 1024 / 1024;
    const message = `the form is larger than ${most} MiB; send its files to POST /v1/files first, and name them by their digests`;
    return refusal({ code: "BODY_TOO_LARGE", message });
  }
}

async function takeRequest(parts: RunParts, value: string | File): Promise<Result<null, Failure>> {
  if (parts.json !== null) return refuse("the form has the part `request` twice");
  parts.json = typeof value === "string" ? value : await value.text();
  return success(null);
}

/** `photo` and `inputs.photo` both mean the input photo. */
async function takeFile(parts: RunParts, name: string, value: string | File): Promise<Result<null, Failure>> {
  const shown = JSON.stringify(name.slice(0, 100));
  if (typeof value === "string") {
    return refuse(`the part ${shown} is text, not a file; values go into the JSON of the part \`request\``);
  }
  if (parts.files.length >= limits.multipartFiles) {
    return refuse(`the form has more than ${limits.multipartFiles} files; send them to POST /v1/files first`);
  }
  const bytes = await value.arrayBuffer();
  parts.files.push({
    input: name.replace(/^inputs\./, ""),
    digest: `sha256:${bytesToHex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)))}`,
    bytes,
    name: fileName.safeParse(value.name.split(/[/\\]/).at(-1)).data ?? null,
    mediaType: mediaType.safeParse(value.type.split(";")[0]?.trim().toLowerCase()).data ?? null,
  });
  return success(null);
}

function refuse(message: string): Result<never, Failure> {
  return refusal({ code: "INVALID_REQUEST", message });
}
