import { button, element } from "./element.ts";

export interface Tab<Id extends string> {
  id: Id;
  label: string;
  /** Makes the tab's content, once, when it is first shown. */
  open: () => HTMLElement;
}

/** Tabs as in the ARIA Authoring Practices: arrow keys, Home and End choose, Tab goes on to the content. */
export function tabSet<Id extends string>(
  label: string,
  tabs: readonly Tab<Id>[],
  first: Id,
  onChoose: (id: Id) => void,
): HTMLElement {
  const heads = tabs.map((tab) => {
    const attributes = { role: "tab", id: `tab-${tab.id}`, "aria-controls": `panel-${tab.id}` };
    return button(tab.label, attributes, () => choose(tab.id));
  });
  const panels = tabs.map((tab) =>
    element("div", { role: "tabpanel", id: `panel-${tab.id}`, "aria-labelledby": `tab-${tab.id}`, hidden: true }),
  );

  function show(id: Id): void {
    for (const [index, tab] of tabs.entries()) {
      const isChosen = tab.id === id;
      heads[index]?.setAttribute("aria-selected", String(isChosen));
      heads[index]?.setAttribute("tabindex", isChosen ? "0" : "-1");
      const panel = panels[index];
      if (panel === undefined) continue;
      if (isChosen && panel.childElementCount === 0) panel.append(tab.open());
      panel.hidden = !isChosen;
    }
  }

  function choose(id: Id): void {
    show(id);
    onChoose(id);
  }

  const list = element("div", { role: "tablist", "aria-label": label }, ...heads);
  list.addEventListener("keydown", (event) => {
    const active = document.activeElement;
    const at = active instanceof HTMLButtonElement ? heads.indexOf(active) : -1;
    const next = neighbour(event.key, at, heads.length);
    const tab = next === null ? undefined : tabs[next];
    if (next === null || tab === undefined) return;
    event.preventDefault();
    choose(tab.id);
    heads[next]?.focus();
  });
  show(first);
  return element("div", { class: "tabs" }, list, ...panels);
}

function neighbour(key: string, at: number, count: number): number | null {
  if (key === "ArrowRight") return (at + 1) % count;
  if (key === "ArrowLeft") return (at + count - 1) % count;
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : null;
}
