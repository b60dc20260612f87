/** The part of Swagger UI's bundle that this page uses; the bundle sets it on the window. */
declare const SwaggerUIBundle: (options: {
  url: string;
  dom_id: string;
  deepLinking: boolean;
  docExpansion: "list" | "none";
  tryItOutEnabled: boolean;
  persistAuthorization: boolean;
  validatorUrl: null;
  filter: boolean;
}) => unknown;

followColorScheme(window.matchMedia("(prefers-color-scheme: dark)"));

SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#reference",
  deepLinking: true,
  docExpansion: "list",
  tryItOutEnabled: true,
  persistAuthorization: false,
  // Swagger UI would ask a validator on the internet.
  validatorUrl: null,
  filter: true,
});

/** Swagger UI is dark below a class of its own. */
function followColorScheme(dark: MediaQueryList): void {
  const apply = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
  dark.addEventListener("change", apply);
  apply();
}
