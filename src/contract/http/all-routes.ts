import type { ArtifactRoutes } from "./artifact-routes.ts";
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
import { registerTemplate, registerTemplates, templateRoutes } from "./templates.ts";

/** The routes of one kind, in the order in which they are told. */
function routesOf({ of: _, versions, tags, run, ...lookups }: ArtifactRoutes): readonly Route[] {
  return [...Object.values(lookups), ...Object.values(versions), ...Object.values(tags), run];
}

/** Every route of the API: what is served, documented and refused with 405 is decided by this list. */
export const allRoutes: readonly Route[] = [
  registerTemplate,
  registerTemplates,
  ...routesOf(templateRoutes),
  registerSource,
  registerSources,
  ...routesOf(functionRoutes),
  listStarters,
  getStarter,
  listRuns,
  getRun,
  cancelRun,
  replayRun,
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
  listDeadLetters,
];
