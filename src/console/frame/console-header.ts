import { element } from "../parts/element.ts";

/** The bar above every page. */
export function consoleHeader(main: HTMLElement): HTMLElement {
  // Not a fragment link: what follows # is the console's address.
  const skip = element("a", { href: "#/", class: "skip" }, "Skip to the content");
  skip.addEventListener("click", (event) => {
    event.preventDefault();
    main.focus();
  });
  return element(
    "header",
    { class: "bar" },
    skip,
    element(
      "a",
      { href: "#/", class: "brand" },
      element("img", { src: "/logo.svg", alt: "", width: "26", height: "26" }),
      "Callsheet",
    ),
    element(
      "nav",
      { "aria-label": "Console" },
      element("a", { href: "#/templates" }, "Templates"),
      element("a", { href: "#/functions" }, "Functions"),
      element("a", { href: "/docs/" }, "API reference"),
    ),
  );
}
