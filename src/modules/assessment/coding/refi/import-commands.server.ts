import type { z } from 'zod';
import { momentOf } from '#platform/clock.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { journal } from '#platform/journal.server.ts';
import type { Locale } from '#platform/locales.ts';
import type { Permit } from '#platform/permit.server.ts';
import { problem } from '#platform/problem.ts';
import { fold } from '#platform/search-fold.ts';
import { personIdOf } from '#modules/assessment/author.ts';
import type { Code } from '../codebook.ts';
import { storeInterview } from '../interview-commands.server.ts';
import { interviewFields, type InterviewFields } from '../interview.ts';
import { maskText, type Strike } from '../masking/mask.ts';
import { listCodes } from '../queries.server.ts';
import { takeStep } from '../steps.server.ts';
import type { Change } from '../steps.ts';
import type { PendingProject } from './pending.ts';
import { nearestColour, type RefiCode } from './project.ts';

/** The codes that came, by their guid, as codes of this codebook. */
export type ImportedCodes = { readonly ids: ReadonlyMap<string, string>; readonly added: number };

/**
 * Takes codes in, in one step that can be taken back. A code that is here already, by its id or by its name under the same parent, is that
 * one and stays as it is.
 * @param locale the language the names are taken to be in
 */
export async function importCodes(tx: Tx, permit: Permit<'codebook.import'>, codes: readonly RefiCode[], locale: Locale): Promise<ImportedCodes> {
	const { programmeId } = permit.subject;
	const there = await listCodes(tx, programmeId);
	const guids = allGuids(codes);
	const elsewhere = guids.length === 0 ? [] : await tx.selectFrom('assessment.code').select('id').where('id', 'in', guids).execute();
	const taken = new Set([...elsewhere.map(({ id }) => id), ...there.map(({ id }) => id)]);
	const ids = new Map<string, string>();
	const changes: Change[] = [];
	const walk = (list: readonly RefiCode[], parentId: string | null): void => {
		for (const [position, code] of list.entries()) {
			const same = there.find(({ id }) => id === code.guid) ?? there.find((each) => each.parentId === parentId && isNamed(each, code.name));
			const id = same?.id ?? (taken.has(code.guid) || ids.has(code.guid) ? newId() : code.guid);
			ids.set(code.guid, id);
			if (!same) {
				const text = (words: string) => (words === '' ? {} : { [locale]: words.slice(0, 2000) });
				changes.push({
					table: 'code', before: null,
					after: {
						id, parentId, position: position + there.length, name: { [locale]: code.name.slice(0, 120) }, definition: text(code.description), useWhen: {}, useNot: {}, examples: {}, memo: '',
						colour: code.color === null ? changes.length % 12 : nearestColour(code.color), state: code.codable ? 'active' : 'retired', mergedIntoId: null
					}
				});
			}
			walk(code.children, id);
		}
	};
	walk(codes, null);
	await takeStep(tx, permit, { programmeId, codingId: null }, 'codebook.import', changes);
	return { ids, added: changes.length };
}

const allGuids = (codes: readonly RefiCode[]): string[] => codes.flatMap((code) => [code.guid, ...allGuids(code.children)]);
const isNamed = (code: Code, name: string): boolean => Object.values(code.name).some((each) => each !== undefined && fold(each) === fold(name));

/** What holds for all interviews of a project that comes in, where it does not say so itself. */
export type ImportFacts = Pick<InterviewFields, 'roundId' | 'language' | 'consentLevel'>;

/**
 * Takes the texts of a project in, each masked as was decided, with a coding for every coder of it. Those codings are done and named
 * after their coder; they are compared like any others.
 * @param strikes what is struck in each source, in its order
 * @returns the ids of the new interviews
 */
export async function importInterviews(
	tx: Tx,
	permit: Permit<'interview.store'>,
	project: PendingProject,
	codes: ImportedCodes,
	facts: ImportFacts,
	strikes: readonly (readonly Strike[])[],
	places: readonly { id: string; names: readonly string[] }[]
): Promise<string[]> {
	const made: string[] = [];
	for (const [at, source] of project.sources.entries()) {
		const own = factsOf(source.variables, facts, places);
		const masked = maskText(source.text, strikes[at] ?? [], own.language);
		const marks = source.marks.map((mark) => ({ ...mark, ...masked.move(mark) }));
		const coders = new Set(marks.map(({ user }) => user));
		const interviewId = await storeInterview(tx, permit, { facts: { ...own, wanted: coders.size === 1 ? 1 : 2 }, body: masked.text, struck: masked.struck });
		made.push(interviewId);
		for (const user of coders) {
			const label = project.users.find(({ guid }) => guid === user)?.name ?? '';
			await importCoding(tx, permit, interviewId, label, marks.filter((mark) => mark.user === user), codes);
		}
	}
	return made;
}

type Mark = PendingProject['sources'][number]['marks'][number];

async function importCoding(tx: Tx, permit: Permit<'interview.store'>, interviewId: string, label: string, marks: readonly Mark[], codes: ImportedCodes): Promise<void> {
	const { programmeId } = permit.subject;
	const id = newId();
	await tx.insertInto('assessment.coding').values({ id, programmeId, interviewId, kind: 'imported', label: label.slice(0, 150), createdBy: personIdOf(permit) }).execute();
	const rows = marks.flatMap(({ starts, ends, code, memo }) => {
		const codeId = codes.ids.get(code);
		return codeId === undefined || starts >= ends ? [] : [{ id: newId(), programmeId, codingId: id, codeId, starts, ends, memo: memo.slice(0, 4000) }];
	});
	for (let from = 0; from < rows.length; from += 1000) await tx.insertInto('assessment.segment').values(rows.slice(from, from + 1000)).execute();
	await tx.updateTable('assessment.coding').set({ doneAt: momentOf(tx) }).where('id', '=', id).execute();
	await journal(tx, permit, { table: 'assessment.coding', id, after: { interviewId, imported: rows.length } });
}

/** What a source says of itself in the variables we write, and where it is silent what was chosen for all. */
function factsOf(variables: Readonly<Record<string, string>>, facts: ImportFacts, places: readonly { id: string; names: readonly string[] }[]): Omit<InterviewFields, 'wanted'> {
	const said = <S extends z.ZodType>(schema: S, value: string | undefined): z.output<S> | undefined => {
		const parsed = schema.safeParse(value);
		return value !== undefined && parsed.success ? parsed.data : undefined;
	};
	const { kind, organisationType, heldOn, language, consentLevel } = interviewFields.shape;
	const place = variables['place'];
	const consent = said(consentLevel, variables['consent']);
	const order = ['none', 'analysis', 'anonymous', 'role'];
	return {
		roundId: facts.roundId,
		kind: said(kind, variables['kind']) ?? 'interview',
		organisationType: said(organisationType, variables['organisation_type']) ?? null,
		heldOn: said(heldOn, variables['held_on']) ?? null,
		language: said(language, variables['language']) ?? facts.language,
		placeId: place === undefined ? null : (places.find(({ names }) => names.some((name) => fold(name) === fold(place)))?.id ?? null),
		// Never more than whoever takes the project in vouches for.
		consentLevel: consent !== undefined && order.indexOf(consent) < order.indexOf(facts.consentLevel) ? consent : facts.consentLevel
	};
}

/** Refuses a project without anything in it. @throws Problem `refi.empty` (400) */
export function demandContent(project: PendingProject): void {
	if (project.sources.length === 0 && project.codes.length === 0) throw problem('refi.empty', 400, {}, 'file');
}
