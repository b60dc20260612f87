import { Script } from "node:vm";

/** One function that is to be written. */
export interface Task {
  [key: string]: string | string[];
  id: string;
  title: string;
  name: string;
  parameters: string[];
  body: string;
}

/** A file of code. */
export interface CodeFile {
  [key: string]: string;
  name: string;
  content: string;
}

/**
 * Tasks of a text: one for each of its lines or sentences. `area(w, h) = w * h` says its function exactly; of words, like `Greet the user`,
 * a function is made that gives them.
 */
export function planFiles(requirements: string): Task[] {
  const wishes = requirements
    .split(/\n|\.\s+|;/)
    .map((wish) => wish.trim().replace(/\.$/, ""))
    .filter((wish) => wish !== "");
  return wishes.map((wish, index) => {
    const [, name, parameters = "", body] = /^([a-z]\w*)\(([\w\s,]*)\)\s*=\s*(.+)$/i.exec(wish) ?? [];
    const id = `task_${index + 1}`;
    if (name === undefined || body === undefined)
      return { id, title: wish, name: camelCase(wish) || id, parameters: [], body: JSON.stringify(wish) };
    return {
      id,
      title: wish,
      name,
      parameters: parameters
        .split(",")
        .map((one) => one.trim())
        .filter(Boolean),
      body,
    };
  });
}

/** A file for each task, and one that gathers them. */
export function writeCode(plan: readonly Task[]): CodeFile[] {
  const files = plan.map(({ title, name, parameters, body }) => ({
    name: `${name}.js`,
    content: `// ${title}\nexport function ${name}(${parameters.join(", ")}) {\n  return ${body};\n}\n`,
  }));
  const index = plan.map(({ name }) => `export { ${name} } from "./${name}.js";\n`).join("");
  return [...files, { name: "index.js", content: index }];
}

/** Whether every file is JavaScript and every name is there once, with a line for each file. */
export function validateCode(files: readonly CodeFile[]): { passed: boolean; report: string } {
  const lines = files.map(({ name, content }, index) => {
    if (files.findIndex((other) => other.name === name) !== index) return `${name}: failed: there are two of it`;
    const why = whyNotCode(content);
    return why === null ? `${name}: ok` : `${name}: failed: ${why}`;
  });
  return { passed: !lines.some((line) => line.includes(": failed: ")), report: lines.join("\n") };
}

/** The files, of which each that is no JavaScript says so when it is called, and of two with one name the first. */
export function fixCode(files: readonly CodeFile[]): CodeFile[] {
  return files
    .filter(({ name }, index) => files.findIndex((other) => other.name === name) === index)
    .map((file) => {
      const why = whyNotCode(file.content);
      if (why === null) return file;
      const head = /^export function \w+\([\w\s,]*\) \{$/m.exec(file.content)?.[0] ?? "export default function () {";
      return { name: file.name, content: `${head}\n  throw new Error(${JSON.stringify(`not done: ${why}`)});\n}\n` };
    });
}

/** Compiles, and runs nothing. */
function whyNotCode(content: string): string | null {
  const plain = content.replaceAll(/^export \{.*\} from .*;$/gm, "").replaceAll(/^export (default )?/gm, "");
  try {
    new Script(plain.replaceAll(/^function \(/gm, "void function ("));
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : "it cannot be read";
  }
}

function camelCase(text: string): string {
  const words = text.toLowerCase().match(/[a-z][a-z0-9]*/g) ?? [];
  return words
    .slice(0, 4)
    .map((word, index) => (index === 0 ? word : `${word[0]?.toUpperCase()}${word.slice(1)}`))
    .join("");
}
