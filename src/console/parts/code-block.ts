import { copyButton } from "./copy-button.ts";
import { element } from "./element.ts";

export type CodeLanguage = "json" | "yaml" | "shell" | "python" | "typescript";

/** Longer texts stay plain: a node for each token of a 512 KiB document would make the page slow. */
const colouredCharacters = 60_000;

// Comments, keys, strings, numbers and words with a meaning. Everything between them is plain text.
const tokens = {
  json: /(?<key>"(?:[^"\\]|\\.)*"(?=\s*:))|(?<text>"(?:[^"\\]|\\.)*")|(?<number>-?\b\d[\d.eE+-]*\b)|(?<word>\b(?:true|false|null)\b)/g,
  yaml: /(?<comment>(?:^|\s)#.*$)|(?<key>^[ -]*[\w$-]+(?=:(?:\s|$)))|(?<text>"(?:[^"\\\n]|\\.)*"|'[^'\n]*')|(?<word>(?<=[:,[] ?)\b(?:true|false|null)\b)|(?<number>(?<=[:,[-] )-?\d[\d.]*\b(?=\s*[,\]}]|\s*$))/gm,
  python:
    /(?<comment>#.*$)|(?<text>"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(?<key>@[\w.]+)|(?<word>\b(?:def|class|return|import|from|as|if|elif|else|for|while|in|not|and|or|is|with|try|except|finally|raise|lambda|async|await|yield|pass|None|True|False)\b)|(?<number>\b\d[\d._eE]*\b)/gm,
  typescript:
    /(?<comment>\/\/.*$|\/\*[\s\S]*?\*\/)|(?<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|(?<word>\b(?:export|function|const|let|return|if|else|for|while|of|in|new|async|await|interface|type|extends|throw|try|catch|null|undefined|true|false)\b)|(?<number>\b\d[\d._e]*\b)/gm,
  shell: /(?<comment>#.*$)|(?<text>'[^'\n]*')/gm,
} as const satisfies Record<CodeLanguage, RegExp>;

/** A text to read and copy, lightly coloured. */
export function codeBlock(what: string, text: string, language: CodeLanguage): HTMLElement {
  const code = element("code", {}, ...(text.length > colouredCharacters ? [text] : coloured(text, language)));
  // It scrolls, so the keyboard must be able to get into it.
  const box = element("pre", { tabindex: "0", role: "region", "aria-label": what }, code);
  return element("div", { class: "code" }, copyButton(what, text), box);
}

function coloured(text: string, language: CodeLanguage): (Node | string)[] {
  const parts: (Node | string)[] = [];
  let end = 0;
  for (const match of text.matchAll(tokens[language])) {
    const kind = Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined)?.[0];
    if (match.index > end) parts.push(text.slice(end, match.index));
    parts.push(element("span", { class: `token-${kind}` }, match[0]));
    end = match.index + match[0].length;
  }
  return [...parts, text.slice(end)];
}
