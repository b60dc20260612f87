import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type BatchAnswer, batchAnswer, registration } from "../../src/contract/artifact/registration.ts";
import { problem } from "../../src/contract/failure.ts";
import { sourceBatchAnswer } from "../../src/contract/function/registration.ts";
import { repositoryRoot } from "./repository-root.ts";

/** One shipped file's outcome. */
interface Outcome {
  status: BatchAnswer["results"][number]["status"];
  message: string | null;
}

/** Registers what ships in templates/. What is there already is left as it is. Answers lines for people. */
export async function registerShipped(url: string, adminToken: string): Promise<string> {
  const authorization = `Bearer ${adminToken}`;
  return [
    await registerTemplates(url, authorization),
    await registerFunctions(url, authorization),
    await registerFiles(url, authorization, "agents"),
    // Last: they call all of the others.
    await registerFiles(url, authorization, "workflows"),
  ].join("\n");
}

/** In one batch: the registry knows who must come before whom. */
async function registerTemplates(url: string, authorization: string): Promise<string> {
  const directory = join(repositoryRoot, "templates");
  const files = readdirSync(directory).filter((name) => name.endsWith(".yaml"));
  const response = await fetch(`${url}/v1/templates:batch`, {
    method: "POST",
    headers: { authorization, "content-type": "application/yaml" },
    body: files.map((name) => readFileSync(join(directory, name), "utf8")).join("\n---\n"),
  });
  if (!response.ok)
    throw new Error(`the shipped templates cannot be registered: ${response.status} ${await response.text()}`);
  const { results } = batchAnswer.parse(await response.json());
  return tell("templates", files, results);
}

/** Each source says its version itself, so that a source which did not change publishes nothing. */
async function registerFunctions(url: string, authorization: string): Promise<string> {
  const directory = join(repositoryRoot, "templates", "functions");
  const files = readdirSync(directory).filter((name) => /\.(py|ts|js)$/.test(name));
  const sources = files.map((file) => ({ file, source: readFileSync(join(directory, file), "utf8") }));
  const response = await fetch(`${url}/v1/functions:batch`, {
    method: "POST",
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify({ sources }),
  });
  if (!response.ok)
    throw new Error(`the shipped functions cannot be registered: ${response.status} ${await response.text()}`);
  const { results } = sourceBatchAnswer.parse(await response.json());
  return tell("functions", files, results);
}

/** One by one, so that each keeps its file's name and its language. */
async function registerFiles(url: string, authorization: string, collection: "agents" | "workflows"): Promise<string> {
  const directory = join(repositoryRoot, "templates", collection);
  const files = readdirSync(directory).filter((name) => /\.(yaml|json)$/.test(name));
  const outcomes: Outcome[] = [];
  for (const name of files) {
    const type = name.endsWith(".json") ? "application/json" : "application/yaml";
    const response = await fetch(`${url}/v1/${collection}?file=${encodeURIComponent(name)}`, {
      method: "POST",
      headers: { authorization, "content-type": type },
      body: readFileSync(join(directory, name)),
    });
    outcomes.push(outcomeOf(response.ok, await response.json()));
  }
  return tell(collection, files, outcomes);
}

function outcomeOf(isRegistered: boolean, answer: unknown): Outcome {
  if (isRegistered) return { status: registration.parse(answer).status, message: null };
  return { status: "rejected", message: problem.parse(answer).detail };
}

function tell(collection: string, files: readonly string[], outcomes: readonly Outcome[]): string {
  for (const [at, { status, message }] of outcomes.entries()) {
    if (status === "rejected") console.error(`  ${collection}, ${files[at]}: ${message}`);
  }
  const count = (wanted: Outcome["status"]) => outcomes.filter(({ status }) => status === wanted).length;
  return `${outcomes.length} shipped ${collection}: ${count("created")} new, ${count("unchanged")} unchanged, ${count("rejected")} refused`;
}
