import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { editFinding } from '#modules/assessment/evidence-commands.server.ts';
import * as evidence from '#modules/assessment/permits.ts';
import { setWeighting } from '#modules/gaps/weigh/commands.server.ts';
import * as gapVerbs from '#modules/gaps/permits.ts';
import { editOrganisation } from '#modules/network/organisations.commands.server.ts';
import { getOrganisation } from '#modules/network/organisations.queries.server.ts';
import { editPlace } from '#modules/network/places.commands.server.ts';
import { getPlace } from '#modules/network/places.queries.server.ts';
import * as network from '#modules/network/permits.ts';
import { programmeSettings } from '#modules/network/programme-settings.ts';
import { editProgramme } from '#modules/network/programme.commands.server.ts';
import { addBlock, draftBriefing, editBlock, editBriefing } from '#modules/policy/briefing/commands.server.ts';
import * as briefings from '#modules/policy/briefing/permits.ts';
import { system } from '#platform/actor.ts';
import { asActor, type Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { permit } from '#platform/permit.server.ts';
import { versionAt, versionsAt, type Edited } from '#platform/record.server.ts';
import { rolledBack, useDatabase } from './database.ts';
import { makeWorld, type World } from './personas.ts';

useDatabase();

/** A command: its file, its name and its text. */
type Command = { readonly file: string; readonly name: string; readonly text: string };

const commands: Command[] = globSync('src/modules/**/*.server.ts').flatMap((file) =>
	readFileSync(file, 'utf8')
		.split(/^(?=(?:export )?(?:async )?(?:function|const) )/m)
		.flatMap((text) => {
			const [, name] = /^export (?:async )?(?:function|const) (\w+)/.exec(text) ?? [];
			return name !== undefined && /\bpermit: Permit</.test(text) ? [{ file, name, text }] : [];
		})
);

/** Names of commands that put what a form holds in the place of what is stored. */
const overwrites = /^(?:edit|change|rename|rewrite|revise|correct|weigh|set|plan|state|name|save|settle|update)[A-Z]?/;

/** Of those, what needs no version of a record, and why. */
const otherwise: Readonly<Record<string, string>> = {
	changeDraft: 'each row of a questionnaire says its own mark: draft.row-changed',
	renameDraft: 'a title alone, in one line; the rows below it change with every key that somebody types',
	saveVersion: 'says the revision that was checked: draft.changed-meanwhile',
	changeSegment: 'its coding has one writer',
	editPage: 'reads',
	editSubmission: 'an edition of answers names the one it corrects: edit.outdated',
	saveFigure: 'makes a further version; the one before it stays',
	saveInstrument: 'makes a version of a questionnaire; the one before it stays',
	saveScores: 'a sheet has one writer',
	settle: 'two scorers sit at one sheet; what is signed is held against what was seen: scoring.changed-meanwhile',
	setTargets: 'cell by cell; an import shows first what it would change',
	stateMapping: 'a pair of questions at a time',
	statePriority: 'makes a record',
	nameAnalysts: 'a set of people, told in the journal whole',
	nameInterviewAnalysts: 'a set of people, told in the journal whole',
	nameScorer: 'adds one person'
};

const edits = commands.filter(({ text }) => /\bseen\?: string\b/.test(text.slice(0, text.indexOf('{\n'))));

describe('every form that changes a record', () => {
	it('is carried out by a command that refuses what was filled from an older version', () => {
		const named = new Set(edits.map(({ name }) => name));
		expect(named.size).toBeGreaterThan(20);
		expect(commands.filter(({ name }) => overwrites.test(name) && !named.has(name) && otherwise[name] === undefined).map(({ file, name }) => `${file} ${name}`)).toEqual([]);
		expect(edits.filter(({ text }) => !/holdVersion\(tx, \{[^}]*\}, seen\)/.test(text) && !/changeRecord\([\s\S]*\bseen\b/.test(text)).map(({ name }) => name)).toEqual([]);
		expect(Object.keys(otherwise).filter((name) => named.has(name) || !commands.some((command) => command.name === name)), 'exceptions that are gone').toEqual([]);
	});

	it('says from its page which version it was filled from', () => {
		const names = edits.map(({ name }) => name).join('|');
		const doors = globSync('src/routes/**/*.server.ts').flatMap((file) => {
			const text = readFileSync(file, 'utf8');
			const imported = new RegExp(`import (?:\\* as \\w+|\\{[^}]*\\b(?:${names})\\b[^}]*\\}) from '[^']*commands\\.server\\.ts'`).test(text);
			return imported && new RegExp(`\\b(?:${names}|plan)\\b\\(tx|editing\\(kind`).test(text) ? [{ file, text }] : [];
		});
		expect(doors.length).toBeGreaterThan(15);
		expect(doors.filter(({ text }) => !text.includes('seenIn(event)') && !text.includes('editing(kind')).map(({ file }) => file)).toEqual([]);
		const pages = doors.map(({ file }) => path.join(path.dirname(file), '+page.svelte')).filter((page) => existsSync(page));
		expect(pages.filter((page) => !/\b(?:version|seen)=\{/.test(readFileSync(page, 'utf8')))).toEqual([]);
	});
});

/** Carries something out as a transaction of its own would: what it writes is a version of its own. */
async function alone(tx: Tx, work: () => Promise<void>): Promise<void> {
	await sql`savepoint alone`.execute(tx);
	await work();
	await sql`release savepoint alone`.execute(tx);
}

/** Saves twice from forms that were opened at the same time. */
async function twice(tx: Tx, row: Edited, save: (word: string, seen: string) => Promise<void>): Promise<void> {
	const seen = await versionAt(tx, row);
	await alone(tx, () => save('A', seen));
	await expect(save('B', seen)).rejects.toMatchObject({ code: 'record.changed-since', status: 409 });
	const now = await versionAt(tx, row);
	await alone(tx, () => save('C', now));
}

const inWorld = (work: (tx: Tx, world: World) => Promise<void>): Promise<void> =>
	rolledBack(system('first-run'), async (tx) => {
		const world = await makeWorld(tx);
		await work(tx, world);
	});

const words = (uz: string) => ({ uz });

describe('of two forms opened at the same time, the second', () => {
	it('does not overwrite a finding', () =>
		inWorld(async (tx, { programmeId, person }) =>
			asActor(tx, person.coordinator, async () => {
				const id = newId();
				await tx.insertInto('assessment.finding').values({ id, programmeId, number: 1, statement: words('Avval') }).execute();
				const save = async (word: string, seen: string) => editFinding(tx, await permit(tx, evidence.editFinding, id), { statement: words(word), placeId: null, figures: [], quotations: [], documents: [] }, seen);
				await twice(tx, { table: 'assessment.finding', id }, save);
				expect((await tx.selectFrom('assessment.finding').select('statement').where('id', '=', id).executeTakeFirstOrThrow()).statement).toEqual(words('C'));
			})
		));
	it('does not overwrite a briefing, nor the words of one of its blocks', () =>
		inWorld(async (tx, { programmeId, person }) =>
			asActor(tx, person.coordinator, async () => {
				const fields = { title: words('Varaqa'), summary: {}, slug: 'varaqa', locales: ['uz' as const] };
				const id = await draftBriefing(tx, await permit(tx, briefings.draftBriefing, { programmeId }), fields);
				const may = () => permit(tx, briefings.editBriefing, id);
				await twice(tx, { table: 'policy.briefing', id }, async (word, seen) => editBriefing(tx, await may(), { ...fields, title: words(word) }, seen));
				const block = await addBlock(tx, await may(), { kind: 'text', words: words('Matn') });
				const other = await addBlock(tx, await may(), { kind: 'text', words: words('Boshqa') });
				const versions = await versionsAt(tx, { table: 'policy.briefing_block', id, key: 'briefing_id' });
				await twice(tx, { table: 'policy.briefing_block', id: block }, async (word, seen) => editBlock(tx, await may(), block, { kind: 'text', words: words(word) }, seen));
				await editBlock(tx, await may(), other, { kind: 'text', words: words('Yangi') }, versions.get(other));
			})
		));
	it('does not overwrite an organisation, a place or the programme', () =>
		inWorld(async (tx, { programmeId, person, organisations, jizzakh }) =>
			asActor(tx, person.administrator, async () => {
				const { description, contact, validFrom, validTo, successorId } = await getOrganisation(tx, programmeId, organisations.cso);
				await twice(tx, { table: 'network.organisation', id: organisations.cso }, async (word, seen) =>
					editOrganisation(tx, await permit(tx, network.editOrganisation, organisations.cso), { type: 'women_led_cso', name: words(word), description, languages: ['uz'], contact, places: [], validFrom, validTo, successorId }, seen)
				);
				const { parentId, code } = await getPlace(tx, programmeId, jizzakh);
				await twice(tx, { table: 'network.place', id: jizzakh }, async (word, seen) => editPlace(tx, await permit(tx, network.editPlace, jizzakh), { kind: 'region', parentId, code, name: words(word) }, seen));
				const settings = (word: string) =>
					programmeSettings.parse({ name: words(word), summary: {}, funderStatement: {}, funderDisclaimer: {}, startsOn: '', endsOn: '', country: 'UZ', timeZone: 'Asia/Tashkent', currency: 'UZS', thresholdPeople: '5', thresholdSurvivors: '10', stalledAfterDays: '30' });
				await twice(tx, { table: 'network.programme', id: programmeId }, async (word, seen) => editProgramme(tx, await permit(tx, network.editProgramme, programmeId), settings(word), seen));
			})
		));
	it('does not overwrite weights that were set for the first time meanwhile', () =>
		inWorld(async (tx, { programmeId, person }) =>
			asActor(tx, person.coordinator, async () => {
				const save = async (reason: string, seen: string) => setWeighting(tx, await permit(tx, gapVerbs.setWeights, { programmeId }), { severity: 1, people: 1, strength: 1, feasibility: 1, reason }, seen);
				await twice(tx, { table: 'gaps.weighting', id: programmeId, key: 'programme_id' }, save);
			})
		));
});
