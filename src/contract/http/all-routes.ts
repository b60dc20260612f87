import { getHealth, getOpenapi, rebuildCaches, verifyRegistry } from "./registry.ts";
import type { Route } from "./route.ts";
import {
  deleteTemplateTag,
  getTemplateTag,
  getTemplateTagHistory,
  listTemplateTags,
  putTemplateTag,
} from "./template-tags.ts";
import {
  deleteTemplateVersion,
  deprecateTemplateVersion,
  listTemplateVersions,
  restoreTemplateVersion,
  yankTemplateVersion,
} from "./template-versions.ts";
import {
  compareTemplateVersions,
  getTemplate,
  getTemplateOpenapi,
  getTemplateSchema,
  listTemplates,
  registerTemplate,
  registerTemplates,
  validateTemplateInputs,
} from "./templates.ts";

/** Every route of the API: what is served, documented and refused with 405 is decided by this list. */
export const allRoutes: readonly Route[] = [
  listTemplates,
  registerTemplate,
  registerTemplates,
  getTemplate,
  getTemplateSchema,
  getTemplateOpenapi,
  validateTemplateInputs,
  compareTemplateVersions,
  listTemplateVersions,
  deleteTemplateVersion,
  deprecateTemplateVersion,
  yankTemplateVersion,
  restoreTemplateVersion,
  listTemplateTags,
  getTemplateTag,
  putTemplateTag,
  deleteTemplateTag,
  getTemplateTagHistory,
  getHealth,
  getOpenapi,
  verifyRegistry,
  rebuildCaches,
];
