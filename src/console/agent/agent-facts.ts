import type { AgentCard } from "../../contract/agent/card.ts";
import { copyButton } from "../parts/copy-button.ts";
import { type Child, element } from "../parts/element.ts";
import { fact } from "../parts/fact.ts";
import { outsideLink } from "../parts/outside-link.ts";

/** Where an agent answers, whose it is, and how it is spoken to. What the card does not say is left out. */
export function agentFacts(card: AgentCard, health: HTMLElement): HTMLElement[] {
  const { provider, protocolVersion, preferredTransport, documentationUrl, labels = {} } = card;
  return [
    ...fact("Address", element("code", {}, card.url), copyButton("the address", card.url)),
    ...fact("Health", health),
    ...(provider === undefined ? [] : fact("Provider", providerOf(provider))),
    ...(protocolVersion === undefined ? [] : fact("Protocol", `A2A ${protocolVersion}`)),
    ...(preferredTransport === undefined ? [] : fact("Transport", preferredTransport)),
    ...listed(
      "Also at",
      (card.additionalInterfaces ?? []).map(({ url, transport }) => `${url} (${transport})`),
    ),
    ...listed("Can", capabilitiesOf(card.capabilities)),
    ...listed("Takes", card.defaultInputModes),
    ...listed("Gives", card.defaultOutputModes),
    ...listed("Access by", Object.keys(card.securitySchemes ?? {})),
    ...(documentationUrl === undefined ? [] : fact("Docs", outsideLink(documentationUrl, documentationUrl))),
    ...(Object.keys(labels).length === 0 ? [] : fact("Labels", ...labelBadges(labels))),
  ];
}

function providerOf({ organization, url }: NonNullable<AgentCard["provider"]>): Child {
  return url === undefined ? organization : outsideLink(url, organization);
}

function listed(term: string, texts: readonly string[] = []): HTMLElement[] {
  return texts.length === 0 ? [] : fact(term, texts.join(", "));
}

function capabilitiesOf(capabilities: AgentCard["capabilities"] = {}): string[] {
  return [
    ...(capabilities.streaming === true ? ["stream"] : []),
    ...(capabilities.pushNotifications === true ? ["notify"] : []),
    ...(capabilities.stateTransitionHistory === true ? ["tell the history of its tasks"] : []),
  ];
}

function labelBadges(labels: Record<string, string>): HTMLElement[] {
  return Object.entries(labels).map(([key, value]) =>
    element(
      "code",
      { class: "badge label", title: `skills are asked for with label=${key}:${value}` },
      `${key}: ${value}`,
    ),
  );
}
