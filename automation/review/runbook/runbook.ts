/**
 * The disaster recovery runbook of a platform, from its manifests: whoever is on call reads it at 3 a.m.
 *
 * Pure, so a test can hold every word, and the runbook of a change can be reviewed with the change.
 */
import type { PlatformFleet } from "../../fleet/fleet";
import type { Topology } from "../../fleet/topology";
import { corruptionSection } from "./corruption";
import type { RunbookFacts } from "./facts";
import { runbookFacts } from "./facts-of";
import { losses } from "./failover";
import { bystanderSections, lossSection } from "./loss-section";
import { blocks } from "./markdown";
import {
  contactsSection,
  objectivesSection,
  ownersSection,
  ownWordsSection,
  regionsSection,
  servicesSection,
  startHere,
  timeSection,
} from "./overview";

/** The runbook as Markdown. */
export const runbook = (topology: Topology, facts: RunbookFacts): string =>
  `${blocks(
    `# Disaster recovery of ${topology.platform}`,
    `> Generated from \`${facts.manifest}\` by \`meridian runbook ${topology.platform}\`. Change the manifest, not this page.`,
    startHere(topology, facts),
    regionsSection(topology, facts),
    ownersSection(topology),
    servicesSection(topology, facts),
    objectivesSection(topology, facts),
    timeSection(topology, facts),
    ...losses(topology, facts).map(lossSection),
    ...bystanderSections(topology, facts),
    corruptionSection(facts),
    ownWordsSection(facts),
    contactsSection(facts),
  )}\n`;

/** The runbook of a platform's manifests; `manifest` is the platform's file. */
export const platformRunbook = (fleet: PlatformFleet, topology: Topology, manifest: string): string =>
  runbook(topology, runbookFacts(fleet, topology, manifest));
