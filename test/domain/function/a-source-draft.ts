import { functionRuntime } from "../../../src/contract/function/runtime.ts";
import type { Field } from "../../../src/contract/template/field.ts";
import { digestOfBytes } from "../../../src/domain/document/canonical-digest.ts";
import type { SourceBytes, SourceDraft, UnversionedFunction } from "../../../src/domain/function/source-draft.ts";

/** A function that is accepted; a test states only what matters to it. */
export function aFunction(
  id: string,
  parts: Partial<UnversionedFunction> & { inputs?: Record<string, Field>; outputs?: Record<string, Field> } = {},
): UnversionedFunction {
  const { inputs = {}, outputs = { result: { type: "float" } }, ...rest } = parts;
  const runtime = functionRuntime.parse(id.slice(0, id.indexOf(".")));
  const entry = id.slice(id.indexOf(".") + 1);
  return {
    id,
    name: entry,
    runtime,
    language: "python",
    api: 1,
    entry,
    is_async: false,
    code: { digest: codeOf("").digest, media_type: "text/x-python" },
    parameters: [],
    returns: { annotation: "float", shape: "value", names: ["result"] },
    packages: [],
    interface: { inputs, outputs },
    requirements: { resources: { gpu: false, cpu_cores: 1, memory_gb: 2 } },
    ...rest,
  };
}

/** What a source with these functions would publish. `text` stands for its body: another text is another code. */
export function aDraft(
  functions: UnversionedFunction[],
  text = "",
  version: SourceDraft["version"] = null,
): SourceDraft {
  const code = codeOf(text);
  const analysis = bytesOf(`{"functions":${functions.length}}`);
  return {
    functions: functions.map((one) => ({ ...one, code: { digest: code.digest, media_type: code.mediaType } })),
    bytes: { source: { ...code, file: null }, code, analysis: { bytes: analysis, digest: digestOfBytes(analysis) } },
    version,
  };
}

function codeOf(text: string): SourceBytes["code"] & { mediaType: "text/x-python" } {
  const bytes = bytesOf(`# ${text}\n`);
  return { bytes, digest: digestOfBytes(bytes), mediaType: "text/x-python" };
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
