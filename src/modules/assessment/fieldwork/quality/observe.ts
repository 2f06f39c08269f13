import { createHash } from 'node:crypto';
import { fold } from '#platform/search-fold.ts';
import type { Flag } from '#modules/assessment/collection/recheck.ts';
import { questionsOf, type Instrument, type InstrumentNode, type InstrumentQuestion } from '#xforms/instrument.ts';

/** Answers as they are kept: the path of a question to its text, of a repeated one to a list. */
export type Answers = Readonly<Record<string, string | readonly string[]>>;

/** A submission as the rules of quality read it. */
export type Submitted = {
	readonly id: string;
	readonly instanceId: string;
	/** Whose phone or account it came from, when that is one person's; null for a link that many may use. */
	readonly sender: string | null;
	readonly answers: Answers;
	/** What the re-check found. */
	readonly flags: readonly Flag[];
};

/** Paths of what a collection app writes down by itself, as far as the form asks for it. */
export type OwnPaths = { readonly start: string | null; readonly end: string | null; readonly device: string | null };

/** Questions that stand in a row, each with the same choices: a table of scales. */
export type Block = { readonly key: string; readonly paths: readonly string[] };

/** What of a form the rules look at; made once for a round. */
export type Watched = {
	readonly own: OwnPaths;
	readonly compared: readonly { readonly path: string; readonly kind: 'choice' | 'number' | 'text'; readonly choices: number }[];
	readonly numbers: readonly string[];
	readonly blocks: readonly Block[];
	readonly keys: readonly string[];
};

/** What is kept of a submission while a round is looked at: no text of an answer beyond choices. */
export type Observation = {
	readonly id: string;
	readonly receipt: string;
	readonly collector: string | null;
	/** Milliseconds since 1970. */
	readonly start: number | null;
	readonly end: number | null;
	readonly fingerprint: string | null;
	readonly key: string | null;
	/** Choices made, as `[index in compared, value]`, and how many other answers were given. */
	readonly choices: readonly (readonly [number, string])[];
	readonly numbersGiven: number;
	readonly textsGiven: number;
	/** By index in `numbers`: the numbers given, several inside a repeat. */
	readonly values: readonly (readonly number[])[];
	/** By index in `blocks`: how many questions were answered, and the one choice given to all of them. */
	readonly rows: readonly { readonly answered: number; readonly same: string | null }[];
	readonly flags: Submitted['flags'];
};

/** Questions in a row from which a straight line is looked for. */
export const blockLength = 5;

const choiceTypes = new Set(['select_one', 'select_multiple', 'rank']);
const numberTypes = new Set(['integer', 'decimal', 'range']);

/** What the rules look at in a form. @param xform its XML, which says which answers the app writes by itself */
export function watchedOf(instrument: Instrument, xform: string, keys: readonly string[]): Watched {
	const questions = [...questionsOf(instrument.questions)];
	const compared = questions.flatMap(({ xpath: path, type, choices }): Watched['compared'] => {
		if (choiceTypes.has(type)) return [{ path, kind: 'choice', choices: choices?.length ?? 100 }];
		if (numberTypes.has(type)) return [{ path, kind: 'number', choices: 20 }];
		return type === 'text' || type === 'barcode' ? [{ path, kind: 'text', choices: 100 }] : [];
	});
	return { own: ownPaths(xform), compared, numbers: questions.filter(({ type }) => numberTypes.has(type)).map(({ xpath }) => xpath), blocks: blocksOf(instrument.questions), keys };
}

/** Where the app writes down start, end and device, read from the form's bindings. */
export function ownPaths(xform: string): OwnPaths {
	const found: { start: string | null; end: string | null; device: string | null } = { start: null, end: null, device: null };
	for (const [tag] of xform.matchAll(/<bind\b[^>]*>/g)) {
		const [, path] = /\bnodeset="([^"]+)"/.exec(tag) ?? [];
		const [, param] = /\bjr:preloadParams="(start|end|deviceid)"/.exec(tag) ?? [];
		if (path === undefined || param === undefined) continue;
		if (param === 'start' || param === 'end') found[param] ??= path;
		else found.device ??= path;
	}
	return found;
}

function blocksOf(nodes: readonly InstrumentNode[]): Block[] {
	const blocks: Block[] = [];
	let row: InstrumentQuestion[] = [];
	const close = (): void => {
		const [first] = row;
		if (first && row.length >= blockLength) blocks.push({ key: first.xpath, paths: row.map(({ xpath }) => xpath) });
		row = [];
	};
	const names = ({ choices }: InstrumentQuestion): string => (choices ?? []).map(({ name }) => name).join(' ');
	for (const node of nodes) {
		if (node.kind !== 'question') {
			close();
			if (node.kind === 'group') blocks.push(...blocksOf(node.children));
		} else if (node.type === 'select_one' && node.choices !== null) {
			const [first] = row;
			if (first && names(first) !== names(node)) close();
			row.push(node);
		} else if (node.type !== 'note') close();
	}
	close();
	return blocks;
}

const given = (value: string | readonly string[] | undefined): string => (value === undefined ? '' : typeof value === 'string' ? value.trim() : value.join('\u0001').trim());
const moment = (text: string): number | null => {
	const at = Date.parse(text);
	return Number.isNaN(at) ? null : at;
};

/** Keeps of a submission what the rules compare. */
export function observe({ id, instanceId, sender, answers, flags }: Submitted, watched: Watched): Observation {
	const said: [string, string][] = [];
	const choices: [number, string][] = [];
	let numbersGiven = 0;
	let textsGiven = 0;
	watched.compared.forEach(({ path, kind }, i) => {
		const text = given(answers[path]);
		if (text === '') return;
		said.push([path, text]);
		if (kind === 'choice') choices.push([i, text]);
		else if (kind === 'number') numbersGiven += 1;
		else textsGiven += 1;
	});
	const { start, end, device } = watched.own;
	const at = (path: string | null): string => (path === null ? '' : given(answers[path]));
	const phone = at(device);
	const names = watched.keys.map((path) => fold(at(path)));
	return {
		id,
		receipt: receiptOf(instanceId),
		collector: phone === '' ? sender : `device ${phone}`,
		start: moment(at(start)),
		end: moment(at(end)),
		fingerprint: said.length < 3 ? null : createHash('sha256').update(JSON.stringify(said)).digest('hex'),
		key: names.length === 0 || names.includes('') ? null : JSON.stringify(names),
		choices,
		numbersGiven,
		textsGiven,
		values: watched.numbers.map((path) => numbersIn(answers[path])),
		rows: watched.blocks.map(({ paths }) => rowOf(paths.map((path) => at(path)).filter((text) => text !== ''))),
		flags
	};
}

/** What stands on a respondent's receipt; as `assessment.receipt_of`. */
export const receiptOf = (instanceId: string): string => instanceId.replace(/^uuid:|[^0-9A-Za-z]/g, '').slice(0, 8).toUpperCase();

function numbersIn(value: string | readonly string[] | undefined): number[] {
	const all = value === undefined ? [] : typeof value === 'string' ? [value] : value;
	return all.flatMap((text) => {
		const number = text.trim() === '' ? Number.NaN : Number(text);
		return Number.isFinite(number) ? [number] : [];
	});
}

function rowOf(said: readonly string[]): { answered: number; same: string | null } {
	const [first] = said;
	return { answered: said.length, same: first !== undefined && said.every((text) => text === first) ? first : null };
}
