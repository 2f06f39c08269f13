import type { Everything, Oracle, Row } from './oracle.ts';

/** What a query is asked with, beside the transaction. */
export type Asked = readonly unknown[];

/**
 * A list shows exactly the rows of one table that may be seen and that it is about; `ids` reads them off what it returned.
 * `beside` is what has to be seen with each, because it stands in the same line.
 */
export type List = {
	readonly table: string;
	readonly of: (row: Row, asked: Asked, all: Everything) => boolean;
	readonly beside?: { readonly table: string; readonly key: string };
	/** Only rounds whose answers are open to the one who asks. */
	readonly analysed?: boolean;
	readonly ids?: (result: unknown) => unknown[];
};
const person = { table: 'network.person', key: 'person_id' };

const inProgramme = (row: Row, [programme]: Asked): boolean => row['programme_id'] === programme;
const list = (table: string, more: List['of'] = () => true): List => ({ table, of: (row, asked, all) => inProgramme(row, asked) && more(row, asked, all) });
/** Evidence that nobody has withdrawn. */
const standing: List['of'] = (row, _, all) => !(all.get('assessment.withdrawal') ?? []).some((taken) => taken['evidence_id'] === row['id'] && taken['reinstated_at'] === null);

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const keysOf = (result: unknown): unknown[] => (result instanceof Map ? [...result.keys()] : []);

/** Ids of a list: of an array or of `rows`, by `id`, or by `value` where they are choices of a form. */
export function idsOf(result: unknown): unknown[] {
	const rows = Array.isArray(result) ? result : isObject(result) && Array.isArray(result['rows']) ? result['rows'] : undefined;
	if (rows === undefined) throw new Error('this is no list: say how its ids are read');
	return rows.map((row: unknown) => (isObject(row) ? (row['id'] ?? row['value']) : row));
}

/** Lists that show whoever asks all she may see, and nothing else. */
export const lists: Readonly<Record<string, List>> = {
	'assessment.figureOptions': list('assessment.figure', standing),
	'assessment.findingOptions': list('assessment.finding', (row) => row['state'] === 'stands'),
	'assessment.documentOptions': list('assessment.document', standing),
	'assessment.quotationOptions': list('assessment.quotation', standing),
	'assessment.listFindings': list('assessment.finding'),
	'assessment.listDocuments': list('assessment.document'),
	'assessment.listQuotations': list('assessment.quotation'),
	'assessment.listRounds': list('assessment.round'),
	'assessment.versionOptions': list('assessment.instrument_version'),
	'assessment.scoreOptions': list('assessment.score', standing),
	'assessment/scoring.scoresOf': { table: 'assessment.score', of: (row, [assessment]) => row['assessment_id'] === assessment },
	'assessment/scoring.setsOf': { table: 'assessment.scoring_set', of: (row, [round]) => row['round_id'] === round },
	'assessment.listTokens': { table: 'assessment.collection_token', of: (row, [round]) => row['round_id'] === round },
	'assessment/collection.listVersions': { table: 'assessment.submission', of: (row, [id]) => row['id'] === id },
	'assessment/collection.listReviews': { table: 'assessment.review', of: (row, [id]) => row['submission_id'] === id, beside: person },
	'assessment/figures.listFigures': list('assessment.figure'),
	'assessment/figures.figureVersions': { table: 'assessment.figure', of: (row, [family]) => row['family_id'] === family },
	'assessment/figures.mapPlaces': list('network.place', (row) => row['kind'] === 'region'),
	'assessment/figures.roundsToCompare': { ...list('assessment.round', (row, [, round]) => row['state'] !== 'draft' && row['id'] !== round), analysed: true },
	'assessment/entities.listEntityLists': list('assessment.entity_list'),
	'assessment/entities.entitiesOf': { table: 'assessment.entity', of: (row, [listId]) => row['list_id'] === listId },
	'assessment/instruments.listDrafts': list('assessment.instrument_draft'),
	'assessment/instruments.listInstruments': list('assessment.instrument'),
	'gaps.listGaps': list('gaps.gap'),
	'gaps.listPriorities': list('gaps.priority'),
	'gaps.openGaps': list('gaps.gap', (row) => row['state'] === 'open'),
	'gaps/ranking.readRegister': list('gaps.gap'),
	'gaps/sessions.listSessions': list('gaps.session'),
	'network.allOrganisations': list('network.organisation'),
	'network.organisationNames': list('network.organisation'),
	'network.organisationOptions': list('network.organisation'),
	'network.listOrganisations': list('network.organisation'),
	'network.placeOptions': list('network.place', (row) => row['kind'] !== 'mahalla'),
	'network.heldRoles': { ...list('network.role_grant', (row, [, whose]) => row['ended_at'] === null && row['person_id'] === whose), beside: person },
	'network.proposedRoles': { ...list('network.proposed_grant', (row, [, whose]) => row['decided_at'] === null && row['person_id'] === whose), beside: person },
	'network.openRecoveries': { ...list('platform.recovery', (row, [, whose]) => row['person_id'] === whose), beside: person },
	'network.openInvitations': { ...list('platform.invitation'), beside: person },
	'network.myProgrammes': { table: 'network.programme', of: () => true },
	'network.peopleNames': { table: 'network.person', of: (row, [ids]) => Array.isArray(ids) && ids.includes(row['id']), ids: keysOf },
	'plans.listPlans': list('plans.plan'),
	'policy.listRecommendations': list('policy.recommendation'),
	'policy.listCommitments': list('policy.commitment'),
	'policy.listChanges': list('policy.change'),
	'policy/briefing.listBriefings': list('policy.briefing'),
	'results.listResults': list('results.result'),
	'training.listTrainings': list('training.training')
};

/** Queries of one record: it comes to who may see it and asks in its own programme; everybody else is told that it is not there. */
export const records: Readonly<Record<string, string>> = {
	'assessment.getFinding': 'assessment.finding',
	'assessment.getDocument': 'assessment.document',
	'assessment.getQuotation': 'assessment.quotation',
	'assessment.getRound': 'assessment.round',
	'assessment.roundInstrument': 'assessment.round',
	'assessment/figures.getFigure': 'assessment.figure',
	'assessment/entities.getEntityList': 'assessment.entity_list',
	'assessment/instruments.getDraft': 'assessment.instrument_draft',
	'assessment/instruments.getInstrument': 'assessment.instrument',
	'assessment/instruments.getXForm': 'assessment.instrument_version',
	'assessment/instruments.sheetsOfVersion': 'assessment.instrument_version',
	'gaps.getGap': 'gaps.gap',
	'gaps.getPriority': 'gaps.priority',
	'gaps/sessions.getSession': 'gaps.session',
	'network.getOrganisation': 'network.organisation',
	'network.getPlace': 'network.place',
	'plans.getPlan': 'plans.plan',
	'policy.getRecommendation': 'policy.recommendation',
	'policy.getCommitment': 'policy.commitment',
	'policy.getChange': 'policy.change',
	'policy/briefing.getBriefing': 'policy.briefing',
	'results.getResult': 'results.result',
	'training.getTraining': 'training.training'
};

/** Whether a round's answers are open to the one who asks, row by row: what a permit to read them says. */
export const readsAnswers = (oracle: Oracle, round: Row | undefined): boolean =>
	round !== undefined && oracle.sees('assessment.answer_block', { programme_id: round['programme_id'], round_id: round['id'] });
