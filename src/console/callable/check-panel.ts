import { type Callable, isAbstract } from "../../contract/artifact/callable.ts";
import { type CallableKind, callableRoutes } from "../../contract/http/artifacts.ts";
import type { Registry } from "../open-registry.ts";
import { button, element } from "../parts/element.ts";
import { acceptedOutcome, failedOutcome, unreadableOutcome } from "./check-outcome.ts";
import { readInputs } from "./read-inputs.ts";

/** A place to try inputs: what a run would be given and need, or what is wrong with them and where. */
export function checkPanel(
  registry: Registry,
  kind: CallableKind,
  exact: string,
  callable: Callable | null,
  left: AbortSignal,
): HTMLElement {
  if (callable !== null && isAbstract(callable)) {
    return element(
      "p",
      { class: "panel" },
      `${exact} is abstract: it exists to be extended and takes no inputs itself.`,
    );
  }
  const examples = callable?.examples ?? [];
  const text = element("textarea", {
    id: "inputs",
    rows: "12",
    spellcheck: "false",
    autocapitalize: "off",
    "aria-describedby": "check-hint",
  });
  text.value = JSON.stringify(examples[0]?.inputs ?? {}, null, 2);
  const outcome = element("div", { class: "outcome", role: "status" });
  const check = element("button", { type: "submit", class: "primary" }, "Check");
  let asked = 0;

  async function ask(): Promise<void> {
    asked += 1;
    const question = asked;
    const read = readInputs(text.value);
    if (!read.ok) {
      outcome.replaceChildren(unreadableOutcome(read.message));
      return;
    }
    const { inputs } = read;
    check.disabled = true;
    try {
      const answer = await registry.client.call(callableRoutes[kind].validate, {
        params: { reference: exact },
        body: { inputs },
        signal: left,
        isIdempotent: true,
      });
      if (question === asked) outcome.replaceChildren(acceptedOutcome(inputs, answer));
    } catch (failure) {
      if (question === asked && !left.aborted) outcome.replaceChildren(failedOutcome(failure));
    }
    check.disabled = false;
  }

  const form = element(
    "form",
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
    element(
      "div",
      { class: "actions" },
      check,
      element("span", { id: "check-hint", class: "quiet" }, "or Ctrl+Enter. Nothing is run."),
    ),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void ask();
  });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  return element("div", {}, form, outcome);
}
