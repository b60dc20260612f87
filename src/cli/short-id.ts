/**
 * What people see of a UUID: its last eight digits. Ids of one hour begin alike, because a UUID version 7 begins with its time; the
 * end is random.
 */
export function shortId(id: string): string {
  return id.slice(-8);
}
