import type { Command } from "commander";

/** How much of a list is read. */
export interface PageFlags {
  limit?: string;
  cursor?: string;
  all?: boolean;
}

/** A list, or as much of it as was asked for. */
export interface Page<Item> {
  items: Item[];
  next_cursor: string | null;
}

/** The most that a page has. */
const widest = "200";

/** Adds the flags of commands that list by pages. */
export function addPageFlags(command: Command, all = "every page"): Command {
  return command
    .option("--limit <count>", "items of a page, at most 200")
    .option("--cursor <cursor>", "go on after the page that gave this cursor")
    .option("--all", all);
}

/** One page, or with `all` every one from there on. */
export async function readPages<Item>(
  { limit, cursor, all }: PageFlags,
  read: (query: { limit: string | undefined; cursor: string | undefined }) => Promise<Page<Item>>,
): Promise<Page<Item>> {
  const asked = { limit: limit ?? (all ? widest : undefined), cursor };
  const first = await read(asked);
  const items = [...first.items];
  let next = first.next_cursor;
  while (all && next !== null) {
    const page = await read({ ...asked, cursor: next });
    items.push(...page.items);
    next = page.next_cursor;
  }
  return { items, next_cursor: next };
}
