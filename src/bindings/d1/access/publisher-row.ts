import { z } from "zod";
import { claimPatterns, type TrustedPublisher, trustedPublisher } from "../../../contract/access/publisher.ts";
import { primary } from "../primary.ts";
import { jsonColumn } from "../run/run-row.ts";

const publisherRow = trustedPublisher.extend({
  claims: jsonColumn(claimPatterns),
  scopes: jsonColumn(trustedPublisher.shape.scopes),
  names: jsonColumn(z.array(z.string())),
});

const columns = "id, name, issuer, claims, scopes, names, token_seconds, created_at, created_by, last_used_at";

/** Writes a publisher, unless one has its name or there are as many as may be: that is decided as it is written. */
export async function insertPublisherIfFree(
  db: D1Database,
  publisher: TrustedPublisher,
  most: number,
): Promise<boolean> {
  const { meta } = await primary(db)
    .prepare(
      `INSERT INTO trusted_publisher (${columns}) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, NULL
       WHERE NOT EXISTS (SELECT 1 FROM trusted_publisher WHERE name = ?2)
       AND (SELECT count(*) FROM trusted_publisher) < ?10`,
    )
    .bind(
      publisher.id,
      publisher.name,
      publisher.issuer,
      JSON.stringify(publisher.claims),
      JSON.stringify(publisher.scopes),
      JSON.stringify(publisher.names),
      publisher.token_seconds,
      publisher.created_at,
      publisher.created_by,
      most,
    )
    .run();
  return meta.changes === 1;
}

/** All publishers, by name. */
export async function listPublisherRows(db: D1Database): Promise<TrustedPublisher[]> {
  const { results } = await primary(db).prepare(`SELECT ${columns} FROM trusted_publisher ORDER BY name, id`).all();
  return z.array(publisherRow).parse(results);
}

/** The publishers of an issuer, the oldest first. */
export async function listPublishersOf(db: D1Database, issuer: string): Promise<TrustedPublisher[]> {
  const { results } = await primary(db)
    .prepare(`SELECT ${columns} FROM trusted_publisher WHERE issuer = ? ORDER BY created_at, id`)
    .bind(issuer)
    .all();
  return z.array(publisherRow).parse(results);
}

/** Removes a publisher; answers what it was, or null where there was none. */
export async function deletePublisher(db: D1Database, id: string): Promise<TrustedPublisher | null> {
  const row = await primary(db)
    .prepare(`DELETE FROM trusted_publisher WHERE id = ? RETURNING ${columns}`)
    .bind(id)
    .first();
  return row === null ? null : publisherRow.parse(row);
}

/** Whether a publisher has this name. */
export async function isPublisherNamed(db: D1Database, name: string): Promise<boolean> {
  return (await primary(db).prepare("SELECT 1 FROM trusted_publisher WHERE name = ?").bind(name).first()) !== null;
}
