// expect error illegal_parameter 6:3
// expect error illegal_parameter 7:3
// expect error illegal_parameter 8:3
// expect warning illegal_field 9:11
interface Inputs {
  "content-type": string;
  größe: number;
  __proto__: string;
  fine: { "x-rate": number; ok: boolean };
}

export function f(inputs: Inputs): number {
  return inputs.größe;
}
