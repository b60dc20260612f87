import { expect, test } from "vitest";
import { findPlace } from "../../../src/domain/dispatch/find-place.ts";
import { aDevice, aRunner, idleRoom, someNeeds } from "./a-pool.ts";

const twoDevices = aRunner({ devices: [aDevice({ index: 3 }), aDevice({ index: 5, vram_mb: 12_000 })] });

test("a job takes the device that it leaves the least VRAM of, by the device's own index", () => {
  expect(findPlace(someNeeds({ gpu: true, vram_mb: 10_000 }), idleRoom(twoDevices))).toEqual({ device: 5 });
  expect(findPlace(someNeeds({ gpu: true, vram_mb: 20_000 }), idleRoom(twoDevices))).toEqual({ device: 3 });
  const busy = idleRoom(twoDevices, { vramMbFree: [11_000, 12_000] });
  expect(findPlace(someNeeds({ gpu: true, vram_mb: 10_000 }), busy)).toEqual({ device: 3 });
});

test("a device that suits better but is too old is passed by", () => {
  const devices = [
    aDevice({ vram_mb: 10_000, compute_capability: "8.9" }),
    aDevice({ index: 1, compute_capability: "8.10" }),
  ];
  const needs = someNeeds({ gpu: true, vram_mb: 10_000, compute_capability: "8.10" });
  expect(findPlace(needs, idleRoom(aRunner({ devices })))).toEqual({ device: 1 });
});

test("a job without a GPU takes no device, however full they are", () => {
  expect(findPlace(someNeeds(), idleRoom(twoDevices, { vramMbFree: [0, 0] }))).toEqual({ device: null });
});

test("VRAM that is free on two devices together is not enough", () => {
  const halfFull = idleRoom(twoDevices, { vramMbFree: [8000, 8000] });
  expect(findPlace(someNeeds({ gpu: true, vram_mb: 8001 }), halfFull)).toBeNull();
  expect(findPlace(someNeeds({ gpu: true, vram_mb: 8000 }), halfFull)).not.toBeNull();
});

test.each([
  ["slots", { slotsFree: 0 }, { slotsFree: 1 }],
  ["cores", { cpuCoresFree: 3 }, { cpuCoresFree: 4 }],
  ["memory", { memoryMbFree: 999 }, { memoryMbFree: 1000 }],
  ["disk", { diskMbFree: 99 }, { diskMbFree: 100 }],
  ["an open runner", { isOpen: false }, { isOpen: true }],
])("a job fits only where there is enough left of %s", (_, tooLittle, enough) => {
  const needs = someNeeds({ cpu_cores: 4, memory_mb: 1000, disk_mb: 100 });
  expect(findPlace(needs, idleRoom(twoDevices, tooLittle))).toBeNull();
  expect(findPlace(needs, idleRoom(twoDevices, enough))).toEqual({ device: null });
});

test("a job that asks for no disk fits on a full one", () => {
  expect(findPlace(someNeeds(), idleRoom(twoDevices, { diskMbFree: -5 }))).not.toBeNull();
});
