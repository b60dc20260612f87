import type { Model, QualityPreset } from "../../contract/template/requirements.ts";
import { element } from "../parts/element.ts";
import { resourceList } from "./resource-list.ts";
import type { SimpleCallable } from "./simple-callable.ts";

/** What a run needs: resources, quality presets, models, stages. */
export function requirementsSection(callable: SimpleCallable): HTMLElement {
  const { resources, quality_presets: presets = {}, models = [] } = callable.requirements ?? {};
  return element(
    "section",
    {},
    element("h2", {}, "Requirements"),
    resources === undefined
      ? element("p", { class: "quiet" }, "Its children say what they need.")
      : resourceList(resources),
    Object.keys(presets).length === 0 ? null : presetTable(presets),
    models.length === 0 ? null : modelTable(models),
    callable.stages === undefined ? null : stageBar(callable.stages),
  );
}

function presetTable(presets: Record<string, QualityPreset>): HTMLElement {
  const keys = [...new Set(Object.values(presets).flatMap((preset) => Object.keys(preset)))];
  return element(
    "div",
    wide("Quality presets"),
    element("h3", {}, "Quality presets"),
    table(
      ["Preset", ...keys],
      Object.entries(presets).map(([name, preset]) => [
        name,
        ...keys.map((key) => (preset[key] === undefined ? "" : textOf(preset[key]))),
      ]),
    ),
    keys.includes("resource_multiplier") && keys.includes("extra_vram_gb")
      ? element("p", { class: "quiet" }, "resource_multiplier comes first, then extra_vram_gb is added.")
      : null,
  );
}

function modelTable(models: Model[]): HTMLElement {
  const rows = models.map((model) => [
    model.name,
    model.type ?? "",
    model.size_gb === undefined ? "" : `${model.size_gb} GB`,
    model.source ?? "",
  ]);
  return element("div", wide("Models"), element("h3", {}, "Models"), table(["Model", "Type", "Size", "Source"], rows));
}

/** It scrolls sideways where there is no room, so the keyboard must be able to get into it. */
function wide(label: string): Record<string, string> {
  return { class: "wide", tabindex: "0", role: "region", "aria-label": label };
}

function table(columns: string[], rows: string[][]): HTMLElement {
  return element(
    "table",
    {},
    element("thead", {}, element("tr", {}, ...columns.map((column) => element("th", { scope: "col" }, column)))),
    element(
      "tbody",
      {},
      ...rows.map(([first = "", ...others]) =>
        element(
          "tr",
          {},
          element("th", { scope: "row" }, element("code", {}, first)),
          ...others.map((cell) => element("td", {}, cell)),
        ),
      ),
    ),
  );
}

function stageBar(stages: { name: string; weight: number }[]): HTMLElement {
  const whole = stages.reduce((sum, stage) => sum + stage.weight, 0);
  const parts = stages.map((stage) => {
    const share = `${Math.round((stage.weight / whole) * 100)} %`;
    const part = element("li", {}, element("code", {}, stage.name), ` ${share}`);
    part.style.flexGrow = String(stage.weight);
    return part;
  });
  return element("div", {}, element("h3", {}, "Stages of a run"), element("ol", { class: "stages" }, ...parts));
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
