import { sendFile } from "../../contract/http/files.ts";
import { limits } from "../../contract/limits.ts";
import type { Inputs } from "../../contract/template/document.ts";
import type { Field } from "../../contract/template/field.ts";
import { tokenMissing } from "../access/no-answer-panel.ts";
import { tokenForm } from "../access/token-form.ts";
import type { Registry } from "../open-registry.ts";
import { element } from "../parts/element.ts";
import { told } from "../parts/failure-panel.ts";
import { sizeText } from "../parts/size-text.ts";
import { readInputs } from "./read-inputs.ts";

/** For a slow line too. */
const sendTimeoutMs = 300_000;

/** For each input that is a file, a way to choose one: it is sent, and its digest is put into the inputs. Null where no input is. */
export function filePicks(
  registry: Registry,
  inputs: Inputs,
  text: HTMLTextAreaElement,
  left: AbortSignal,
): HTMLElement | null {
  const rows = Object.entries(inputs).flatMap(([name, field]) =>
    field.type === "file" ? [filePick(registry, name, field, text, left)] : [],
  );
  return rows.length === 0 ? null : element("div", { class: "file-picks" }, ...rows);
}

function filePick(
  registry: Registry,
  name: string,
  field: Extract<Field, { type: "file" }>,
  text: HTMLTextAreaElement,
  left: AbortSignal,
): HTMLElement {
  const accepted = [...(field.format ?? []).map((one) => `.${one}`), ...(field.mime_types ?? [])].join(",");
  const pick = element("input", { type: "file", accept: accepted === "" ? null : accepted });
  const status = element("div", { class: "quiet", role: "status" });

  async function send(): Promise<void> {
    const file = pick.files?.[0];
    if (file === undefined) return;
    if (file.size > limits.fileRequestBytes) {
      status.textContent = `${file.name} has ${sizeText(file.size)}; a browser sends at most ${sizeText(limits.fileRequestBytes)} at once. Send it by the CLI: callsheet run … -i ${name}=@${file.name}`;
      return;
    }
    status.textContent = `Sending ${file.name}…`;
    try {
      const stored = await registry.client.call(sendFile, {
        query: { name: file.name },
        body: new Uint8Array(await file.arrayBuffer()),
        signal: left,
        timeoutMs: sendTimeoutMs,
        isIdempotent: true,
      });
      const read = readInputs(text.value);
      text.value = JSON.stringify({ ...(read.ok ? read.inputs : {}), [name]: stored.digest }, null, 2);
      status.textContent = `${file.name} is there: ${sizeText(stored.size_bytes)}, ${stored.media_type}`;
    } catch (failure) {
      if (left.aborted) return;
      const why = tokenMissing(registry, failure);
      status.replaceChildren(why === null ? told(failure).detail : tokenForm(registry, why, () => void send()));
    }
  }

  pick.addEventListener("change", () => void send());
  return element("div", {}, element("label", {}, element("span", {}, `File for ${name}`), pick), status);
}
