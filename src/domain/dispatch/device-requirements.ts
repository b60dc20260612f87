import type { Capabilities, Device } from "../../contract/runner/capabilities.ts";
import type { JobNeeds } from "../../contract/runner/job.ts";
import { compareCapability } from "./compare-capability.ts";
import type { Requirement } from "./list-requirements.ts";

/** Whether a device that nobody uses, with so much VRAM left by others, could take a job. */
export function deviceSuits(needs: JobNeeds, device: Device, vramMb: number): boolean {
  return vramMb >= needs.vram_mb && isNewEnough(needs, device);
}

/** Whether a device has the compute capability that a job asks for. */
export function isNewEnough({ compute_capability: least }: JobNeeds, { compute_capability: has }: Device): boolean {
  return least === null || (has !== null && compareCapability(has, least) >= 0);
}

/** What a job asks of its device, each by itself: `deviceSuits` says whether one device meets all. */
export function deviceRequirements(needs: JobNeeds): Requirement[] {
  if (!needs.gpu) return [];
  return [
    {
      name: "gpu",
      asked: "a GPU",
      isMetBy: ({ devices }) => devices.length > 0,
      nearest: () => null,
    },
    {
      name: "vram_mb",
      asked: `${needs.vram_mb} MB of VRAM on one device`,
      isMetBy: ({ devices }) => devices.some((device) => device.vram_mb >= needs.vram_mb),
      nearest: (runners) => {
        const largest = devicesOf(runners).sort((a, b) => b.vram_mb - a.vram_mb)[0];
        return largest === undefined ? null : `${largest.vram_mb} MB (${largest.name})`;
      },
    },
    ...(needs.compute_capability === null ? [] : [capabilityRequirement(needs, needs.compute_capability)]),
  ];
}

function capabilityRequirement(needs: JobNeeds, least: string): Requirement {
  return {
    name: "compute_capability",
    asked: `compute capability ${least}`,
    isMetBy: ({ devices }) => devices.some((device) => isNewEnough(needs, device)),
    nearest: (runners) => {
      const known = devicesOf(runners).flatMap(({ name, compute_capability: has }) =>
        has === null ? [] : [{ name, has }],
      );
      const newest = known.sort((a, b) => compareCapability(b.has, a.has))[0];
      return newest === undefined ? null : `${newest.has} (${newest.name})`;
    },
  };
}

function devicesOf(runners: readonly Capabilities[]): Device[] {
  return runners.flatMap(({ devices }) => devices);
}
