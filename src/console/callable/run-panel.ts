import { type CallableKind, callableRoutes } from "../../contract/http/artifacts.ts";
import type { Example, Inputs } from "../../contract/template/document.ts";
import { tokenMissing } from "../access/no-answer-panel.ts";
import { tokenForm } from "../access/token-form.ts";
import type { Registry } from "../open-registry.ts";
import { button, element } from "../parts/element.ts";
import { runLink, runsLink } from "../place/place-link.ts";
import { acceptedOutcome, failedOutcome, unreadableOutcome } from "./check-outcome.ts";
import { filePicks } from "./file-picks.ts";
import { firstInputs } from "./first-inputs.ts";
import { readInputs } from "./read-inputs.ts";
import { newRunKey } from "./run-key.ts";

/** What the form runs. */
export interface Runnable {
  kind: CallableKind;
  name: string;
  exact: string;
  /** Null: it takes anything, or its document cannot be read. */
  inputs: Inputs | null;
  examples: readonly Example[];
}

/** A form to check inputs and to run with them; a run's page opens once it is begun. */
export function runPanel(registry: Registry, what: Runnable, left: AbortSignal): HTMLElement {
  const { kind, name, exact, inputs: declared, examples } = what;
  const text = element("textarea", {
    id: "inputs",
    rows: "12",
    spellcheck: "false",
    autocapitalize: "off",
    "aria-describedby": "check-hint",
  });
  text.value = JSON.stringify(examples[0]?.inputs ?? firstInputs(declared ?? {}), null, 2);
  const outcome = element("div", { class: "outcome", role: "status" });
  const check = button("Check", {}, () => ask(validate));
  const run = button("Run", { class: "primary" }, () => ask(begin));
  let asked = 0;
  // The same inputs under the same key make one run, however often they are sent.
  let sent = { text: "", key: "" };

  async function ask(how: (inputs: Record<string, unknown>) => Promise<HTMLElement>): Promise<void> {
    asked += 1;
    const question = asked;
    const read = readInputs(text.value);
    if (!read.ok) {
      outcome.replaceChildren(unreadableOutcome(read.message));
      return;
    }
    check.disabled = true;
    run.disabled = true;
    try {
      const shown = await how(read.inputs);
      if (question === asked) outcome.replaceChildren(shown);
    } catch (failure) {
      if (question === asked && !left.aborted) outcome.replaceChildren(failed(failure, () => void ask(how)));
    }
    check.disabled = false;
    run.disabled = false;
  }

  async function validate(inputs: Record<string, unknown>): Promise<HTMLElement> {
    const request = { params: { reference: exact }, body: { inputs }, signal: left, isIdempotent: true };
    return acceptedOutcome(inputs, await registry.client.call(callableRoutes[kind].validate, request));
  }

  async function begin(inputs: Record<string, unknown>): Promise<HTMLElement> {
    if (sent.text !== text.value) sent = { text: text.value, key: newRunKey() };
    const begun = await registry.client.call(callableRoutes[kind].run, {
      params: { reference: exact },
      body: { inputs },
      headers: { "idempotency-key": sent.key },
      signal: left,
      isIdempotent: true,
    });
    sent = { text: "", key: "" };
    window.location.hash = runLink(begun.id);
    return element("p", {}, "It runs: ", element("a", { href: runLink(begun.id) }, begun.id));
  }

  function failed(failure: unknown, again: () => void): HTMLElement {
    const why = tokenMissing(registry, failure);
    return why === null ? failedOutcome(failure) : tokenForm(registry, why, again);
  }

  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void ask(validate);
  });
  return element(
    "div",
    { class: "check" },
    element("label", { for: "inputs" }, "Inputs, as JSON"),
    examples.length === 0
      ? null
      : element(
          "div",
          { class: "chips" },
          element("span", { class: "quiet" }, "Start from"),
          ...examples.map((example) =>
            button(example.name, { class: "chip" }, () => {
              text.value = JSON.stringify(example.inputs, null, 2);
              outcome.replaceChildren();
            }),
          ),
        ),
    text,
    filePicks(registry, declared ?? {}, text, left),
    element(
      "div",
      { class: "actions" },
      run,
      check,
      element("span", { id: "check-hint", class: "quiet" }, "Check, or Ctrl+Enter, runs nothing."),
    ),
    outcome,
    element("p", { class: "quiet" }, element("a", { href: runsLink({ kind, name }) }, `Runs of ${name}`)),
  );
}
