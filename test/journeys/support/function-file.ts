import { resolvedArtifact } from "../../../src/contract/artifact/resolved.ts";
import { type SourceRegistration, sourceRegistration } from "../../../src/contract/function/registration.ts";
import type { KillableRegistry } from "./spawn-registry.ts";

/** Functions in one file of these journeys. */
export const functionsPerFile = 6;

/** The names under which a file's functions are published. */
export function namesOf(file: string): string[] {
  return Array.from({ length: functionsPerFile }, (_, at) => `python.${file}_${at}`);
}

/** A file with six functions, of which each says in which version of the file it stands. */
export function fileText(file: string, version: string): string {
  return namesOf(file)
    .map((name) => name.slice("python.".length))
    .map((name) => `def ${name}(value: float) -> float:\n    """${markerOf(file, version)}"""\n    return value\n`)
    .join("\n\n");
}

/** Publishes a file, once. Null when the registry was gone before it answered. */
export async function publishFile(
  { url, adminToken }: KillableRegistry,
  file: string,
  version: string,
): Promise<{ status: number; told: SourceRegistration | null; text: string } | null> {
  try {
    const response = await fetch(`${url}/v1/functions?file=${file}.py&version=${version}`, {
      method: "POST",
      headers: { authorization: `Bearer ${adminToken}`, "content-type": "text/x-python" },
      body: fileText(file, version),
    });
    const { status } = response;
    const text = await response.text();
    return { status, told: status < 300 ? sourceRegistration.parse(JSON.parse(text)) : null, text };
  } catch {
    return null;
  }
}

/**
 * What lookups say of one version of a file: whether all of its functions have it, none, or only some; and what is wrong with those that
 * there are. Each is asked for its document, and for its source.
 */
export async function lookFileUp(
  { url }: KillableRegistry,
  file: string,
  version: string,
): Promise<{ found: "all" | "none" | "some"; wrong: string[] }> {
  const wrong: string[] = [];
  const found = await Promise.all(namesOf(file).map((name) => lookUpOne(url, file, name, version, wrong)));
  const count = found.filter(Boolean).length;
  return { found: count === 0 ? "none" : count === functionsPerFile ? "all" : "some", wrong };
}

async function lookUpOne(url: string, file: string, name: string, version: string, wrong: string[]): Promise<boolean> {
  const address = `${url}/v1/functions/${name}@${version}`;
  const response = await fetch(address);
  const text = await response.text();
  if (response.status === 404) return false;
  if (response.status !== 200) {
    wrong.push(`${name}@${version} was answered ${response.status}: ${text}`);
    return false;
  }
  const { document } = resolvedArtifact.parse(JSON.parse(text));
  if (!JSON.stringify(document).includes(markerOf(file, version))) wrong.push(`${name}@${version} is another: ${text}`);
  const source = await fetch(address, { headers: { accept: "text/x-python" } });
  if ((await source.text()) !== fileText(file, version)) wrong.push(`the source of ${name}@${version} is another`);
  return true;
}

function markerOf(file: string, version: string): string {
  return `Stands in ${file} ${version}.`;
}
