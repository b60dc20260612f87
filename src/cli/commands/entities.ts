import { type Command, Option } from "commander";
import { compareEntities, getEntity, getEntityLineage, getEntityValue } from "../../contract/http/entities.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { findEntityId } from "../entities/find-entity.ts";
import { exampleText } from "../example-text.ts";
import { inSession } from "../session.ts";
import { shortId } from "../short-id.ts";
import { lineageMermaid } from "../terminal/lineage-mermaid.ts";
import { plainText } from "../terminal/plain-text.ts";
import { renderEntity } from "../terminal/render-entity.ts";
import { renderLineage } from "../terminal/render-lineage.ts";
import { showValue } from "../terminal/show-value.ts";
import { table } from "../terminal/table.ts";
import { addEntitiesCreate } from "./entities-create.ts";
import { addEntitiesList, addEntitiesVersions } from "./entities-list.ts";

/** `callsheet entities list | show | value | lineage | compare | versions | create`. */
export function addEntitiesCommand(program: Command): void {
  const entities = program
    .command("entities")
    .description("entities: what runs took and gave, and where each value came from")
    .addHelpText("after", exampleText("entities list", "entities show 2a6b1c0d", "entities lineage 2a6b1c0d"));
  addEntitiesList(entities);
  addShow(entities);
  addValue(entities);
  addLineage(entities);
  addCompare(entities);
  addEntitiesVersions(entities);
  addEntitiesCreate(entities);
}

const idArgument = ["<id>", "an entity's id, or its unique beginning or end among the newest"] as const;

function addShow(entities: Command): void {
  entities
    .command("show")
    .description("an entity's data, the source of each value beside it")
    .argument(...idArgument)
    .addHelpText("after", exampleText("entities show 2a6b1c0d"))
    .action((id: string, _flags: unknown, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const found = await client().call(getEntity, { params: { entity_id: await findEntityId(client(), id) } });
        terminal.answer(found, () => renderEntity(found, terminal.colors));
        return undefined;
      }),
    );
}

function addValue(entities: Command): void {
  entities
    .command("value")
    .description("one value, by the address that references use; text is printed as it is, everything else as JSON")
    .argument("<address>", "@UUID, @UUID.field, @UUID.list[0]")
    .addHelpText("after", exampleText("entities value @0199b2c4-8d6e-7c3a-9f10-2a6b1c0d4e5f.image"))
    .action((address: string, _flags: unknown, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const { id, at } = splitAddress(address);
        const params = { entity_id: await findEntityId(client(), id) };
        const found = await client().call(getEntityValue, { params, query: { at: at === "" ? undefined : at } });
        terminal.answer(found, () =>
          typeof found.value === "string" ? found.value : JSON.stringify(found.value, null, 2),
        );
        return undefined;
      }),
    );
}

function addLineage(entities: Command): void {
  entities
    .command("lineage")
    .description("what an entity was made of, and what was made of it, as a tree")
    .argument(...idArgument)
    .addOption(
      new Option("--direction <direction>", "which way")
        .choices(["ancestors", "descendants", "both"])
        .default("ancestors"),
    )
    .option("--depth <steps>", "how far, at most 50", "10")
    .option("--mermaid", "as a Mermaid flowchart")
    .addHelpText(
      "after",
      exampleText("entities lineage 2a6b1c0d --direction both", "entities lineage 2a6b1c0d --mermaid"),
    )
    .action((id: string, flags: LineageFlags, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const params = { entity_id: await findEntityId(client(), id) };
        const query = { direction: flags.direction, depth: flags.depth };
        const found = await client().call(getEntityLineage, { params, query });
        terminal.answer(found, () => (flags.mermaid ? lineageMermaid(found) : renderLineage(found, terminal.colors)));
        return undefined;
      }),
    );
}

interface LineageFlags {
  direction: "ancestors" | "descendants" | "both";
  depth: string;
  mermaid?: boolean;
}

function addCompare(entities: Command): void {
  entities
    .command("compare")
    .description("how the data of two entities differ")
    .argument("<from>", idArgument[1])
    .argument("<to>", idArgument[1])
    .addHelpText("after", exampleText("entities compare 2a6b1c0d 7d1e9f33"))
    .action((from: string, to: string, _flags: unknown, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const params = { entity_id: await findEntityId(client(), from) };
        const query = { to: await findEntityId(client(), to) };
        const found = await client().call(compareEntities, { params, query });
        terminal.answer(found, () => {
          const title = `${shortId(found.from)} → ${shortId(found.to)}${found.same_lineage ? ", of one lineage" : ""}`;
          if (found.equal) return `${title}: ${terminal.colors.green("equal")}`;
          const side = (value: unknown, isThere: boolean) => (isThere ? showValue(value, 60) : "");
          const rows = found.differences.map(({ op, path, from: before, to: after }) => [
            op,
            path === "" ? "(all)" : path,
            side(before, op !== "added"),
            side(after, op !== "removed"),
          ]);
          const more = found.truncated ? "\nthere are more differences than are told" : "";
          return `${title}\n${table(terminal, ["WHAT", "WHERE", "FROM", "TO"], rows)}${more}`;
        });
        return undefined;
      }),
    );
}

/** The entity's id, and what follows it. */
function splitAddress(address: string): { id: string; at: string } {
  const [, id, at] = /^@?([0-9a-f-]+)(.*)$/is.exec(address) ?? [];
  if (id === undefined || at === undefined || (at !== "" && !/^[.[]/.test(at))) {
    throw new CommandRefusal(`"${plainText(address)}" is no address; write @UUID, @UUID.field or @UUID.list[0]`);
  }
  return { id, at };
}
