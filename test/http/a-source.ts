import { expect } from "vitest";
import { type ResolvedArtifact, resolvedArtifact } from "../../src/contract/artifact/resolved.ts";
import { type SourceRegistration, sourceRegistration } from "../../src/contract/function/registration.ts";
import { aName, ask, askJson, read } from "./a-registry.ts";

/** What a test states of a plain Python function; the rest is as a reader would expect it. */
export interface FunctionParts {
  parameters?: string;
  returns?: string;
  body?: string;
  docs?: string;
  decorator?: string;
}

/** A name for a plain Python function that no other test of the file has: as `python.{name}` it is published. */
export function aFunctionName(word = "measure"): string {
  return aName(word);
}

/** The source of one plain Python function. */
export function aFunctionText(name: string, parts: FunctionParts = {}): string {
  const { parameters = "value: float", returns = "float", body = "return 1.0", docs = "Measures.", decorator } = parts;
  const above = decorator === undefined ? "" : `${decorator}\n`;
  return `${above}def ${name}(${parameters}) -> ${returns}:\n    """${docs}"""\n    ${body}\n`;
}

/** The source of one numpy function. */
export function anArrayText(
  name: string,
  parts: { parameters?: string; body?: string; imports?: string } = {},
): string {
  const { parameters = "sigma: float = 1.0", body = "return image * sigma", imports = "" } = parts;
  return `import numpy as np
from callsheet.memory import numpy
${imports}

@numpy
def ${name}(image: np.ndarray, ${parameters}) -> np.ndarray:
    """Changes a stack.

    Args:
        image: The stack.
        sigma: How much.
    """
    ${body}
`;
}

export function postSource(
  text: string | Uint8Array<ArrayBuffer>,
  query = "",
  type = "text/x-python",
): Promise<Response> {
  return ask("POST", `/v1/functions${query}`, { body: text, type });
}

/** Publishes what a test takes for granted; answers what the registry told. */
export async function publishSource(text: string, query = "", type = "text/x-python"): Promise<SourceRegistration> {
  return registrationOf(await postSource(text, query, type), 201);
}

/** What an answer tells of a publish, checked by the contract. */
export async function registrationOf(response: Response, status = 200): Promise<SourceRegistration> {
  const text = await response.text();
  expect(response.status, text).toBe(status);
  return sourceRegistration.parse(JSON.parse(text));
}

/** The versions that a publish gave to its functions. */
export function versionsOf({ functions }: SourceRegistration): Record<string, string> {
  return Object.fromEntries(functions.map(({ name, version }) => [name, version]));
}

export async function getFunction(reference: string): Promise<ResolvedArtifact> {
  const response = await read(`/v1/functions/${reference}`);
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return resolvedArtifact.parse(JSON.parse(text));
}

export function askFunctionRun(reference: string, body: object, headers: Record<string, string> = {}) {
  return ask("POST", `/v1/functions/${reference}/runs`, {
    body: JSON.stringify(body),
    type: "application/json",
    headers,
  });
}

export function postSources(sources: object[], query = ""): Promise<Response> {
  return askJson("POST", `/v1/functions:batch${query}`, { sources });
}
