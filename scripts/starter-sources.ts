// Writes src/domain/function/starters.ts of templates/starters/: Workers have no file system, so what they answer is in their bundle.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { functionRuntime } from "../src/contract/function/runtime.ts";
import type { Starter } from "../src/contract/function/starter.ts";
import { languageOfFile } from "../src/domain/function/source-language.ts";
import { repositoryRoot } from "./local/repository-root.ts";

/** Where the starters are written to. */
export const starterModule = join(repositoryRoot, "src", "domain", "function", "starters.ts");

/** The module that answers the starters, as the files in templates/starters make it. */
export function renderStarters(): string {
  const starters = readStarters().map((starter) => `  ${JSON.stringify(starter)},`);
  return `// Made of templates/starters/ by \`node scripts/starter-sources.ts\`; a test finds drift.
import type { Starter } from "../../contract/function/starter.ts";

/** A source to begin with for each runtime, in the order of functionRuntime; of JavaScript, TypeScript first. */
export const starters: readonly Starter[] = [
${starters.join("\n")}
];
`;
}

function readStarters(): Starter[] {
  const directory = join(repositoryRoot, "templates", "starters");
  const found = readdirSync(directory).flatMap((name) => {
    const language = languageOfFile(name);
    if (language === null) return [];
    const source = readFileSync(join(directory, name), "utf8");
    const runtime = functionRuntime.parse(language === "python" ? name.replace(/\.py$/, "") : "javascript");
    return [{ runtime, language, file: fileNameOf(source, name), source }];
  });
  const order = ({ runtime, language }: Starter) =>
    functionRuntime.options.indexOf(runtime) + (language === "javascript" ? 0.5 : 0);
  return found.sort((a, b) => order(a) - order(b));
}

/** Named for its function: a file called numpy.py would stand in the way of \`import numpy\`. */
function fileNameOf(source: string, file: string): string {
  const [, published] = /^(?:export (?:default )?)?(?:async )?(?:def|function) ([A-Za-z]\w*)/m.exec(source) ?? [];
  if (published === undefined) throw new Error(`templates/starters/${file} publishes no function`);
  return published + file.slice(file.lastIndexOf("."));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(starterModule, renderStarters());
