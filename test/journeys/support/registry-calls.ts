import { type Registration, registration } from "../../../src/contract/artifact/registration.ts";
import { type ResolvedArtifact, resolvedArtifact } from "../../../src/contract/artifact/resolved.ts";
import { headers } from "../../../src/contract/http/headers.ts";

/** What a lookup answered; `artifact` is null unless it was found. */
export interface LookupOutcome {
  status: number;
  artifact: ResolvedArtifact | null;
  seq: number;
  tier: string;
  /** For messages. */
  text: string;
}

/** Looks a reference up, by one request and with no second try. */
export async function lookUp(url: string, reference: string, minSeq = 0): Promise<LookupOutcome> {
  const wish: Record<string, string> = minSeq === 0 ? {} : { [headers.minSeq]: String(minSeq) };
  const response = await fetch(`${url}/v1/templates/${reference.replace("^", "%5E")}`, { headers: wish });
  const text = await response.text();
  const { status } = response;
  return {
    status,
    artifact: status === 200 ? resolvedArtifact.parse(JSON.parse(text)) : null,
    seq: Number(response.headers.get(headers.seq) ?? 0),
    tier: response.headers.get(headers.tier) ?? "none",
    text,
  };
}

/** A registry that writes may be sent to. */
export interface Writable {
  url: string;
  adminToken: string;
}

/** Publishes a source; fails unless it is now published. */
export async function publish(registry: Writable, source: string): Promise<Registration> {
  const { status, text } = await write(registry, "POST", "/v1/templates", source, "application/yaml");
  if (status !== 201 && status !== 200) throw new Error(`publishing was answered ${status}: ${text}`);
  return registration.parse(JSON.parse(text));
}

/** One request that changes something, sent once. */
export async function write(
  { url, adminToken }: Writable,
  method: string,
  path: string,
  body?: string,
  mediaType = "application/json",
): Promise<{ status: number; text: string }> {
  const response = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${adminToken}`, ...(body === undefined ? {} : { "content-type": mediaType }) },
    ...(body === undefined ? {} : { body }),
  });
  return { status: response.status, text: await response.text() };
}

/** A small valid template whose description names its version, so that a document served under a wrong version shows. */
export function versionedSource(name: string, version: string): string {
  return `# ${name} ${version}
template:
  id: ${name}
  version: ${version}
  name: Journey ${name}
  description: ${markerOf(name, version)}
  category: journey
  interface:
    inputs:
      prompt: { type: string, required: true, max_length: 100 }
    outputs:
      result: { type: string }
  requirements:
    resources: {}
`;
}

/** Whether an answer's document is the one that `versionedSource` made for its version. */
export function isWhole(artifact: ResolvedArtifact): boolean {
  const template = artifact.document.template;
  return (
    typeof template === "object" &&
    template !== null &&
    Reflect.get(template, "version") === artifact.version &&
    Reflect.get(template, "description") === markerOf(artifact.name, artifact.version)
  );
}

function markerOf(name: string, version: string): string {
  return `This is ${name} in version ${version}.`;
}
