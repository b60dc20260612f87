import { type Child, element } from "./element.ts";

/** A place whose content is made anew only when what it tells has changed: focus and what is open stay otherwise. */
export interface Slot {
  element: HTMLElement;
  /** `told`: all that the content depends on, as JSON. */
  show(told: unknown, make: () => Child[]): void;
}

/** An empty slot; without a box of its own unless it is given attributes. */
export function slot(attributes: Record<string, string> = { class: "slot" }): Slot {
  const place = element("div", attributes);
  let shown: string | undefined;
  return {
    element: place,
    show(told, make) {
      const key = JSON.stringify(told);
      if (key === shown) return;
      shown = key;
      place.replaceChildren(...make().filter((child) => child !== null));
    },
  };
}
