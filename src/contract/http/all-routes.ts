import { agentRoutes, getAgentHealth, registerAgents } from "./agents.ts";
import type { ArtifactRoutes, CallableRoutes } from "./artifact-routes.ts";
import {
  compareEntities,
  createEntity,
  createEntityVersion,
  getEntity,
  getEntityLineage,
  getEntityValue,
  listEntities,
  listEntityVersions,
} from "./entities.ts";
import {
  abandonUpload,
  beginUpload,
  completeUpload,
  getFile,
  getFileFacts,
  getUpload,
  sendFile,
  sendPart,
  signFile,
} from "./files.ts";
import { functionRoutes, getStarter, listStarters, registerSource, registerSources } from "./functions.ts";
import { collectGarbage, previewGarbage } from "./garbage.ts";
import { exportLayout, importLayout } from "./layout.ts";
import { getHealth, getOpenapi, rebuildCaches, verifyRegistry } from "./registry.ts";
import type { Route } from "./route.ts";
import {
  approveRunner,
  connectRunner,
  drainRunner,
  listDeadLetters,
  listPools,
  listRunners,
  removeRunner,
  resumeRunner,
} from "./runners.ts";
import { cancelRun, getRun, listRunEvents, listRunLogs, listRuns, replayRun } from "./runs.ts";
import { getSkill } from "./skills.ts";
import { registerTemplate, registerTemplates, templateRoutes } from "./templates.ts";
import { approveRun, listRunSteps, retryRun } from "./workflow-runs.ts";
import { listWorkflowSkills, registerWorkflows, workflowRoutes } from "./workflows.ts";

/** The routes of one kind, in the order in which they are told. */
function routesOf({ of: _, versions, tags, ...others }: ArtifactRoutes | CallableRoutes): readonly Route[] {
  return [...Object.values(others), ...Object.values(versions), ...Object.values(tags)];
}

/** Every route of the API: what is served, documented and refused with 405 is decided by this list. */
export const allRoutes: readonly Route[] = [
  registerTemplate,
  registerTemplates,
  ...routesOf(templateRoutes),
  registerSource,
  registerSources,
  ...routesOf(functionRoutes),
  ...Object.values(registerWorkflows),
  ...routesOf(workflowRoutes),
  listWorkflowSkills,
  ...Object.values(registerAgents),
  ...routesOf(agentRoutes),
  getAgentHealth,
  getSkill,
  listStarters,
  getStarter,
  listRuns,
  getRun,
  cancelRun,
  replayRun,
  listRunSteps,
  approveRun,
  retryRun,
  listRunEvents,
  listRunLogs,
  createEntity,
  listEntities,
  getEntity,
  getEntityValue,
  getEntityLineage,
  listEntityVersions,
  createEntityVersion,
  compareEntities,
  sendFile,
  getFile,
  getFileFacts,
  signFile,
  beginUpload,
  getUpload,
  sendPart,
  completeUpload,
  abandonUpload,
  listRunners,
  connectRunner,
  approveRunner,
  drainRunner,
  resumeRunner,
  removeRunner,
  listPools,
  getHealth,
  getOpenapi,
  verifyRegistry,
  rebuildCaches,
  previewGarbage,
  collectGarbage,
  exportLayout,
  importLayout,
  listDeadLetters,
];
