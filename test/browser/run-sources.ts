/** Functions that answer at the edge at once: one doubles, and refuses what is too large for it. */
export const doubleSource = `/** Doubles a number. */
export function double({ n }: { n: number }): { n: number } {
  if (n >= 1000) throw new Error("too large to be doubled");
  return { n: n * 2 };
}
`;

/** Four times a number. */
export const fourfoldSource = `metadata: { id: fourfold, name: Fourfold, version: 1.0.0, description: Doubles a number twice. }
inputs:
  n: { type: float, required: true }
steps:
  - { id: once, skill: javascript.double, inputs: { n: "{{ workflow.input.n }}" } }
  - { id: twice, skill: javascript.double, inputs: { n: "{{ steps.once.outputs.n }}" } }
outputs: { n: "{{ steps.twice.outputs.n }}" }
`;

/** Asks before it goes on. */
export const askedSource = `metadata: { id: asked, name: Asked, version: 1.0.0, description: Asks before it doubles. }
inputs:
  n: { type: float, required: true }
steps:
  - { id: check, skill: javascript.double, inputs: { n: "{{ workflow.input.n }}" } }
  - { id: ask, step_type: approval, message: "Double {{ steps.check.outputs.n }}?" }
  - { id: go, skill: javascript.double, inputs: { n: "{{ steps.check.outputs.n }}" } }
outputs: { n: "{{ steps.go.outputs.n }}" }
`;

/** Doubles each, and the first again where it is small. */
export const eachSource = `metadata: { id: each-doubled, name: Each doubled, version: 1.0.0, description: Doubles each of a list. }
inputs:
  list: { type: array, items: { type: float }, required: true, min_items: 1 }
steps:
  - { id: first, skill: javascript.double, inputs: { n: 1 } }
  - id: each
    step_type: map
    branches:
      over: "{{ workflow.input.list }}"
      steps: [{ id: one, skill: javascript.double, inputs: { n: "{{ item }}" } }]
  - id: size
    step_type: conditional
    condition: workflow.input.list[0] < 10.0
    branches:
      if_true: [{ id: small, skill: javascript.double, inputs: { n: "{{ workflow.input.list[0] }}" } }]
      if_false: [{ id: large, skill: javascript.double, inputs: { n: 1 } }]
`;
