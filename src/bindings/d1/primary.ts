/**
 * A session whose first query goes to D1's primary, so that it sees every commit that was acknowledged before it: what decides or
 * proves something must not come from a read replica.
 */
export function primary(db: D1Database): D1DatabaseSession {
  return db.withSession("first-primary");
}
