import type { Capabilities } from "../../contract/runner/capabilities.ts";
import type { JobNeeds } from "../../contract/runner/job.ts";
import { deviceSuits } from "./device-requirements.ts";
import { listRequirements } from "./list-requirements.ts";

/** Whether a runner could do a job if it had nothing else to do. */
export function canEverDo(needs: JobNeeds, capabilities: Capabilities): boolean {
  return whoCanEverDo(needs)(capabilities);
}

/** `canEverDo` for many runners. */
export function whoCanEverDo(needs: JobNeeds): (capabilities: Capabilities) => boolean {
  const requirements = listRequirements(needs);
  return (capabilities) => {
    if (!requirements.every((requirement) => requirement.isMetBy(capabilities))) return false;
    return !needs.gpu || capabilities.devices.some((device) => deviceSuits(needs, device, device.vram_mb));
  };
}
