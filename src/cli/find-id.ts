import { CommandRefusal } from "./command-refusal.ts";
import { exitCodes } from "./exit-codes.ts";
import { plainText } from "./terminal/plain-text.ts";

/** One thing that a shortened id may mean. */
export interface Candidate {
  id: string;
  /** How it is told where several fit. */
  told: string;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const shortest = 4;
const mostTold = 5;

/**
 * The whole id that a shortened one means: its beginning or its end, unique among the recent ones. A whole id is taken as it is,
 * without asking.
 */
export async function findId(
  text: string,
  what: "run" | "entity",
  readRecent: () => Promise<readonly Candidate[]>,
): Promise<string> {
  const asked = text.toLowerCase();
  if (uuid.test(asked)) return asked;
  const list = what === "run" ? "`callsheet runs`" : "`callsheet entities list`";
  if (!/^[0-9a-f-]+$/.test(asked) || asked.length > 36 || asked.length < shortest) {
    throw new CommandRefusal(
      `"${plainText(text)}" is no ${what} id; give a UUID, or ${shortest} or more digits of its beginning or its end; ${list} tells them`,
    );
  }
  const recent = await readRecent();
  const fitting = recent.filter(({ id }) => id.startsWith(asked) || id.endsWith(asked));
  const [only, other] = fitting;
  if (only === undefined) {
    throw new CommandRefusal(
      `no ${what} among the newest ${recent.length} has an id that begins or ends with ${asked}; give the whole id, or see ${list}`,
      exitCodes.notFound,
    );
  }
  if (other !== undefined) {
    const some = fitting.slice(0, mostTold).map(({ id, told }) => `\n  ${id}  ${plainText(told)}`);
    const more = fitting.length > mostTold ? `\n  and ${fitting.length - mostTold} more` : "";
    throw new CommandRefusal(`${asked} is not enough: ${fitting.length} ids fit${some.join("")}${more}`);
  }
  return only.id;
}
