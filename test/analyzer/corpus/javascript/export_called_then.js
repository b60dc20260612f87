// expect error illegal_name 3:17
/** @param {{a: string}} inputs */
export function then({ a }) {
  return a;
}
