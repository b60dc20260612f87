import { parse } from "yaml";
import { type WorkflowDocument, workflowDocument } from "../../../src/contract/workflow/document.ts";

/** A workflow with steps of every type, as YAML would have it. */
export const everyType = `
- id: prepare
  step_type: parallel
  branches:
    steps:
      - { id: news, skill: collect_news, retry: 3, timeout: 2m }
      - id: style
        step_type: sequential
        branches:
          steps:
            - { id: samples, skill: find_samples }
            - { id: learn, skill: learn_style, inputs: { from: "{{ steps.samples.outputs.texts }}" } }
- id: choose
  step_type: switch
  condition: "{{ workflow.input.kind }}"
  branches:
    very long: [{ id: outline, skill: make_outline, inputs: { news: "{{ steps.news.outputs }}" } }]
    default: [{ id: outline, skill: make_short_outline }]
- id: write
  step_type: map
  branches:
    over: "{{ workflow.input.people }}"
    as: person
    max_concurrency: 4
    steps:
      - { id: letter, skill: write_letter, inputs: { outline: "{{ steps.outline.outputs }}", to: "{{ person }}" } }
- { id: ask, step_type: approval, message: Send them?, approvers: [editor], timeout: 3d }
- id: send
  skill: execute_workflow
  condition: steps.ask.outputs.approved
  inputs: { workflow_id: "{{ workflow.input.sender }}", inputs: { letters: "{{ steps.write.outputs }}" } }
  compensate: { skill: unsend }
`;

/** A workflow of some steps, told in YAML. */
export function aWorkflow(steps: string, more: object = {}): WorkflowDocument {
  const metadata = { id: "letters", name: "Letters", version: "1.0.0", description: "Writes letters." };
  return workflowDocument.parse({ metadata, steps: parse(steps), ...more });
}
