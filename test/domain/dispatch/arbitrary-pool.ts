import fc from "fast-check";
import type { Capabilities } from "../../../src/contract/runner/capabilities.ts";
import type { WaitingJob } from "../../../src/domain/dispatch/waiting-jobs.ts";
import { aDevice, aRunner, aWaitingJob, someNeeds } from "./a-pool.ts";

const size = fc.integer({ min: 1, max: 4 });

/** Small numbers, so that jobs often fit exactly, or just not. */
const arbitraryDevice = fc.record({
  vram_mb: fc.integer({ min: 1, max: 6 }),
  compute_capability: fc.constantFrom("8.9", "8.10", null),
});

const arbitraryCapabilities = fc
  .record({
    slots: size,
    cpu_cores: size,
    memory_mb: size,
    disk_mb: fc.integer({ min: 0, max: 3 }),
    devices: fc.array(arbitraryDevice, { maxLength: 3 }),
    handlers: fc.subarray(["draw", "speak"]),
    packages: fc.constantFrom<string[]>(["scipy", "skimage"], ["scipy", "skimage"], ["scipy"], []),
    labels: fc.constantFrom({}, { zone: "eu" }),
  })
  .map(({ devices, ...rest }) => ({
    ...rest,
    // Device indexes need not be their positions.
    devices: devices.map((device, at) => aDevice({ ...device, index: at * 2 + 1 })),
  }));

/** Up to four different runners. */
export const arbitraryRunners: fc.Arbitrary<Capabilities[]> = fc
  .array(arbitraryCapabilities, { minLength: 1, maxLength: 4 })
  .map((all) => all.map((given, at) => aRunner({ ...given, runner_id: `runner-${at}`, name: `runner-${at}` })));

const gpuNeeds = fc.record({
  gpu: fc.constant(true),
  vram_mb: fc.integer({ min: 1, max: 6 }),
  compute_capability: fc.constantFrom(null, null, "8.10"),
});

const arbitraryNeeds = fc
  .tuple(
    fc.oneof(fc.constant({}), gpuNeeds),
    fc.record({
      cpu_cores: size,
      memory_mb: size,
      disk_mb: fc.integer({ min: 0, max: 2 }),
      handler: fc.constantFrom(null, "draw", "speak"),
      packages: fc.constantFrom<string[]>([], [], ["scipy"], ["skimage", "scipy"]),
      labels: fc.constantFrom({}, {}, { zone: "eu" }),
    }),
  )
  .map(([device, rest]) => someNeeds({ ...device, ...rest }));

/** A job of few different needs; its run id is given by where it is used. */
export const arbitraryJob: fc.Arbitrary<WaitingJob> = fc
  .record({ needs: arbitraryNeeds, priority: fc.integer({ min: 1, max: 10 }), warmKeys: fc.subarray(["a", "b"]) })
  .map((given) => aWaitingJob({ ...given, handler: given.needs.handler }));
