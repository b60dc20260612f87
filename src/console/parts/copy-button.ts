import { button } from "./element.ts";

const shownMs = 1600;

/** A button that puts a text on the clipboard and says whether it did. */
export function copyButton(what: string, text: string): HTMLButtonElement {
  const made = button("Copy", { class: "copy", "aria-label": `Copy ${what}`, "aria-live": "polite" }, async () => {
    made.textContent = await copy(text);
    setTimeout(() => {
      made.textContent = "Copy";
    }, shownMs);
  });
  return made;
}

/** Browsers have no clipboard for pages that come by plain HTTP from another machine, and may refuse it elsewhere. */
async function copy(text: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
    return "Copied";
  } catch {
    return "Not allowed";
  }
}
