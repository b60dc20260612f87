import { artifactKind } from "../../contract/artifact/kind.ts";
import { runState } from "../../contract/run/run-state.ts";
import { choice } from "../parts/choice.ts";
import { element } from "../parts/element.ts";
import { labelled } from "../parts/labelled.ts";
import type { RunFilter } from "../place/place.ts";
import { readRunFilter } from "../place/read-place.ts";

const typingPauseMs = 250;

/** Filters of the list of runs. Tells what is asked for after a pause in typing, at once when something is chosen. */
export function runFilterForm(start: RunFilter, onChange: (filter: RunFilter) => void): HTMLElement {
  const kind = choice("kind", start.kind, [["", "any"], ...artifactKind.options.map((one) => [one, one] as const)]);
  const name = element("input", { name: "name", value: start.name, maxlength: "128", spellcheck: "false" });
  const form = element(
    "form",
    { class: "filters filter-row", role: "search", "aria-label": "Runs" },
    labelled(
      "State",
      choice("state", start.state, [["", "any"], ...runState.options.map((one) => [one, one] as const)]),
    ),
    labelled("Kind", kind),
    labelled("Name", name),
    labelled("Steps of workflows", choice("steps", start.steps, stepChoices(start.steps))),
  );

  // Names are unique within their kind only, so a name alone asks for nothing.
  function offerName(): void {
    name.disabled = kind.value === "";
    name.placeholder = kind.value === "" ? "choose a kind first" : "any";
  }

  let told = JSON.stringify(start);
  let pause: ReturnType<typeof setTimeout> | undefined;
  function tell(): void {
    clearTimeout(pause);
    offerName();
    const values = [...new FormData(form)].map(([key, value]): [string, string] => [key, String(value)]);
    const filter = readRunFilter(new URLSearchParams(values));
    if (JSON.stringify(filter) === told) return;
    told = JSON.stringify(filter);
    onChange(filter);
  }
  form.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(tell, typingPauseMs);
  });
  form.addEventListener("change", tell);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    tell();
  });
  offerName();
  return form;
}

/** The address may name a run whose steps are wanted; it is offered as long as one stays. */
function stepChoices(chosen: string): [string, string][] {
  const always: [string, string][] = [
    ["", "hidden"],
    ["all", "shown"],
  ];
  if (always.some(([value]) => value === chosen)) return always;
  return [...always, [chosen, `only those of ${chosen.slice(0, 8)}…`]];
}
