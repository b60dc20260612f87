/** Source of the function that steps at the edge call. */
export const stormFunction = `/** Goes one step on. */
export function storm_step({ n }: { n: number }): { n: number } {
  return { n: n * 3 + 1 };
}
`;

/** What a runner does; its handler leaves a mark for each run in `folder`. */
export const stormTemplate = {
  id: "storm_square",
  version: "1.0.0",
  name: "Square",
  interface: {
    inputs: { number: { type: "float", required: true }, folder: { type: "string", required: true } },
    outputs: { square: { type: "float" } },
  },
  requirements: { resources: { memory_gb: 0.25 } },
  execution: { handler: "storm_square", timeout_seconds: 60, max_attempts: 20 },
};

const inputs = { n: { type: "integer", required: true }, folder: { type: "string", required: true } };
const folder = "{{ workflow.input.folder }}";
/** Runners are killed often. */
const retry = { max_attempts: 20, backoff: "fixed", initial_seconds: 1 };

const step = (id: string, n: string) => ({ id, skill: "javascript.storm_step", inputs: { n: `{{ ${n} }}` } });
const square = (id: string, number: string) => ({
  id,
  skill: "storm_square",
  retry,
  inputs: { number: `{{ ${number} }}`, folder },
});

/** A workflow that another one calls: edge, then a runner. */
export const innerWorkflow = {
  metadata: { id: "storm-inner", name: "Storm inside", version: "1.0.0", description: "Is called by another." },
  inputs,
  steps: [step("before", "workflow.input.n"), square("squared", "steps.before.outputs.n")],
  outputs: { square: "{{ steps.squared.outputs.square }}" },
};

/** A workflow with steps of every kind: at the edge, on runners, by agents, by people, in another workflow, at the same time and one after the other. */
export const stormWorkflow = {
  metadata: { id: "storm", name: "Storm", version: "1.0.0", description: "Has steps of every kind." },
  inputs,
  steps: [
    step("first", "workflow.input.n"),
    {
      id: "beside",
      step_type: "parallel",
      branches: {
        steps: [
          {
            id: "left",
            step_type: "sequential",
            branches: {
              steps: [step("left_one", "steps.first.outputs.n"), square("left_two", "steps.left_one.outputs.n")],
            },
          },
          {
            id: "each",
            step_type: "map",
            branches: {
              over: "{{ [1, 2, 3, 4].map(i, i + workflow.input.n) }}",
              max_concurrency: 2,
              steps: [step("one", "item"), step("two", "steps.one.outputs.n")],
            },
          },
          { id: "inside", skill: "workflow/storm-inner", inputs: { n: "{{ workflow.input.n }}", folder } },
        ],
      },
    },
    {
      id: "pick",
      step_type: "switch",
      condition: "workflow.input.n % 3",
      branches: {
        "0": [
          { id: "ask", step_type: "approval", message: "Go on with {{ workflow.input.n }}?", on_reject: "continue" },
          step("picked", "steps.ask.outputs.approved ? 10 : 20"),
        ],
        "1": [step("picked", "steps.first.outputs.n")],
        default: [square("squared", "steps.first.outputs.n"), step("picked", "steps.squared.outputs.square")],
      },
    },
    {
      id: "plan",
      skill: "create_plan",
      retry,
      inputs: { requirements: "add(x) = x + {{ workflow.input.n }}; multiply(x) = x * {{ workflow.input.n }}" },
    },
    { id: "build", skill: "write_code", retry, inputs: { plan: "{{ steps.plan.outputs.plan }}" } },
    { id: "test", skill: "validate_code", retry, inputs: { files: "{{ steps.build.outputs.files }}" } },
  ],
  outputs: {
    squares: "{{ [steps.left_two.outputs.square, steps.inside.outputs.square] }}",
    items: "{{ steps.each.outputs.map(one, one.n) }}",
    picked: "{{ steps.picked.outputs.n }}",
    files: "{{ steps.build.outputs.files }}",
    report: "{{ steps.test.outputs }}",
  },
};
