import { LRUCache } from "lru-cache";
import type { DoneStep } from "../../../bindings/d1/workflow/open-run-rows.ts";
import { approvalAnswer } from "../../../contract/workflow/step-state.ts";
import { copyJson, isMap, type JsonMap } from "../../../domain/document/json-value.ts";
import type { CallOutcome, CallTask, WorkflowActions } from "../../../domain/workflow-run/actions.ts";
import { isKept } from "../../../domain/workflow-run/kept-steps.ts";
import { loadEntity } from "../../entity/load-entity.ts";
import { askPeople } from "./ask-people.ts";
import { callSkill } from "./call-skill.ts";
import type { OpenRun } from "./open-run.ts";

/** JSON of large outputs that one run keeps in memory. */
const memoryBytes = 24 * 1024 * 1024;

/** What the interpreter of a run does to the world. */
export function actionsOf(open: OpenRun): WorkflowActions {
  const loaded = new LRUCache<string, JsonMap>({
    maxSize: memoryBytes,
    sizeCalculation: (data) => JSON.stringify(data).length + 1,
  });
  return {
    call: async (task) => {
      const kept = keptStep(open, task.path);
      if (kept === null || kept.output_entity === null) return callSkill(open, task);
      return keepCall(open, task, kept.output_entity, kept);
    },
    ask: async (task) => {
      const kept = keptStep(open, task.path);
      if (kept === null || kept.answer === null) return askPeople(open, task);
      open.journal.note({ path: task.path, reason: keptReason(open) });
      return { answer: approvalAnswer.parse(JSON.parse(kept.answer)), finishedAt: task.startedAt, isKept: true };
    },
    load: async (entity) => {
      const known = loaded.get(entity);
      if (known !== undefined) return known;
      const found = (await loadEntity(open.needs, entity)) ?? (await loadUnwritten(open, entity));
      const data = found === null ? undefined : copyJson(found.data);
      if (!isMap(data)) throw new Error(`entity ${entity}, which a step gave, is not there`);
      loaded.set(entity, data);
      return data;
    },
    note: (note) => open.journal.note(note),
  };
}

/** What a step has just given may still be on its way to D1. */
async function loadUnwritten({ journal, needs }: OpenRun, entity: string): ReturnType<typeof loadEntity> {
  await journal.flush();
  return loadEntity(needs, entity);
}

/** What an earlier run has done that this one takes over. */
function keptStep({ row, document, done }: OpenRun, path: string): DoneStep | null {
  const found = done.get(path);
  if (found === undefined || row.retry_from === null) return null;
  return isKept(document, row.retry_from, path) ? found : null;
}

function keepCall(open: OpenRun, { path, startedAt }: CallTask, entity: string, step: DoneStep): CallOutcome {
  const { run, skill, input_entity } = step;
  open.journal.note({ path, run, skill, input_entity, output_entity: entity, reason: keptReason(open) });
  return { state: "succeeded", entity, outputs: null, finishedAt: startedAt, isKept: true };
}

function keptReason({ row }: OpenRun): string {
  return `kept from run ${row.retry_of}`;
}
