import { limits } from "../../contract/limits.ts";
import type { Field } from "../../contract/template/field.ts";
import { model, presetName, qualityPreset, requirements, resources } from "../../contract/template/requirements.ts";
import { didYouMean } from "../did-you-mean.ts";
import { isMap, type JsonMap, type JsonValue, own } from "../document/json-value.ts";
import { childPointer } from "../pointer.ts";
import { errorAt, type Finding, warningAt } from "./check-finding.ts";
import { templatePath } from "./check-header.ts";
import { checkKeys } from "./check-keys.ts";
import { checkCount, checkShape, membersOf, wrongType } from "./check-shape.ts";
import { quote } from "./value/show-value.ts";

/** Checks what a run needs: resources, models and quality presets, these against the input `quality`. */
export function checkRequirements(
  template: JsonMap,
  inputs: ReadonlyMap<string, Field>,
  isPartial: boolean,
): Finding[] {
  const path = childPointer(templatePath, "requirements");
  const found = own(template, "requirements");
  if (found === undefined) return [];
  if (!isMap(found)) return [wrongType(path, "a map with resources", found)];
  const findings = checkKeys(found, Object.keys(requirements.shape), path);
  const foundResources = own(found, "resources");
  if (foundResources !== undefined)
    findings.push(...checkResources(foundResources, childPointer(path, "resources"), isPartial));
  else if (!isPartial) {
    const suggestion = "add resources; resources: {} asks for the defaults: no gpu, 1 core, 2 GB";
    findings.push(
      errorAt("missing_key", childPointer(path, "resources"), "the key resources is missing", suggestion, "key"),
    );
  }
  findings.push(...checkModels(own(found, "models"), childPointer(path, "models")));
  findings.push(...checkPresets(own(found, "quality_presets"), childPointer(path, "quality_presets"), inputs));
  return findings;
}

function checkResources(found: JsonValue, path: string, isPartial: boolean): Finding[] {
  const findings = checkShape(resources, found, path, Object.keys(resources.shape));
  if (!isMap(found)) return findings;
  const gpu = own(found, "gpu");
  const vramGb = own(found, "vram_gb");
  // A child of an abstract template may say the size.
  if (gpu === true && (vramGb === 0 || (vramGb === undefined && !isPartial))) {
    const at = vramGb === 0 ? "vram_gb" : "gpu";
    const message = `gpu: true asks for a GPU, but vram_gb is ${vramGb === 0 ? "0" : "not given"}`;
    findings.push(
      errorAt("gpu_without_vram", childPointer(path, at), message, "say how much graphics memory a run needs"),
    );
  }
  const hasNoGpu = gpu === false || (gpu === undefined && !isPartial);
  if (hasNoGpu && typeof vramGb === "number" && vramGb > 0) {
    const message = `vram_gb ${vramGb} is asked for without gpu: true, so no GPU is kept for a run`;
    findings.push(
      warningAt("vram_without_gpu", childPointer(path, "vram_gb"), message, "add gpu: true, or remove vram_gb"),
    );
  }
  for (const { key, code, most, unit } of ample) {
    const size = own(found, key);
    if (typeof size !== "number" || size <= most) continue;
    const message = `${key} ${size} is more than ${most}${unit}: few machines can do such a run`;
    findings.push(warningAt(code, childPointer(path, key), message, "check the number"));
  }
  return findings;
}

const ample = [
  { key: "vram_gb", code: "vram_large", most: 48, unit: " GB" },
  { key: "cpu_cores", code: "cpu_cores_large", most: 64, unit: "" },
  { key: "memory_gb", code: "memory_large", most: 1024, unit: " GB" },
] as const;

function checkModels(found: JsonValue | undefined, path: string): Finding[] {
  if (found === undefined) return [];
  const { members, findings } = membersOf(found, path);
  findings.push(...checkCount(members.length, limits.models, "models", path));
  const keys = Object.keys(model.shape);
  return [
    ...findings,
    ...members.slice(0, limits.models).flatMap(([member, at]) => checkShape(model, member, at, keys)),
  ];
}

function checkPresets(found: JsonValue | undefined, path: string, inputs: ReadonlyMap<string, Field>): Finding[] {
  if (found === undefined) return [];
  if (!isMap(found)) return [wrongType(path, "a map of preset names to presets", found)];
  const names = Object.keys(found);
  const findings = checkCount(names.length, limits.qualityPresets, "quality presets", path);
  if (findings.length > 0) return findings;
  for (const [name, preset] of Object.entries(found)) {
    const at = childPointer(path, name);
    const named = presetName.safeParse(name);
    if (!named.success)
      findings.push(errorAt("bad_name", at, named.error.issues.map((issue) => issue.message).join("; "), null, "key"));
    findings.push(...checkShape(qualityPreset, preset, at));
  }
  const quality = inputs.get("quality");
  if (quality?.type === "string" && quality.enum !== undefined)
    findings.push(...checkChoices(names, quality.enum, path));
  return findings;
}

const qualityEnumPath = `${templatePath}/interface/inputs/quality/enum`;

function checkChoices(names: readonly string[], choices: readonly string[], path: string): Finding[] {
  const unreachable = names.filter((name) => !choices.includes(name));
  const findings = unreachable.map((name) => {
    const meant = didYouMean(name, choices);
    const suggestion = meant === null ? `its values are ${choices.slice(0, 20).join(", ")}` : `did you mean ${meant}?`;
    const message = `the preset ${quote(name)} is no value of the input quality, so nobody can choose it`;
    return errorAt("preset_not_in_quality", childPointer(path, name), message, suggestion, "key");
  });
  const missing = names.length === 0 ? [] : choices.filter((choice) => !names.includes(choice));
  return [
    ...findings,
    ...missing.map((choice) => {
      const at = childPointer(qualityEnumPath, choices.indexOf(choice));
      const message = `the quality ${quote(choice)} has no preset: it changes nothing`;
      return warningAt("quality_without_preset", at, message, `add a preset ${choice}, or remove the value`);
    }),
  ];
}
