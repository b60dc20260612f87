import { z } from "zod";
import { artifactName } from "../artifact/name.ts";
import { version } from "../artifact/version.ts";
import { limits } from "../limits.ts";
import { labelKey, labelValue } from "../run/run-request.ts";
import { agentSkill, securityRequirements } from "./skill.ts";

/** An address that people may follow and that we may ask: nothing but http and https, and no passwords in it. */
export const webAddress = z
  .url({ protocol: /^https?$/, error: "an address starts with http:// or https:// and names a host" })
  .max(2000)
  .regex(
    /^https?:\/\/[^\s\\/?#@]+([/?#][^\s\\]*)?$/i,
    "an address is http(s)://host/path, without a password and without white space",
  );

/** Where an agent answers: paths are put behind it, so it has neither a query nor a fragment. */
export const agentUrl = webAddress.regex(/^[^?#]*$/, "an agent's address has no ? and no #: paths are put behind it");

/** An address or, of other transports, a host and port. */
const endpoint = z.string().min(1).max(2000);
const mediaTypes = z.array(z.string().min(1).max(255)).max(limits.mediaTypesPerAgent);
const map = z.record(z.string(), z.unknown());

export const agentLabels = z.record(labelKey, labelValue);

/**
 * An agent card: what an agent is called, where it answers, what it can do. The keys are A2A's, in A2A's spelling, and all are kept as they
 * are written, those that are not known too. `id` and `labels` are ours.
 */
export const agentCard = z
  .looseObject({
    /** The artifact's name; without it, one is made of `name`. */
    id: artifactName.optional(),
    name: z.string().min(1).max(200),
    /** Without it the registry takes the next patch. */
    version: version.optional(),
    description: z.string().max(10_000).optional(),
    /** Where it answers. Its skills are called at `{url}/execute`, its health is asked at `{url}/health`. */
    url: agentUrl,
    /** What skills are chosen by, beside their name. */
    labels: agentLabels.optional(),
    skills: z.array(agentSkill).min(1).max(limits.skillsPerAgent),
    protocolVersion: z.string().max(50).optional(),
    preferredTransport: z.string().max(100).optional(),
    additionalInterfaces: z
      .array(z.looseObject({ url: endpoint, transport: z.string().min(1).max(100) }))
      .max(limits.interfacesPerAgent)
      .optional(),
    provider: z.looseObject({ organization: z.string().min(1).max(200), url: webAddress.optional() }).optional(),
    documentationUrl: webAddress.optional(),
    iconUrl: webAddress.optional(),
    capabilities: z
      .looseObject({
        streaming: z.boolean().optional(),
        pushNotifications: z.boolean().optional(),
        stateTransitionHistory: z.boolean().optional(),
        extensions: z.array(map).optional(),
      })
      .optional(),
    securitySchemes: z.record(z.string(), map).optional(),
    security: securityRequirements.optional(),
    defaultInputModes: mediaTypes.optional(),
    defaultOutputModes: mediaTypes.optional(),
    supportsAuthenticatedExtendedCard: z.boolean().optional(),
    signatures: z.array(z.looseObject({ protected: z.string(), signature: z.string() })).optional(),
  })
  .meta({ id: "AgentCard" });
export type AgentCard = z.infer<typeof agentCard>;
