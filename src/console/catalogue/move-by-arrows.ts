/** `/` goes to the search box; from there and among the results, the arrow keys go up and down. */
export function moveByArrows(page: HTMLElement, left: AbortSignal): void {
  document.addEventListener("keydown", (event) => onSlash(event, page), { signal: left });
  page.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const stops = [...page.querySelectorAll<HTMLElement>("input[type=search], .entry-link")];
    const active = document.activeElement;
    const at = active instanceof HTMLElement ? stops.indexOf(active) : -1;
    const next = at === -1 ? undefined : stops[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  });
}

function onSlash(event: KeyboardEvent, page: HTMLElement): void {
  const isTyping = event.target instanceof Element && event.target.matches("input, select, textarea");
  if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  const search = page.querySelector<HTMLInputElement>("input[type=search]");
  if (search === null) return;
  event.preventDefault();
  search.focus();
  search.select();
}
