import { setTimeout as pause } from "node:timers/promises";
import type { Ending, Work } from "./a-node-runner.ts";

/** Templates of the CLI's journeys, as YAML; each has a handler below. */
export const runTemplates = `
template:
  id: jcr_shout
  version: 1.0.0
  name: Shout
  description: Makes text loud.
  interface:
    inputs:
      text: { type: string, required: true, min_length: 1 }
      times: { type: integer, default: 1, min: 1, max: 5 }
    outputs:
      text: { type: string }
  requirements: { resources: {} }
---
template:
  id: jcr_stamp
  version: 1.0.0
  name: Stamp
  description: Puts a stamp on files.
  interface:
    inputs:
      photo: { type: file, required: true }
      copies: { type: integer, default: 1 }
    outputs:
      photo: { type: file }
      size: { type: integer }
  requirements: { resources: {} }
---
template:
  id: jcr_fail
  version: 1.0.0
  name: Fail
  description: Fails.
  interface: { inputs: {}, outputs: { never: { type: string } } }
  execution: { max_attempts: 1 }
  requirements: { resources: {} }
---
template:
  id: jcr_wait
  version: 1.0.0
  name: Wait
  description: Waits until it is cancelled, or for a time.
  interface: { inputs: { seconds: { type: float, default: 60 } }, outputs: { done: { type: boolean } } }
  requirements: { resources: {} }
---
template:
  id: jcr_chance
  version: 1.0.0
  name: Chance
  description: Gives something else each time.
  interface: { inputs: {}, outputs: { number: { type: float } } }
  requirements: { resources: {} }
---
template:
  id: jcr_nobody
  version: 1.0.0
  name: Nobody
  description: No runner of the tests can do this.
  interface: { inputs: {}, outputs: { never: { type: string } } }
  requirements: { resources: { gpu: true, vram_gb: 24 } }
`;

/** What the runner of the tests can do. */
export const handlers = ["jcr_shout", "jcr_stamp", "jcr_fail", "jcr_wait", "jcr_chance"];

/** Does a job of one of the templates. */
export async function doJob(work: Work): Promise<Ending> {
  const { job, signal } = work;
  switch (job.handler) {
    case "jcr_shout": {
      const { text, times } = job.inputs ?? {};
      work.log(`shouting ${text}`, "and again");
      work.progress("execute", 0.5, "taking breath");
      return { outputs: [{ text: `${text}!`.toUpperCase().repeat(Number(times)) }] };
    }
    case "jcr_stamp": {
      const { photo, copies } = job.inputs ?? {};
      const bytes = await work.fetchFile(String(photo));
      const outputs: Record<string, unknown>[] = [];
      for (let i = 1; i <= Number(copies); i++) {
        const stamped = Buffer.concat([bytes, Buffer.from(`stamp ${i}`)]);
        outputs.push({ photo: await work.sendFile(stamped, "stamped.png"), size: stamped.length });
      }
      return { outputs };
    }
    case "jcr_fail":
      work.log("about to fail");
      return { class: "permanent", code: "handler_error", message: "it was made to fail" };
    case "jcr_wait":
      await pause(Number(job.inputs?.seconds) * 1000, undefined, { signal }).catch(() => undefined);
      return { outputs: [{ done: true }] };
    case "jcr_chance":
      return { outputs: [{ number: Math.random() }] };
    default:
      return { class: "permanent", code: "handler_missing", message: `there is no handler ${job.handler}` };
  }
}
