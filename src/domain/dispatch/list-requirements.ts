import type { Capabilities } from "../../contract/runner/capabilities.ts";
import type { JobNeeds } from "../../contract/runner/job.ts";
import { didYouMean } from "../did-you-mean.ts";
import { deviceRequirements } from "./device-requirements.ts";
import { compareText } from "./job-order.ts";

/** One thing that a job asks of its runner, by itself. `name` is one of those that contract/run/waiting.ts lists. */
export interface Requirement {
  name: string;
  /** What is asked, in words: `24000 MB of VRAM on one device`. */
  asked: string;
  isMetBy(capabilities: Capabilities): boolean;
  /** The nearest that any of these runners has, none of which meets it; null when none has anything of the kind. */
  nearest(runners: readonly Capabilities[]): string | null;
}

/** Everything that a job asks of its runner, most telling first. A runner can do the job when it meets all, the device's on one device. */
export function listRequirements(needs: JobNeeds): Requirement[] {
  return [
    ...(needs.handler === null ? [] : [handlerRequirement(needs.handler)]),
    ...(needs.sandbox ? [sandboxRequirement] : []),
    ...(needs.memory_type === null ? [] : [memoryTypeRequirement(needs.memory_type)]),
    ...needs.packages.map(packageRequirement),
    ...deviceRequirements(needs),
    ...needs.models.map(modelRequirement),
    ...Object.entries(needs.labels).map(labelRequirement),
    amountRequirement("cpu_cores", needs.cpu_cores, needs.cpu_cores === 1 ? "CPU core" : "CPU cores"),
    amountRequirement("memory_mb", needs.memory_mb, "MB of memory"),
    ...(needs.disk_mb === 0 ? [] : [amountRequirement("disk_mb", needs.disk_mb, "MB of disk")]),
  ];
}

function handlerRequirement(handler: string): Requirement {
  return {
    name: "handler",
    asked: `the handler ${handler}`,
    isMetBy: ({ handlers }) => handlers.includes(handler),
    nearest: (runners) => nearestName(handler, new Set(runners.flatMap(({ handlers }) => handlers))),
  };
}

const sandboxRequirement: Requirement = {
  name: "sandbox",
  asked: "a sandbox for user code",
  isMetBy: ({ sandbox }) => sandbox !== "none",
  nearest: () => null,
};

function memoryTypeRequirement(memoryType: NonNullable<JobNeeds["memory_type"]>): Requirement {
  return {
    name: "memory_type",
    asked: `arrays of ${memoryType}`,
    isMetBy: ({ memory_types: types }) => types.includes(memoryType),
    nearest: (runners) => listNames(new Set(runners.flatMap(({ memory_types: types }) => types))),
  };
}

/** By the name that is imported, on both sides: `skimage`, which is installed as scikit-image. */
function packageRequirement(imported: string): Requirement {
  const distribution = distributions.get(imported);
  return {
    name: "package",
    asked: `the Python package ${imported}${distribution === undefined ? "" : ` (installed as ${distribution})`}`,
    isMetBy: ({ packages }) => packages.includes(imported),
    // Of hundreds that are installed, only one spelt alike tells anything.
    nearest: (runners) =>
      didYouMean(imported, [...new Set(runners.flatMap(({ packages }) => packages))].sort(compareText)),
  };
}

/** Packages that are installed under another name than they are imported by: what to tell whoever installs them. */
const distributions: ReadonlyMap<string, string> = new Map([
  ["PIL", "pillow"],
  ["attr", "attrs"],
  ["bs4", "beautifulsoup4"],
  ["cucim", "cucim-cu12"],
  ["cupy", "cupy-cuda12x"],
  ["cv2", "opencv-python-headless"],
  ["dateutil", "python-dateutil"],
  ["skimage", "scikit-image"],
  ["sklearn", "scikit-learn"],
  ["yaml", "pyyaml"],
]);

function modelRequirement({ name, hash }: JobNeeds["models"][number]): Requirement {
  const isIt = (model: Capabilities["models"][number]) =>
    model.name === name && (hash === null || model.hash?.toLowerCase() === hash.toLowerCase());
  return {
    name: "model",
    asked: hash === null ? `the model ${name}` : `the model ${name} of SHA-256 ${hash}`,
    isMetBy: ({ models }) => models.some(isIt),
    nearest: (runners) => {
      const models = runners.flatMap((runner) => runner.models);
      const named = models.find((model) => model.name === name);
      if (named === undefined) return nearestName(name, new Set(models.map((model) => model.name)));
      return `${name} ${named.hash === null ? "whose SHA-256 its runner has not told" : `of SHA-256 ${named.hash}`}`;
    },
  };
}

function labelRequirement([key, value]: [string, string]): Requirement {
  return {
    name: "label",
    asked: `the label ${key}=${value}`,
    isMetBy: ({ labels }) => Object.hasOwn(labels, key) && labels[key] === value,
    nearest: (runners) => {
      const values = runners.flatMap(({ labels }) => (Object.hasOwn(labels, key) ? [`${key}=${labels[key]}`] : []));
      return listNames(new Set(values));
    },
  };
}

function amountRequirement(name: "cpu_cores" | "memory_mb" | "disk_mb", amount: number, unit: string): Requirement {
  return {
    name,
    asked: `${amount} ${unit}`,
    isMetBy: (capabilities) => capabilities[name] >= amount,
    nearest: (runners) =>
      runners.length === 0 ? null : `${Math.max(...runners.map((runner) => runner[name]))} ${unit}`,
  };
}

function nearestName(asked: string, names: ReadonlySet<string>): string | null {
  const all = [...names].sort(compareText);
  return didYouMean(asked, all) ?? listNames(names);
}

/** At most five, so that a message stays readable. */
function listNames(names: ReadonlySet<string>): string | null {
  if (names.size === 0) return null;
  const all = [...names].sort(compareText);
  return all.length <= 5 ? all.join(", ") : `${all.slice(0, 5).join(", ")} and ${all.length - 5} more`;
}
