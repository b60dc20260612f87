import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { batchAnswer } from "../../src/contract/artifact/registration.ts";
import { repositoryRoot } from "./repository-root.ts";

/** Registers what ships in templates/. What is there already is left as it is. Answers a line for people. */
export async function registerShipped(url: string, adminToken: string): Promise<string> {
  const directory = join(repositoryRoot, "templates");
  const files = readdirSync(directory).filter((name) => name.endsWith(".yaml"));
  const response = await fetch(`${url}/v1/templates:batch`, {
    method: "POST",
    headers: { authorization: `Bearer ${adminToken}`, "content-type": "application/yaml" },
    body: files.map((name) => readFileSync(join(directory, name), "utf8")).join("\n---\n"),
  });
  if (!response.ok)
    throw new Error(`the shipped templates cannot be registered: ${response.status} ${await response.text()}`);
  const { results } = batchAnswer.parse(await response.json());
  const refused = results.filter((result) => result.status === "rejected");
  for (const result of refused) console.error(`  templates/${files[result.index]}: ${result.message}`);
  const created = results.filter((result) => result.status === "created").length;
  return `${results.length} shipped templates: ${created} new, ${results.length - created - refused.length} unchanged, ${refused.length} refused`;
}
