import type { Capabilities } from "../../contract/runner/capabilities.ts";

/** What a connected runner has left to give. A pool keeps it by its leases: capabilities less the needs of every job leased to it. */
export interface RunnerRoom {
  runnerId: string;
  name: string;
  /** The same object from match to match: what it can ever do is remembered by it. */
  capabilities: Capabilities;
  /** Takes jobs: approved, not draining, heard of lately. */
  isOpen: boolean;
  slotsFree: number;
  cpuCoresFree: number;
  memoryMbFree: number;
  diskMbFree: number;
  /** By position in `capabilities.devices`: what neither our jobs nor others take. */
  vramMbFree: number[];
  /** By position in `capabilities.devices`: what others than our jobs take, by the last heartbeat. */
  vramMbOther: number[];
  /** Digests and models that are loaded and ready. */
  warm: ReadonlySet<string>;
}
