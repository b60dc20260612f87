import type { ChangeEvent, ChangeType } from "../../contract/announcement/change-event.ts";
import { collectionOf } from "../../contract/artifact/kind.ts";
import type { Colors } from "./open-terminal.ts";
import { plainText } from "./plain-text.ts";

const typeColor = {
  "version.published": "green",
  "version.deprecated": "yellow",
  "version.yanked": "red",
  "version.restored": "green",
  "version.deleted": "red",
  "tag.moved": "cyan",
  "tag.removed": "magenta",
} as const satisfies Record<ChangeType, keyof Colors>;

const widest = Math.max(...Object.keys(typeColor).map((type) => type.length));

/** A change as one line: when, what, to which version, where its tags went, by whom and why. */
export function renderChange(change: ChangeEvent, colors: Colors): string {
  const { seq, at, type, kind, name, version, tags, by, reason } = change;
  const what = `${collectionOf[kind]}/${name}${version === null ? "" : `@${version}`}`;
  const parts = [
    colors.dim(`${seq}`.padStart(6)),
    colors.dim(timeOf(at)),
    colors[typeColor[type]](type.padEnd(widest)),
    colors.bold(what),
    ...tags.map(({ tag, from_version, to_version }) => {
      return `${tag}: ${from_version === null ? "" : `${from_version} `}→ ${to_version ?? "gone"}`;
    }),
    `by ${plainText(by)}`,
    ...(reason === null ? [] : [`(${plainText(reason)})`]),
  ];
  return parts.join("  ");
}

/** To the second, in UTC. */
function timeOf(at: string): string {
  return plainText(`${at.slice(0, 10)} ${at.slice(11, 19)}`);
}
