import { Command } from "commander";
import { addAdminCommand } from "./commands/admin.ts";
import { addAgentsCommand } from "./commands/agents.ts";
import { addAuditCommand } from "./commands/audit.ts";
import { addCompareCommand } from "./commands/compare.ts";
import { addDeleteCommand } from "./commands/delete.ts";
import { addDeprecateCommand } from "./commands/deprecate.ts";
import { addEntitiesCommand } from "./commands/entities.ts";
import { addEventsCommand } from "./commands/events.ts";
import { addExportCommand } from "./commands/export.ts";
import { addFilesCommand } from "./commands/files.ts";
import { addFunctionsCommand } from "./commands/functions.ts";
import { addImportCommand } from "./commands/import.ts";
import { addInitCommand } from "./commands/init.ts";
import { addListCommand } from "./commands/list.ts";
import { addLoginCommand } from "./commands/login.ts";
import { addLogoutCommand } from "./commands/logout.ts";
import { addOpenapiCommand } from "./commands/openapi.ts";
import { addPlanCommand } from "./commands/plan.ts";
import { addPoolsCommand } from "./commands/pools.ts";
import { addPublishCommand } from "./commands/publish.ts";
import { addPublishersCommand } from "./commands/publishers.ts";
import { addPullCommand } from "./commands/pull.ts";
import { addPushCommand } from "./commands/push.ts";
import { addRestoreCommand } from "./commands/restore.ts";
import { addRunCommand } from "./commands/run.ts";
import { addRunnersCommand } from "./commands/runners.ts";
import { addRunsCommand } from "./commands/runs.ts";
import { addSchemaCommand } from "./commands/schema.ts";
import { addSearchCommand } from "./commands/search.ts";
import { addShowCommand } from "./commands/show.ts";
import { addSkillsCommand } from "./commands/skills.ts";
import { addSubscriptionsCommand } from "./commands/subscriptions.ts";
import { addSyncCommand } from "./commands/sync.ts";
import { addTagCommand } from "./commands/tag.ts";
import { addTokensCommand } from "./commands/tokens.ts";
import { addValidateCommand } from "./commands/validate.ts";
import { addVersionsCommand } from "./commands/versions.ts";
import { addWatchCommand } from "./commands/watch.ts";
import { addWebhooksCommand } from "./commands/webhooks.ts";
import { addWhoamiCommand } from "./commands/whoami.ts";
import { addWhyCommand } from "./commands/why.ts";
import { addWorkflowsCommand } from "./commands/workflows.ts";
import { addYankCommand } from "./commands/yank.ts";
import { exitCodesText } from "./exit-codes.ts";
import { addGlobalFlags } from "./settings/global-flags.ts";
import { addVersionFlag } from "./settings/version-flag.ts";

/** The command line: every command, in the order of an artifact's life. */
export function buildProgram(): Command {
  const program = new Command("callsheet")
    .description(
      "Publish templates, functions, workflows and agents to a Callsheet registry, look them up, and run them.",
    )
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError("(--help tells what is possible)")
    .exitOverride();
  addVersionFlag(program);
  addGlobalFlags(program);
  addInitCommand(program);
  addValidateCommand(program);
  addPlanCommand(program);
  addPublishCommand(program);
  addSyncCommand(program);
  addWatchCommand(program);
  addPushCommand(program);
  addPullCommand(program);
  addListCommand(program);
  addSearchCommand(program);
  addShowCommand(program);
  addVersionsCommand(program);
  addCompareCommand(program);
  addSchemaCommand(program);
  addOpenapiCommand(program);
  addFunctionsCommand(program);
  addWorkflowsCommand(program);
  addAgentsCommand(program);
  addSkillsCommand(program);
  addTagCommand(program);
  addDeprecateCommand(program);
  addYankCommand(program);
  addRestoreCommand(program);
  addDeleteCommand(program);
  addRunCommand(program);
  addRunsCommand(program);
  addWhyCommand(program);
  addEntitiesCommand(program);
  addFilesCommand(program);
  addRunnersCommand(program);
  addPoolsCommand(program);
  addWebhooksCommand(program);
  addSubscriptionsCommand(program);
  addLoginCommand(program);
  addLogoutCommand(program);
  addWhoamiCommand(program);
  addTokensCommand(program);
  addPublishersCommand(program);
  addAuditCommand(program);
  addEventsCommand(program);
  addExportCommand(program);
  addImportCommand(program);
  addAdminCommand(program);
  return program.addHelpText(
    "after",
    `
Examples:
  $ callsheet init image_upscaling      # write a template that validates
  $ callsheet publish templates/        # register a folder, parents first
  $ callsheet show image_upscaling@^1   # look one up
  $ callsheet run image_upscaling -i image=@photo.png -o out
  $ callsheet functions new --memory-type numpy    # write a function that publishes
  $ callsheet push code-generation.yaml    # as an OCI client does: to workflows/code-generation
  $ callsheet workflows graph code-generation.yaml    # draw its steps
  $ callsheet run workflow/code-generation -i requirements=@spec.md
  $ callsheet skills plan               # who answers to a skill
  $ callsheet login --url https://registry.example.com    # keep a token for it

Settings: flags, then CALLSHEET_URL, CALLSHEET_TOKEN, CALLSHEET_ADMIN_TOKEN and CALLSHEET_STATE_DIR,
then the nearest callsheet.yaml (url, token_file, state_dir), then what \`callsheet login\` keeps for the registry,
then the local registry's .callsheet/registry.json.

${exitCodesText}`,
  );
}
