import { sql } from 'kysely';
import { system, type Actor } from '#platform/actor.ts';
import { asActor, type Tx } from '#platform/database.server.ts';
import { permit } from '#platform/permit.server.ts';
import { saveInstrument } from '#modules/assessment/instruments/commands.server.ts';
import type { ReadyInstrument } from '#modules/assessment/instruments/xlsform.ts';
import * as verbs from '#modules/assessment/permits.ts';
import { draftRound, nameAnalysts, openRound } from '#modules/assessment/round-commands.server.ts';
import { startScoring } from '#modules/assessment/scoring/commands.server.ts';
import * as scoringVerbs from '#modules/assessment/scoring/permits.ts';
import { markOf, settle, sign } from '#modules/assessment/scoring/reconcile-commands.server.ts';
import type { Score } from '#modules/assessment/scoring/scale.ts';
import type { SheetRow } from '#modules/assessment/scoring/scoring.ts';
import { handIn, saveScores } from '#modules/assessment/scoring/sheet-commands.server.ts';
import { settledOf } from '#modules/assessment/scoring/sheet-queries.server.ts';
import { convert } from '#xforms/convert.ts';
import { describe } from '#xforms/instrument.ts';
import { readMarkdown } from '#xforms/readMarkdown.ts';
import { roundForm } from './assessment.ts';
import { rolledBack } from './database.ts';
import { addPerson, makeWorld, type World } from './personas.ts';

type Person = Actor & { kind: 'person' };

const sheet = (version: string): string => `
| survey |
| | type | name | label::Oʻzbekcha (uz) | label::English (en) | bind::hamkor:criterion | bind::hamkor:critical |
| | begin_group | safety | Xavfsizlik | Safety | | |
| | select_one score | door | Kirish nazorati | Who enters is controlled | safety | yes |
| | select_one score | locked | Yozuvlar qulflangan | Records are locked | safety | |
| | end_group | | | | | |
| | begin_group | rights | Huquqlar | Rights | | |
| | select_one score | consent | Rozilik | Consent | rights | |
| | select_one score | plain | Tushunarli til | Plain words | rights | |
| | end_group | | | | | |
| choices |
| | list_name | name | label::Oʻzbekcha (uz) | label::English (en) |
| | score | 0 | 0 | 0 |
| | score | 1 | 1 | 1 |
| | score | 2 | 2 | 2 |
| | score | 3 | 3 | 3 |
| | score | na | Taalluqli emas | Not applicable |
| settings |
| | form_id | form_title | version | namespaces |
| | quality | Quality | ${version} | hamkor="urn:hamkor:xforms" |
`;

/** The criteria of that instrument, in its order; the first is critical for its area. */
export const criteria = ['/data/safety/door', '/data/safety/locked', '/data/rights/consent', '/data/rights/plain'] as const;

/** An instrument of two areas with two criteria each. */
export function readyCriteria(version = '1'): ReadyInstrument {
	const result = convert(readMarkdown(sheet(version)));
	if (!result.ok) throw new Error(JSON.stringify(result.errors));
	return { ok: true, model: describe(result.form), xml: result.xml, warnings: [], identifying: [], versionGiven: true, workbook: { sheets: [] } };
}

/** A shelter scored by a women's organisation and a ministry, in an open round. */
export type Scored = { id: string; roundId: string; versionId: string; civil: Person; authority: Person; shelter: Person };

/** An open round with that instrument; the analyst is its named analyst. */
export async function makeScoringRound(tx: Tx, world: World, version = '1'): Promise<{ roundId: string; versionId: string }> {
	return asActor(tx, world.person.coordinator, async () => {
		const may = await permit(tx, verbs.uploadInstrument, { programmeId: world.programmeId });
		const { versionId } = await saveInstrument(tx, may, { title: { uz: 'Sifat' }, sourceFileId: null, ready: readyCriteria(version) });
		const roundId = await draftRound(tx, await permit(tx, verbs.draftRound, { programmeId: world.programmeId }), roundForm(versionId, [world.jizzakh]));
		await nameAnalysts(tx, await permit(tx, verbs.nameAnalysts, roundId), [world.person.analyst.personId]);
		await openRound(tx, await permit(tx, verbs.openRound, roundId));
		return { roundId, versionId };
	});
}

/** Begins to score a service. */
export const startWith = (tx: Tx, world: World, round: { roundId: string; versionId: string }, serviceId: string, people: { civil: Person; authority: Person }): Promise<string> =>
	asActor(tx, world.person.coordinator, async () =>
		startScoring(tx, await permit(tx, scoringVerbs.startScoring, round.roundId), {
			serviceId,
			instrumentVersionId: round.versionId,
			teamId: null,
			scorers: [
				{ personId: people.civil.personId, organisationId: world.organisations.cso },
				{ personId: people.authority.personId, organisationId: world.organisations.ministry }
			]
		})
	);

/** A shelter in assessment, with somebody of the shelter who may speak for it. */
export async function makeScoring(tx: Tx, world: World): Promise<Scored> {
	const round = await makeScoringRound(tx, world);
	const people = { civil: world.person.member, authority: world.person.official };
	const shelter = await addPerson(tx, 'shelter worker', { programmeId: world.programmeId, role: 'member', organisationId: world.organisations.shelter, placeId: world.samarkand });
	const id = await startWith(tx, world, round, world.organisations.shelter, people);
	return { id, ...round, ...people, shelter };
}

/** Rows of a whole sheet. */
export const rows = (given: readonly Score[]): ReadonlyMap<string, SheetRow> =>
	new Map(criteria.map((criterion, i) => [criterion, { score: given[i] ?? 'na', evidence: given[i] === 'na' ? [] : ['seen'], note: '' }]));

/** Fills a side's sheet and hands it in. */
export const fillIn = (tx: Tx, id: string, who: Person, given: readonly Score[]): Promise<void> =>
	asActor(tx, who, async () => {
		await saveScores(tx, await permit(tx, scoringVerbs.scoreCriteria, id), rows(given));
		await handIn(tx, await permit(tx, scoringVerbs.handInSheet, id));
	});

/** Settles everything that is not: on civil society's score, or as dissent. Then both sign. */
export async function finish(tx: Tx, id: string, { civil, authority }: Pick<Scored, 'civil' | 'authority'>, dissent: readonly string[] = [], revision = 1): Promise<void> {
	await asActor(tx, civil, async () => {
		const settled = await settledOf(tx, id, revision);
		const { rows: own } = await sql<{ criterion: string; score: number | null }>`select criterion, score from assessment.criterion_score where assessment_id = ${id}::uuid and side = 'civil_society'`.execute(tx);
		const open = own.filter(({ criterion }) => !settled.has(criterion));
		const outcomes = open.map(({ criterion, score }) => {
			const dissents = dissent.includes(criterion);
			return [criterion, { outcome: dissents ? 'dissent' : String(score ?? 'na'), reason: '', civil: dissents ? 'koʻrdik' : '', authority: dissents ? 'hujjat bor' : '' }] as const;
		});
		await settle(tx, await permit(tx, scoringVerbs.settleDifferences, id), new Map(outcomes));
	});
	for (const who of [civil, authority]) {
		await asActor(tx, who, async () => sign(tx, await permit(tx, scoringVerbs.signScores, id), markOf(await settledOf(tx, id, revision))));
	}
}

/** A service whose scoring has begun, and nothing of it left afterwards. */
export const scene = (work: (tx: Tx, world: World, scored: Scored) => Promise<void>): Promise<void> =>
	rolledBack(system('first-run'), async (tx) => {
		const world = await makeWorld(tx);
		await work(tx, world, await makeScoring(tx, world));
	});

/** Lets something be refused without ending the transaction. */
export async function refused(tx: Tx, act: () => Promise<unknown>): Promise<string> {
	await sql`savepoint tried`.execute(tx);
	try {
		await act();
		await sql`set constraints all immediate`.execute(tx);
	} catch (thrown) {
		await sql`rollback to savepoint tried`.execute(tx);
		await sql`set constraints all deferred`.execute(tx);
		return thrown instanceof Error ? thrown.message.replace(/ \(\d+\)$/, '') : String(thrown);
	}
	return 'not refused';
}

/** How many rows of a table an assessment has, for who looks. */
export const count = async (tx: Tx, table: string, id: string): Promise<number> =>
	Number((await sql<{ count: string }>`select count(*) from ${sql.table(table)} where assessment_id = ${id}::uuid`.execute(tx)).rows[0]?.count);