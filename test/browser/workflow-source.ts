/** A workflow with a step of every kind, a skill of every kind, and one that nobody has. */
export const workflowSource = `# Makes code from a request.
metadata:
  id: survey-code
  name: Survey of code
  version: 1.2.0
  description: |
    Plans, writes and checks code.

    What cannot be checked is handed to a person.
  author: Tools team
  category: surveying
  tags: [code, planning]
inputs:
  request: { type: string, required: true, min_length: 1, description: What is to be built }
  screenshot: { type: file, required: true, description: What it looks like now }
outputs:
  code: "{{ steps.write.outputs }}"
steps:
  - id: plan
    skill: plan_code
    description: Splits the request into tasks.
    inputs: { request: "{{ workflow.input.request }}", depth: 3 }
    timeout: 120
    compensate: { skill: notify_team }
  - id: write
    step_type: map
    branches:
      over: "{{ steps.plan.outputs.tasks }}"
      as: task
      max_concurrency: 4
      steps:
        - { id: write_one, skill: nobody_knows, inputs: { task: "{{ task }}" } }
  - id: check
    step_type: parallel
    branches:
      steps:
        - { id: lint, skill: numpy.lint_stack, inputs: { image: "{{ workflow.input.screenshot }}" } }
        - { id: picture, skill: image_generation@^1, inputs: { prompt: "{{ workflow.input.request }}" } }
  - id: route
    step_type: switch
    condition: steps.plan.outputs.kind
    branches:
      clean:
        - { id: publish, skill: workflow/release }
      default:
        - id: decide
          step_type: conditional
          condition: "{{ steps.plan.outputs.count > 3 }}"
          branches:
            if_true:
              - { id: ask, step_type: approval, message: Shall it be published? }
            if_false: []
  - id: chosen_late
    skill: execute_workflow
    condition: steps.plan.outputs.more
    inputs: { workflow_id: "{{ steps.plan.outputs.follow_up }}" }
error_handling: { retry_count: 2, on_error: compensate }
`;

/** A workflow that says no more than it must. */
export const releaseSource = `metadata: { id: release, name: Release, version: 0.3.0 }
steps:
  - { id: tag, skill: tag_release }
`;
