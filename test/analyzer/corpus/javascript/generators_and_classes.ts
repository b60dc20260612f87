// expect error not_a_function 4:18
// expect error not_a_function 8:14
// expect error not_a_function 12:1
export function* count({ to }: { to: number }): Generator<number> {
  for (let i = 0; i < to; i += 1) yield i;
}

export class Counter {
  value = 0;
}

export default class {}
