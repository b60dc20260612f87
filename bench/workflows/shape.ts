/** A workflow of the bench: steps one after the other, each with the result of the last, or a map over items. */
export interface Shape {
  shape: "chain" | "map";
  count: number;
}

/** How many items of a map are done at the same time. */
export const atOnce = 100;

/** What a run of it gives: the last number of the chain, or one for each item. */
export function expectedOf({ shape, count }: Shape): number[] {
  return shape === "chain" ? [count] : Array.from({ length: count }, (_, at) => at + 1);
}

/** Its name where it is published. */
export function nameOf({ shape, count }: Shape): string {
  return `bench-${shape}-${count}`;
}

/** It as a document of the registry. */
export function documentOf(of: Shape): object {
  const { shape, count } = of;
  const metadata = { id: nameOf(of), name: nameOf(of), version: "1.0.0", description: "Measured." };
  if (shape === "map")
    return {
      metadata,
      inputs: { items: { type: "array", items: { type: "integer" }, required: true } },
      steps: [
        {
          id: "each",
          step_type: "map",
          branches: {
            over: "{{ workflow.input.items }}",
            max_concurrency: atOnce,
            steps: [{ id: "one", skill: "javascript.add_one", inputs: { n: "{{ item }}" } }],
          },
        },
      ],
      outputs: { results: "{{ steps.each.outputs.map(one, one.n) }}" },
    };
  return {
    metadata,
    inputs: { n: { type: "integer", required: true } },
    steps: Array.from({ length: count }, (_, at) => ({
      id: `s${at}`,
      skill: "javascript.add_one",
      inputs: { n: at === 0 ? "{{ workflow.input.n }}" : `{{ steps.s${at - 1}.outputs.n }}` },
    })),
    outputs: { results: `{{ [steps.s${count - 1}.outputs.n] }}` },
  };
}

/** What a run of it is given. */
export function inputsOf({ shape, count }: Shape): object {
  return shape === "chain" ? { n: 0 } : { items: Array.from({ length: count }, (_, at) => at) };
}
