import { z } from "zod";
import { holdFiles } from "../../../bindings/d1/file/file-row.ts";
import { readBlob } from "../../../bindings/r2/blob-store.ts";
import type { Issue } from "../../../contract/issue.ts";
import { limits } from "../../../contract/limits.ts";
import type { RunFailure } from "../../../contract/run/run-failure.ts";
import type { ResultReport } from "../../../contract/runner/from-runner.ts";
import type { Field } from "../../../contract/template/field.ts";
import { type Result, refusal, success } from "../../../domain/result.ts";
import { checkOutputs } from "../../../domain/template/value/check-outputs.ts";
import { checkFiles } from "../../file/check-files.ts";
import type { OpenPool } from "../open-pool.ts";

type Outputs = Record<string, unknown>[];
/** What is wrong with outputs: the failure of their attempt. */
export type WrongOutputs = Pick<RunFailure, "class" | "code" | "message" | "detail">;

const outputList = z.array(z.record(z.string(), z.unknown())).min(1).max(limits.outputsPerRun);

/** The outputs of a result, from the message or from the file that it names; checked against the interface, files too. */
export async function readOutputs(
  pool: OpenPool,
  declared: Record<string, Field>,
  report: ResultReport,
): Promise<Result<Outputs, WrongOutputs>> {
  const outputs = report.outputs === null ? await fetchOutputs(pool, report.outputs_digest) : success(report.outputs);
  if (!outputs.ok) return outputs;
  const { issues, issueCount } = checkOutputs(declared, outputs.value);
  if (issueCount > 0) return badOutputs(`the outputs do not fit the interface: ${issueCount} found`, issues);
  const fields = Object.fromEntries(
    outputs.value.map((_, index): [string, Field] => [String(index), { type: "object", properties: declared }]),
  );
  const files = await checkFiles(
    { db: pool.db },
    fields,
    Object.fromEntries(outputs.value.map((one, at) => [at, one])),
  );
  return files.ok ? outputs : badOutputs("files among the outputs do not fit the interface", files.failure);
}

async function fetchOutputs(pool: OpenPool, digest: string | null): Promise<Result<Outputs, WrongOutputs>> {
  if (digest === null) return badOutputs("the result has neither outputs nor outputs_digest", []);
  const [file] = await holdFiles(pool.db, [digest]);
  if (file === undefined) {
    const message = `the outputs should lie in ${digest}, which was never uploaded`;
    return refusal({ class: "transient", code: "upload_failed", message, detail: null });
  }
  if (file.size_bytes > limits.valueBytes) {
    const message = `the outputs take ${file.size_bytes} bytes of JSON; a run has at most ${limits.valueBytes}: give large values as files`;
    return badOutputs(message, []);
  }
  const bytes = await readBlob(pool.blobs, digest);
  if (bytes === null) throw new Error(`file ${digest} is missing from R2`);
  const parsed = outputList.safeParse(jsonOf(bytes));
  if (parsed.success) return success(parsed.data);
  return badOutputs(`${digest} is no JSON list of 1 to ${limits.outputsPerRun} maps of outputs`, []);
}

function jsonOf(bytes: ArrayBuffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes));
  } catch {
    return null;
  }
}

/** Outputs that the interface does not allow: the handler's fault, so another attempt would give them again. */
export function badOutputs(message: string, issues: readonly Issue[]): { ok: false; failure: WrongOutputs } {
  const told = issues.map((issue) => `${issue.path}: ${issue.message}`);
  const [first] = told;
  return refusal({
    class: "validation",
    code: "invalid_outputs",
    message: (first === undefined ? message : `${message} (${first})`).slice(0, limits.failureMessageLength),
    detail: told.length === 0 ? null : told.join("\n").slice(0, limits.failureDetailLength),
  });
}
