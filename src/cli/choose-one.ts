import { didYouMean } from "../domain/did-you-mean.ts";
import { CommandRefusal } from "./command-refusal.ts";
import { exitCodes } from "./exit-codes.ts";
import { plainText } from "./terminal/plain-text.ts";

/** How things that have an id are told apart. */
export interface Chosen<Thing> {
  /** `runner`, `token`. */
  what: string;
  /** The command that lists them. */
  list: string;
  idOf(thing: Thing): string;
  /** What people call it; null where it has no name. */
  nameOf(thing: Thing): string | null;
  /** How it is told where several fit. */
  tell(thing: Thing): string;
}

const shortest = 4;
const mostTold = 5;

/** The one that a text means: its name, its id, or the unique beginning or end of its id, the part before `_` left out or not. */
export function chooseOne<Thing>(text: string, things: readonly Thing[], chosen: Chosen<Thing>): Thing {
  const { what, list, idOf, nameOf, tell } = chosen;
  const whole = things.find((one) => idOf(one) === text);
  if (whole !== undefined) return whole;
  const named = things.filter((one) => nameOf(one) === text);
  const fitting = named.length > 0 ? named : things.filter((one) => fits(idOf(one), text.toLowerCase()));
  const [only, other] = fitting;
  if (only === undefined) {
    const names = things.flatMap((one) => nameOf(one) ?? []);
    const meant = didYouMean(text, names);
    const hint = meant === null ? `\`callsheet ${list}\` tells which there are` : `did you mean ${plainText(meant)}?`;
    throw new CommandRefusal(`there is no ${what} ${plainText(text)}; ${hint}`, exitCodes.notFound);
  }
  if (other !== undefined) {
    const some = fitting.slice(0, mostTold).map((one) => `\n  ${idOf(one)}  ${plainText(tell(one))}`);
    const more = fitting.length > mostTold ? `\n  and ${fitting.length - mostTold} more` : "";
    throw new CommandRefusal(
      `${plainText(text)} is not enough; give the id of the one you mean${some.join("")}${more}`,
    );
  }
  return only;
}

function fits(id: string, text: string): boolean {
  const bare = id.slice(id.indexOf("_") + 1);
  return text.length >= shortest && (id.startsWith(text) || bare.startsWith(text) || id.endsWith(text));
}
