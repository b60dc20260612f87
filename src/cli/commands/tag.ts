import type { Command } from "commander";
import type { TagMove } from "../../contract/artifact/tag.ts";
import { exampleText } from "../example-text.ts";
import { kindOfReference } from "../kind-of-reference.ts";
import { inSession } from "../session.ts";
import { table } from "../terminal/table.ts";

/** `callsheet tag list | set | delete | history`. */
export function addTagCommand(program: Command): void {
  const tag = program
    .command("tag")
    .description("tags: names that point at a version and can be moved")
    .addHelpText("after", exampleText("tag set image_generation stable 1.2.0"));
  addList(tag);
  addSet(tag);
  addDelete(tag);
  addHistory(tag);
}

function addList(tag: Command): void {
  tag
    .command("list")
    .description("all tags of an artifact")
    .argument("<name>")
    .addHelpText("after", exampleText("tag list image_generation"))
    .action((text: string, _flags: unknown, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const { routes, reference: name } = kindOfReference(text);
        const found = await client().call(routes.tags.list, { params: { name } });
        const rows = found.tags.map((one) => [one.tag, one.version, one.digest]);
        terminal.answer(found, () =>
          rows.length === 0 ? `${name} has no tag` : table(terminal, ["TAG", "VERSION", "DIGEST"], rows),
        );
        return undefined;
      }),
    );
}

function addSet(tag: Command): void {
  tag
    .command("set")
    .description("point a tag at a version; new or moved, its history keeps it")
    .argument("<name>")
    .argument("<tag>")
    .argument("<version>", "an exact version")
    .option("--reason <text>", "why, for the history")
    .addHelpText("after", exampleText('tag set image_generation stable 1.2.0 --reason "passed review"'))
    .action((text: string, tagName: string, version: string, flags: { reason?: string }, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const { routes, reference: name } = kindOfReference(text);
        const params = { name, tag: tagName };
        const done = await client().call(routes.tags.put, { params, body: { version, reason: flags.reason } });
        const said = done.changed ? "now points at" : "already pointed at";
        terminal.answer(done, () => `${tagName} of ${name} ${said} ${version}`);
        return undefined;
      }),
    );
}

function addDelete(tag: Command): void {
  tag
    .command("delete")
    .description("delete a tag; the version that it points at stays, and so does its history")
    .argument("<name>")
    .argument("<tag>")
    .option("--reason <text>", "why, for the history")
    .addHelpText("after", exampleText("tag delete image_generation canary"))
    .action((text: string, tagName: string, flags: { reason?: string }, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const { routes, reference: name } = kindOfReference(text);
        const params = { name, tag: tagName };
        const done = await client().call(routes.tags.remove, { params, query: { reason: flags.reason } });
        terminal.answer(done, () => `${tagName} of ${name} ${done.changed ? "is deleted" : "was deleted before"}`);
        return undefined;
      }),
    );
}

function addHistory(tag: Command): void {
  tag
    .command("history")
    .description("every move of a tag, newest first")
    .argument("<name>")
    .argument("<tag>")
    .addHelpText("after", exampleText("tag history image_generation stable"))
    .action((text: string, tagName: string, _flags: unknown, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const { routes, reference: name } = kindOfReference(text);
        const params = { name, tag: tagName };
        const first = await client().call(routes.tags.history, { params, query: { limit: "200" } });
        const moves: TagMove[] = [...first.moves];
        for (let cursor = first.next_cursor; cursor !== null; ) {
          const page = await client().call(routes.tags.history, { params, query: { limit: "200", cursor } });
          moves.push(...page.moves);
          cursor = page.next_cursor;
        }
        const rows = moves.map((move) => [
          move.moved_at,
          `${move.from_version ?? "none"} → ${move.to_version ?? "none"}`,
          move.moved_by,
          move.reason ?? "",
        ]);
        terminal.answer({ ...first, moves, next_cursor: null }, () =>
          table(terminal, ["WHEN", "MOVE", "BY", "REASON"], rows),
        );
        return undefined;
      }),
    );
}
