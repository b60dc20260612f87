import type { Command } from "commander";
import type { Client } from "../../client/create-client.ts";
import type { Entity } from "../../contract/entity/entity.ts";
import { createEntity, createEntityVersion } from "../../contract/http/entities.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { findEntityId } from "../entities/find-entity.ts";
import { type DataFlags, gatherValues } from "../entities/gather-values.ts";
import { exampleText } from "../example-text.ts";
import { gather } from "../runs/label-flags.ts";
import { inSession } from "../session.ts";
import { renderEntity } from "../terminal/render-entity.ts";

interface Flags extends DataFlags {
  label?: string;
  versionOf?: string;
  fork?: boolean;
}

/** `callsheet entities create`. */
export function addEntitiesCreate(entities: Command): void {
  entities
    .command("create")
    .description("record data from outside as an entity, or the next version of one")
    .option(
      "-i, --input <key=value>",
      "a value; key=@path sends a file, key=@UUID.field borrows an entity's value",
      gather,
    )
    .option("--data <file>", "the data as a YAML or JSON file, or - for standard input; -i goes before it")
    .option("--label <text>", "what it is, in your words")
    .option("--version-of <id>", "make the next version of this entity; the data is the whole new data")
    .option("--fork", "with --version-of: begin a lineage of its own from there")
    .addHelpText(
      "after",
      exampleText(
        "entities create -i photo=@cells.tiff -i exposure=0.4 --label plate-7",
        "entities create --data plate.yaml",
      ),
    )
    .action((flags: Flags, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        refuseStray(flags);
        const data = await gatherValues(client(), terminal, flags);
        const made = await record(client(), data, flags);
        terminal.answer(made, () => renderEntity(made, terminal.colors));
        return undefined;
      }),
    );
}

async function record(client: Client, data: Record<string, unknown>, flags: Flags): Promise<Entity> {
  const { label, versionOf, fork } = flags;
  if (versionOf === undefined) return client.call(createEntity, { body: { data, label } });
  const entity_id = await findEntityId(client, versionOf);
  return client.call(createEntityVersion, { params: { entity_id }, body: { data, fork } });
}

function refuseStray({ versionOf, fork, label }: Flags): void {
  if (versionOf === undefined && fork) throw new CommandRefusal("--fork goes with --version-of");
  if (versionOf !== undefined && label !== undefined) {
    throw new CommandRefusal("--label is the lineage's own; with --version-of it cannot be given");
  }
}
