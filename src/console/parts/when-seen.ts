/** So much before it is seen, an answer is there in time. */
const ahead = { rootMargin: "300px" };

/** Acts once, when an element is about to come into view; never when the page is left before. */
export function whenSeen(target: HTMLElement, left: AbortSignal, act: () => void): void {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    act();
  }, ahead);
  observer.observe(target);
  left.addEventListener("abort", () => observer.disconnect(), { once: true });
}
