import { setTimeout as pause } from "node:timers/promises";
import { sourceMediaTypes } from "../../../src/contract/function/runtime.ts";
import { type Run, run } from "../../../src/contract/run/run.ts";
import type { StepState } from "../../../src/contract/workflow/step-state.ts";
import { languageOfFile } from "../../../src/domain/function/source-language.ts";
import { type Writable, write } from "./registry-calls.ts";

/** What journeys ask of a registry about workflows; every answer is parsed by the contract. */
export interface WorkflowCalls {
  /** Publishes a function's source, or a document of another kind. */
  publish(collection: "functions" | "workflows" | "agents", file: string, text: string): Promise<void>;
  start(reference: string, inputs: Record<string, unknown>): Promise<Run>;
  getRun(id: string): Promise<Run>;
  /** Asks until it is so; fails when that takes a minute, or the run ends in another way. */
  untilRun(id: string, isSo: (run: Run) => boolean): Promise<Run>;
  approve(id: string, approved: boolean): Promise<Run>;
}

const longestMs = 60_000;
const ended = ["succeeded", "failed", "cancelled"];

export function workflowCalls(registry: () => Writable): WorkflowCalls {
  const ask = async (method: string, path: string, body?: object): Promise<Run> => {
    const answer = await write(registry(), method, path, body === undefined ? undefined : JSON.stringify(body));
    if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`);
    return run.parse(JSON.parse(answer.text));
  };
  const getRun = (id: string) => ask("GET", `/v1/runs/${id}`);
  return {
    async publish(collection, file, text) {
      const language = languageOfFile(file);
      const mediaType = language === null ? "application/yaml" : sourceMediaTypes[language];
      const path = `/v1/${collection}?file=${encodeURIComponent(file)}`;
      const answer = await write(registry(), "POST", path, text, mediaType);
      if (answer.status >= 300) throw new Error(`publishing ${file} answered ${answer.status}: ${answer.text}`);
    },
    start: (reference, inputs) => ask("POST", `/v1/workflows/${reference}/runs`, { inputs }),
    getRun,
    async untilRun(id, isSo) {
      const deadline = performance.now() + longestMs;
      for (;;) {
        const found = await getRun(id);
        if (isSo(found)) return found;
        if (ended.includes(found.state) || performance.now() > deadline)
          throw new Error(`the run is ${found.state}: ${JSON.stringify(found)}`);
        await pause(50);
      }
    },
    approve: (id, approved) => ask("POST", `/v1/runs/${id}:approve`, { approved }),
  };
}

/** A step of a run by its path. */
export function stepOf(found: Run, path: string): StepState | undefined {
  return found.steps?.find((step) => step.path === path);
}
