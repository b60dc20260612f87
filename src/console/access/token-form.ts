import type { Registry } from "../open-registry.ts";
import { element } from "../parts/element.ts";

/** Stands where something is that needs a token: asks for one and goes on with it. `why` is what the registry said. */
export function tokenForm(registry: Registry, why: string, goOn: () => void): HTMLElement {
  const token = element("input", {
    type: "password",
    autocomplete: "off",
    spellcheck: "false",
    required: true,
  });
  const form = element(
    "form",
    { class: "panel token" },
    element("h2", {}, "A token is needed"),
    element("p", { role: "status" }, why),
    element(
      "div",
      { class: "actions" },
      element("label", {}, element("span", {}, "Token"), token),
      element("button", { type: "submit", class: "primary" }, "Use it"),
    ),
    element(
      "p",
      { class: "quiet" },
      "It stays in this tab until you close it. On the machine of ",
      element("code", {}, "npm start"),
      ", ",
      element("code", {}, "cat .callsheet/admin-token"),
      " shows one.",
    ),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const given = token.value.trim();
    if (given === "") return;
    registry.useToken(given);
    goOn();
  });
  return form;
}
