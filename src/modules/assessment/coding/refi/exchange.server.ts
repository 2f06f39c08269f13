import { createHash } from 'node:crypto';
import { momentOf } from '#platform/clock.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { localText, type Locale } from '#platform/locales.ts';
import type { Permit } from '#platform/permit.server.ts';
import { m } from '#paraglide/messages.js';
import { codeOf } from '#platform/codes.ts';
import { shownNameIfAny } from '#platform/shown-name.ts';
import { readAs, treeOf, type Code } from '../codebook.ts';
import { listCodes } from '../queries.server.ts';
import { noteExport } from '../retrieval.server.ts';
import { refiColours, type RefiCode, type RefiProject, type RefiSelection } from './project.ts';

/** A codebook as REFI-QDA has it, in one language. What was merged is left out; what is retired can no longer be given. */
export function refiCodes(codes: readonly Code[], locale: Locale): RefiCode[] {
	const tree = treeOf(codes.filter(({ state }) => state !== 'merged'));
	const describe = (code: Code): string => {
		const say = (heading: string, words: string): string => (words === '' ? '' : `${heading}: ${words}`);
		return [
			localText(code.definition, locale).text,
			say(m.coding_use_when({}, { locale }), localText(code.useWhen, locale).text),
			say(m.coding_use_not({}, { locale }), localText(code.useNot, locale).text),
			say(m.coding_examples({}, { locale }), localText(code.examples, locale).text)
		].filter(Boolean).join('\n\n');
	};
	const ids = new Set(tree.map(({ id }) => id));
	const below = (parent: string | null): RefiCode[] =>
		tree
			.filter(({ parentId }) => (parentId !== null && ids.has(parentId) ? parentId : null) === parent)
			.map((code) => ({
				guid: code.id, name: localText(code.name, locale).text, codable: code.state === 'active', color: refiColours[code.colour] ?? null, description: describe(code), children: below(code.id)
			}));
	return below(null);
}

/**
 * The guid of a coding within its passage, always the same for it: no two things of a project may bear the same one, and a passage here is
 * under one code and has one id for both.
 */
function codingGuid(segment: string): string {
	const hex = createHash('sha256').update(`coding ${segment}`).digest('hex');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Everything one reads of the interviews of a programme, as a project to hand over. Noted in the journal. */
export async function projectOf(tx: Tx, permit: Permit<'coding.export'>, name: string, locale: Locale): Promise<RefiProject> {
	const { programmeId } = permit.subject;
	const codes = await listCodes(tx, programmeId);
	const as = readAs(codes);
	const interviews = await tx
		.selectFrom('assessment.interview as i')
		.leftJoin('network.place as p', 'p.id', 'i.placeId')
		.select(['i.id', 'i.number', 'i.kind', 'i.organisationType', 'i.heldOn', 'i.language', 'i.consentLevel', 'i.body', 'i.createdAt', 'p.name as place'])
		.where('i.programmeId', '=', programmeId)
		.where('i.erasedAt', 'is', null)
		.orderBy('i.number')
		.execute();
	const segments = await tx
		.selectFrom('assessment.segment as s')
		.innerJoin('assessment.coding as c', 'c.id', 's.codingId')
		.leftJoin('network.person as p', 'p.id', 'c.coderId')
		.select(['s.id', 's.codeId', 's.starts', 's.ends', 's.memo', 'c.interviewId', 'c.kind', 'c.label', 'c.id as codingId', 'p.id as personId', shownNameIfAny('p').as('displayName')])
		.where('s.programmeId', '=', programmeId)
		.orderBy('s.starts')
		.orderBy('s.id')
		.execute();
	const users = new Map<string, string>();
	const userOf = (row: (typeof segments)[number]): string => {
		// An agreed or imported coding is nobody's: it goes out under its own name.
		const guid = row.personId ?? row.codingId;
		users.set(guid, row.displayName ?? (row.kind === 'agreed' ? m.coding_agreed({}, { locale }) : row.label));
		return guid;
	};
	const selections = Map.groupBy(segments, (row) => row.interviewId);
	await noteExport(tx, permit, 'qdpx', segments.length);
	return {
		name,
		created: momentOf(tx).toISOString(),
		codes: refiCodes(codes, locale),
		sources: interviews.map((interview) => ({
			guid: interview.id,
			name: codeOf('interview', interview.number),
			description: '',
			text: interview.body,
			created: interview.createdAt.toISOString(),
			selections: (selections.get(interview.id) ?? []).map((row): RefiSelection => {
				const user = userOf(row);
				return { guid: row.id, name: '', description: row.memo, starts: row.starts, ends: row.ends, user, codes: [{ guid: codingGuid(row.id), code: as(row.codeId), user }] };
			}),
			variables: variablesOf(interview, locale)
		})),
		users: [...users].map(([guid, label]) => ({ guid, name: label }))
	};
}

type Facts = { kind: string; organisationType: string | null; heldOn: string | null; language: string; consentLevel: string; place: Readonly<Record<string, string | undefined>> | null };

/** What is known of an interview, as variables of its source; read back by the same names. */
const variablesOf = (facts: Facts, locale: Locale): Record<string, string> => {
	const all = {
		kind: facts.kind,
		organisation_type: facts.organisationType,
		held_on: facts.heldOn,
		language: facts.language,
		consent: facts.consentLevel,
		place: facts.place && localText(facts.place, locale).text
	};
	return Object.fromEntries(Object.entries(all).flatMap(([name, value]) => (value ? [[name, value]] : [])));
};
