import type { EvidenceKind } from './evidence.ts';
import { figure } from './figure.ts';
import { finding } from './finding.ts';
import { quotation } from './quotation.ts';
import { recommendation } from './recommendation.ts';

/** Every kind of evidence that a briefing may be bound to. */
export const evidenceKinds: Readonly<Record<string, EvidenceKind>> = { figure, quotation, finding, recommendation };
