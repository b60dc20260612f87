import { z } from "zod";
import { announcement, type Changes } from "../../../contract/announcement/announcement.ts";
import { primary } from "../primary.ts";

const rows = z.array(announcement);

/**
 * Announcements after `since`, from D1's primary. When there are more than `most`, the newest `most`, with `since` raised to what
 * was left out.
 */
export async function pullAnnouncements(db: D1Database, since: number, most: number): Promise<Changes> {
  const { results } = await primary(db)
    .prepare("SELECT seq, kind, name FROM announcement WHERE seq > ? ORDER BY seq DESC LIMIT ?")
    .bind(since, most)
    .all();
  const announcements = rows.parse(results).reverse();
  const first = announcements[0];
  const isCut = announcements.length === most && first !== undefined;
  return {
    since: isCut ? first.seq - 1 : since,
    seq: announcements.at(-1)?.seq ?? since,
    announcements,
  };
}
