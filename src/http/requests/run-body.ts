import type { Failure } from "../../contract/failure.ts";
import { limits } from "../../contract/limits.ts";
import { type RunRequest, runRequest } from "../../contract/run/run-request.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import type { SentFile } from "../../operations/run/run-artifact.ts";
import { parsePart } from "./parse-parts.ts";
import { mediaTypeOf, readJson } from "./read-json.ts";
import { readMultipart } from "./run-multipart.ts";

/** The body of `POST …/runs`: its JSON, and the files that came with it. */
export interface RunBody {
  request: RunRequest;
  files: SentFile[];
}

/** Reads the body of `POST …/runs`: JSON, or `multipart/form-data` with the JSON as the part `request` and files beside it. */
export async function readRunBody(request: Request): Promise<Result<RunBody, Failure>> {
  if (mediaTypeOf(request) !== "multipart/form-data") {
    const asked = await readRequest(request);
    return asked.ok ? success({ request: asked.value, files: [] }) : asked;
  }
  const parts = await readMultipart(request);
  if (!parts.ok) return parts;
  const { json, files } = parts.value;
  if (json === null) {
    const message = 'the form has no part `request`: send one with the JSON of the run, like {"inputs": {}}';
    return refusal({ code: "INVALID_REQUEST", message });
  }
  const headers = { "Content-Type": "application/json" };
  const asked = await readRequest(new Request(request.url, { method: "POST", headers, body: json }));
  return asked.ok ? success({ request: asked.value, files }) : asked;
}

async function readRequest(request: Request): Promise<Result<RunRequest, Failure>> {
  const read = await readJson(request, { as: "json", schema: runRequest, limitBytes: limits.runRequestBytes });
  return read.ok ? parsePart(runRequest, "body", read.value) : read;
}
