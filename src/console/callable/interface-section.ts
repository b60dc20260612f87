import type { Field } from "../../contract/template/field.ts";
import { element } from "../parts/element.ts";
import { describeRules } from "./describe-rules.ts";
import { flattenFields } from "./flatten-fields.ts";

const longestDefault = 80;

/** A table of inputs or outputs; what is inside lists and objects has rows of its own. */
export function interfaceSection(title: string, fields: Record<string, Field>, none: string): HTMLElement {
  const rows = flattenFields(fields);
  const hasDefaults = rows.some((row) => defaultOf(row.field) !== undefined);
  const columns = ["Name", "Type", ...(hasDefaults ? ["Default"] : []), "Rules", "Description"];
  if (rows.length === 0) {
    return element("section", {}, element("h2", {}, title), element("p", { class: "quiet" }, none));
  }
  return element(
    "section",
    {},
    element("h2", {}, title),
    element(
      "table",
      { class: "fields", "aria-label": title },
      element("thead", {}, element("tr", {}, ...columns.map((column) => element("th", { scope: "col" }, column)))),
      element("tbody", {}, ...rows.map((row) => rowOf(row, hasDefaults))),
    ),
  );
}

function rowOf(row: ReturnType<typeof flattenFields>[number], hasDefaults: boolean): HTMLElement {
  const given = defaultOf(row.field);
  const rules = describeRules(row.field);
  return element(
    "tr",
    { class: row.depth === 0 ? null : "nested" },
    element(
      "th",
      { scope: "row" },
      element("code", {}, row.path),
      row.isRequired ? element("span", { class: "required" }, "required") : null,
    ),
    element("td", { "data-label": "Type" }, element("span", { class: "type" }, typeText(row.field))),
    hasDefaults
      ? element(
          "td",
          { "data-label": "Default" },
          given === undefined ? null : element("code", {}, shorten(JSON.stringify(given))),
        )
      : null,
    element("td", { "data-label": "Rules", class: "rules" }, ...rules.map((rule) => element("span", {}, rule))),
    element("td", { "data-label": "Description" }, row.field.description ?? null),
  );
}

/** `field.default` is `unknown`, and null is a default like any other. */
function defaultOf(field: Field): unknown {
  return field.default;
}

function typeText(field: Field): string {
  const type = field.type === "array" && field.items !== undefined ? `array of ${field.items.type}` : field.type;
  return field.nullable === true ? `${type} or null` : type;
}

function shorten(text: string): string {
  return text.length > longestDefault ? `${text.slice(0, longestDefault)}…` : text;
}
