import type { Kind } from './graph.ts';

const folders: Record<Kind, string> = {
	round: 'assessment/rounds',
	figure: 'assessment/figures',
	quotation: 'assessment/quotations',
	document: 'assessment/documents',
	score: 'assessment/scores',
	finding: 'assessment/findings',
	gap: 'gaps',
	priority: 'priorities',
	training: 'trainings',
	plan: 'plans',
	result: 'results',
	recommendation: 'recommendations',
	commitment: 'commitments',
	change: 'changes',
	briefing: 'briefings'
};

/** Where the page of a record stands, without the language. */
export const recordPath = (programmeId: string, kind: Kind, id: string): string => `/p/${programmeId}/${folders[kind]}/${id}`;

/** Where the thread page of a record stands, without the language. */
export const threadPath = (programmeId: string, kind: Kind, id: string): string => `/p/${programmeId}/thread/${kind}/${id}`;
