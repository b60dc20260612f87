import type { Resources } from "../../contract/template/requirements.ts";
import { element } from "../parts/element.ts";

/** Resources as figures with units. */
export function resourceList(resources: Resources): HTMLElement {
  const {
    gpu,
    vram_gb: vram,
    cpu_cores: cores,
    memory_gb: memory,
    disk_gb: disk,
    estimated_time_seconds: time,
  } = resources;
  const figures: [string, string][] = [
    ["GPU", gpu ? (vram === undefined ? "yes" : `${vram} GB VRAM`) : "none"],
    ["CPU", `${cores} ${cores === 1 ? "core" : "cores"}`],
    ["Memory", `${memory} GB`],
  ];
  if (disk !== undefined) figures.push(["Disk", `${disk} GB`]);
  if (time !== undefined) figures.push(["Time", `about ${time} s`]);
  return element(
    "dl",
    { class: "figures" },
    ...figures.map(([term, figure]) => element("div", {}, element("dt", {}, term), element("dd", {}, figure))),
  );
}
