import { addDocument, addQuotation, draftFinding, standFinding } from '#modules/assessment/evidence-commands.server.ts';
import { withdrawEvidence } from '#modules/assessment/withdrawal/commands.server.ts';
import { withdrawFinding } from '#modules/assessment/withdrawal/permits.ts';
import { saveFigure } from '#modules/assessment/figures/commands.server.ts';
import { simpleQuery } from '#modules/assessment/figures/figure.ts';
import { variablesOf } from '#modules/assessment/figures/variables.ts';
import * as verbs from '#modules/assessment/permits.ts';
import type { Tx } from '#platform/database.server.ts';
import { instrumentSchema } from '#xforms/instrument.ts';
import { dayFrom } from '../days.ts';
import { madeUp } from '../made-up.ts';
import type { Evidence } from '../made-up/types.ts';
import type { Happening, Told } from './happening.ts';
import { as, idOf, placeOf, type Stage } from './stage.ts';

/** Everything that is evidence, and the findings that rest on it, each on its day. */
export function evidence(tx: Tx, stage: Stage, told: Told): Happening[] {
	const { programmeId } = stage;
	return [
		...madeUp.figures.map((figure) => ({
			day: madeUp.rounds[figure.round].counted,
			happen: async () => {
				const roundId = idOf(programmeId, 'round', figure.round);
				const placeId = placeOf(stage, figure.region);
				const id = await as(tx, stage, 'analyst', verbs.saveFigure, { roundId, placeId }, async (may) => {
					const split = figure.split === undefined ? null : await pathOf(tx, stage, figure.split);
					const question = await pathOf(tx, stage, figure.question);
					const splits = split === null ? [] : [{ by: 'answer' as const, path: split, bands: [] }];
					return saveFigure(tx, may, { title: figure.title, query: simpleQuery(roundId, figure.measure, question, { splits }), placeId, comparedRoundId: null, familyOf: null });
				});
				told.figure.set(figure.key, id);
			}
		})),
		...madeUp.quotations.map((said) => ({
			day: said.day,
			happen: async () => {
				const placeId = placeOf(stage, said.region);
				const fields = { words: said.words, spokenBy: said.spokenBy, saidOn: dayFrom(stage.today, said.day), consentLevel: said.consent, roundId: null, placeId };
				told.quotation.set(said.key, await as(tx, stage, 'analyst', verbs.addQuotation, { programmeId, placeId }, (may) => addQuotation(tx, may, fields)));
			}
		})),
		...madeUp.documents.map(({ key, day, title, source, page }) => ({
			day,
			happen: async () => {
				const fields = { title, source, page, dated: dayFrom(stage.today, day), link: null, placeId: null };
				told.document.set(key, await as(tx, stage, 'programme-officer', verbs.addDocument, { programmeId }, (may) => addDocument(tx, may, fields)));
			}
		})),
		...madeUp.findings.flatMap(({ key, day, region, statement, evidence: rests, withdrawn }): Happening[] => {
			const id = idOf(programmeId, 'finding', key);
			const stand = async (): Promise<void> => {
				const placeId = placeOf(stage, region);
				const fields = { statement, placeId, ...citedIn(rests, told), scores: idsOf('score', rests.scores, told) };
				await as(tx, stage, 'analyst', verbs.draftFinding, { programmeId, placeId }, (may) => draftFinding(tx, may, fields, id));
				await as(tx, stage, 'analyst', verbs.standFinding, id, (may) => standFinding(tx, may));
			};
			const fall: Happening[] = withdrawn
				? [{ day: withdrawn.day, happen: () => as(tx, stage, 'analyst', withdrawFinding, id, (may) => withdrawEvidence(tx, may, withdrawn.reason)) }]
				: [];
			return [{ day, happen: stand }, ...fall];
		})
	];
}

/** The ids of cited evidence. */
export function citedIn(rests: Evidence, told: Told): { figures: string[]; quotations: string[]; documents: string[] } {
	return { figures: idsOf('figure', rests.figures, told), quotations: idsOf('quotation', rests.quotations, told), documents: idsOf('document', rests.documents, told) };
}

const idsOf = (kind: keyof Told, keys: readonly string[] | undefined, told: Told): string[] =>
	(keys ?? []).map((key) => {
		const id = told[kind].get(key);
		if (id === undefined) throw new Error(`cited before it was there: ${kind} ${key}`);
		return id;
	});

/** Where a question stands in the form. */
async function pathOf(tx: Tx, { programmeId }: Stage, name: string): Promise<string> {
	const found = await tx
		.selectFrom('assessment.instrumentVersion')
		.innerJoin('assessment.round', 'assessment.round.instrumentVersionId', 'assessment.instrumentVersion.id')
		.select('model')
		.where('assessment.round.id', '=', idOf(programmeId, 'round', 'baseline'))
		.executeTakeFirstOrThrow();
	const question = variablesOf(instrumentSchema.parse(found.model)).find((each) => each.name === name);
	if (!question) throw new Error(`no such question: ${name}`);
	return question.path;
}
