import type { ConcreteTemplate } from "../../contract/template/document.ts";
import type { QualityPreset, Resources } from "../../contract/template/requirements.ts";
import { copyJson } from "./value/json-equality.ts";

/** What a run needs, the preset that it chose (null: none) and what the preset hands to the handler. */
export interface EffectiveResources {
  resources: Resources;
  quality: string | null;
  parameters: Record<string, unknown>;
}

/**
 * The template's resources, changed by the preset that the input `quality` names (design section 13). Only the template's own presets
 * count. `inputs` are those that `checkInputs` gave back: with defaults.
 */
export function effectiveResources(
  template: Pick<ConcreteTemplate, "requirements">,
  inputs: Record<string, unknown>,
): EffectiveResources {
  const { resources, quality_presets: presets } = template.requirements;
  const base: Resources = {
    ...resources,
    gpu: resources.gpu ?? false,
    cpu_cores: resources.cpu_cores ?? 1,
    memory_gb: resources.memory_gb ?? 2,
  };
  const quality = Object.hasOwn(inputs, "quality") ? inputs.quality : undefined;
  const preset =
    typeof quality === "string" && presets !== undefined && Object.hasOwn(presets, quality)
      ? presets[quality]
      : undefined;
  if (typeof quality !== "string" || preset === undefined) return { resources: base, quality: null, parameters: {} };
  return { resources: withPreset(base, preset), quality, parameters: parametersOf(preset) };
}

function withPreset(base: Resources, preset: QualityPreset): Resources {
  const { extra_vram_gb: extra = 0, resource_multiplier: factor = 1, time_multiplier: slower = 1 } = preset;
  const { vram_gb: vram, estimated_time_seconds: time } = base;
  return {
    ...base,
    // vram that the template does not give is 0: a preset may be what first asks for a GPU's memory.
    ...(vram === undefined && extra === 0 ? {} : { vram_gb: tidy((vram ?? 0) * factor + extra) }),
    cpu_cores: Math.ceil(tidy(base.cpu_cores * factor)),
    memory_gb: tidy(base.memory_gb * factor),
    ...(time === undefined ? {} : { estimated_time_seconds: tidy(time * slower) }),
  };
}

function parametersOf(preset: QualityPreset): Record<string, unknown> {
  const { extra_vram_gb: _extra, resource_multiplier: _factor, time_multiplier: _slower, ...parameters } = preset;
  return Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, copyJson(value)]));
}

/** Removes the noise of binary floats: 0.1 + 0.2 is 0.3, and 10 × 1.1 cores are 11, not 12. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}
