// expect error duplicate_id 6:17
export function countWords({ a }: { a: string }): string {
  return a;
}

export function count_words({ a }: { a: string }): string {
  return a;
}
