import { checkWorkbook } from '#modules/assessment/instruments/check.ts';
import { saveInstrument } from '#modules/assessment/instruments/commands.server.ts';
import { shippedById, shippedTitle, shippedWorkbook } from '#modules/assessment/instruments/shipped/shipped.ts';
import * as verbs from '#modules/assessment/permits.ts';
import { closeScoring, startScoring } from '#modules/assessment/scoring/commands.server.ts';
import { areaTitle, scoringAreas, type ScoringCriterion } from '#modules/assessment/scoring/instrument.ts';
import * as scoring from '#modules/assessment/scoring/permits.ts';
import { getAssessment, togetherTitle } from '#modules/assessment/scoring/queries.server.ts';
import { agree, markOf, settle, sign } from '#modules/assessment/scoring/reconcile-commands.server.ts';
import type { Score } from '#modules/assessment/scoring/scale.ts';
import { writeScore, writeSetScore } from '#modules/assessment/scoring/score-commands.server.ts';
import type { Outcome, SheetRow } from '#modules/assessment/scoring/scoring.ts';
import { handIn, saveScores } from '#modules/assessment/scoring/sheet-commands.server.ts';
import { settledOf } from '#modules/assessment/scoring/sheet-queries.server.ts';
import { asActor, type Tx } from '#platform/database.server.ts';
import { chance, pick, randomFrom } from '../answers/random.ts';
import { dayFrom } from '../days.ts';
import { awaited, citedScores, counted, scoredServices, scoringDays, type ScoredService } from '../made-up/scoring.ts';
import type { Happening, Told } from './happening.ts';
import { as, idOf, type Stage } from './stage.ts';

const officer = 'programme-officer';
const shipped = shippedById('service_quality');
const read = shipped ? checkWorkbook(shippedWorkbook(shipped), shipped.id) : null;

/** Six services scored in both rounds, as a joint team does it: apart, then together; with the services' agreement, or without. */
export function scoringStory(tx: Tx, stage: Stage, told: Told): Happening[] {
	if (!shipped || !read?.ok) throw new Error('the questionnaire about quality cannot be read');
	const { programmeId } = stage;
	const criteria = scoringAreas(read.model).flatMap((area) => area.criteria);
	let versionId = '';
	const save: Happening = {
		day: scoringDays.baseline.start,
		happen: async () => {
			const saved = await as(tx, stage, 'analyst', verbs.uploadInstrument, { programmeId }, (may) => saveInstrument(tx, may, { title: shippedTitle(shipped), sourceFileId: null, ready: read }));
			versionId = saved.versionId;
		}
	};
	const rounds = (['baseline', 'repeat'] as const).flatMap((round) => scoredServices.flatMap((service) => oneService(tx, stage, { round, service, criteria, version: () => versionId })));
	const setId = idOf(programmeId, 'scoring set', 'baseline');
	const close: Happening = {
		day: counted,
		happen: () => as(tx, stage, 'analyst', scoring.closeScoring, idOf(programmeId, 'round', 'baseline'), (may) => closeScoring(tx, may, versionId, setId))
	};
	return [save, ...rounds, close, ...citedScores.map((cited) => ({ day: cited.day, happen: () => writeDown(tx, stage, told, cited, setId) }))];
}

type Facts = { round: 'baseline' | 'repeat'; service: ScoredService; criteria: readonly ScoringCriterion[]; version: () => string };

function oneService(tx: Tx, stage: Stage, { round, service, criteria, version }: Facts): Happening[] {
	const { programmeId } = stage;
	const days = scoringDays[round];
	const id = idOf(programmeId, `assessment ${round}`, service.service);
	const dissent = round === 'baseline' ? service.dissent : service.dissent.slice(1);
	const { civil, authority } = drawSheets(service, round, criteria, dissent.map(({ at }) => at));
	const speaks = (who: string): string => idOf(programmeId, 'organisation', organisationOf(who));
	const hand = (who: string, rows: ReadonlyMap<string, SheetRow>) => async (): Promise<void> => {
		await as(tx, stage, who, scoring.scoreCriteria, id, (may) => saveScores(tx, may, rows));
		await as(tx, stage, who, scoring.handInSheet, id, (may) => handIn(tx, may));
	};
	const start: Happening = {
		day: days.start,
		happen: () =>
			as(tx, stage, 'analyst', scoring.startScoring, idOf(programmeId, 'round', round), (may) => {
				const scorers = [officer, service.authority].map((who) => ({ personId: idOf(programmeId, 'person', who), organisationId: speaks(who) }));
				return startScoring(tx, may, { serviceId: idOf(programmeId, 'organisation', service.service), instrumentVersionId: version(), teamId: null, scorers }, id);
			})
	};
	const first = [start, { day: days.civil, happen: hand(officer, civil) }];
	if (round === 'repeat' && service.service === awaited) return first;
	const finish = async (): Promise<void> => {
		const outcomes = new Map(
			criteria.flatMap(({ criterion, index }): [string, Outcome][] => {
				const [own, other] = [civil.get(criterion)?.score ?? 'na', authority.get(criterion)?.score ?? 'na'];
				if (own === other) return [];
				const kept = dissent.find(({ at }) => at === index);
				return [[criterion, kept ? { outcome: 'dissent', reason: '', civil: kept.civil, authority: kept.authority } : { outcome: String(lower(own, other)), reason: '', civil: '', authority: '' }]];
			})
		);
		await as(tx, stage, officer, scoring.settleDifferences, id, (may) => settle(tx, may, outcomes));
		for (const who of [officer, service.authority]) {
			await as(tx, stage, who, scoring.signScores, id, async (may) => sign(tx, may, markOf(await settledOf(tx, id, 1))));
		}
	};
	const { speaker, scope } = service;
	const agreed = speaker === null ? [] : [{
		day: days.agreed,
		happen: () => as(tx, stage, speaker, scoring.agreeToScores, id, (may) => agree(tx, may, { scope, agreedOn: dayFrom(stage.today, days.agreed) }, idOf(programmeId, `agreement ${round}`, service.service)))
	}];
	return [...first, { day: days.authority, happen: hand(service.authority, authority) }, { day: days.settled, happen: finish }, ...agreed];
}

/** The organisation for which somebody of the cast scores. */
const organisationOf = (who: string): string => (who === officer ? 'women-samarkand' : who.replace('official', 'authority'));

const lower = (a: Score, b: Score): Score => (a === 'na' ? b : b === 'na' ? a : a < b ? a : b);

/** Two sheets that agree for the most part; where dissent is told of, they do not. By the repeat round some criteria have risen a step. */
function drawSheets({ service, good }: ScoredService, round: 'baseline' | 'repeat', criteria: readonly ScoringCriterion[], dissent: readonly number[]): { civil: Map<string, SheetRow>; authority: Map<string, SheetRow> } {
	const random = randomFrom(`scores ${service}`);
	const later = randomFrom(`later scores ${service}`);
	const civil = new Map<string, SheetRow>();
	const authority = new Map<string, SheetRow>();
	for (const { criterion, index, critical } of criteria) {
		const first = Number(pick(random, { '0': critical ? 0.02 : 0.3 * (1 - good), '1': (critical ? 0.5 : 1) * (1 - good), '2': 0.5, '3': good * 1.6 }));
		const score = drawn(chance(later, round === 'repeat' ? 0.3 : 0) ? Math.min(3, first + 1) : first);
		const usual = pick(random, { same: 0.82, up: 0.13, down: 0.05 });
		const apart = dissent.includes(index) ? 'up' : usual;
		const own: Score = !critical && chance(random, 0.03) ? 'na' : apart === 'up' && score === 3 ? 1 : score;
		const theirs: Score = own === 'na' || apart === 'same' ? own : drawn(Math.min(3, Math.max(0, own + (apart === 'up' ? 1 : -1))));
		const evidence = pick(random, { seen: 0.4, document: 0.3, interview: 0.25, feedback: 0.05 });
		const row = (said: Score): SheetRow => ({ score: said, evidence: said === 'na' ? [] : [evidence], note: '' });
		civil.set(criterion, row(own));
		authority.set(criterion, row(theirs));
	}
	return { civil, authority };
}

const drawn = (value: number): Score => (value <= 0 ? 0 : value === 1 ? 1 : value === 2 ? 2 : 3);

async function writeDown(tx: Tx, stage: Stage, told: Told, { key, service, area }: (typeof citedScores)[number], setId: string): Promise<void> {
	const { programmeId } = stage;
	if (service === null) {
		told.score.set(key, await as(tx, stage, 'analyst', scoring.writeSetScore, setId, async (may) => writeSetScore(tx, may, { area, title: await togetherTitle(tx, setId, area) })));
		return;
	}
	const id = idOf(programmeId, 'assessment baseline', service);
	const title = await asActor(tx, { kind: 'person', personId: idOf(programmeId, 'person', 'analyst') }, async () => {
		const { assessment, areas } = await getAssessment(tx, programmeId, id);
		return areaTitle(assessment.service, areas.find(({ code }) => code === area)?.title ?? null);
	});
	told.score.set(key, await as(tx, stage, 'analyst', scoring.writeScore, id, (may) => writeScore(tx, may, { area, title })));
}
