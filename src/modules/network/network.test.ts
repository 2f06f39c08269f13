import { describe, expect, it } from 'vitest';
import { owner, rolledBack, useDatabase } from '../../../test/database.ts';
import { makeWorld, type World } from '../../../test/personas.ts';
import { system } from '#platform/actor.ts';
import { asActor, inTransaction, type Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { permit } from '#platform/permit.server.ts';
import { organisationFields, tellsWhere } from './organisation.ts';
import { createOrganisation, editOrganisation } from './organisations.commands.server.ts';
import { getOrganisation, listOrganisations } from './organisations.queries.server.ts';
import * as verbs from './permits.ts';
import { placeFields } from './place.ts';
import { createPlace, editPlace } from './places.commands.server.ts';
import { editProgramme } from './programme.commands.server.ts';
import { programmeSettings } from './programme-settings.ts';
import { wholeTree } from './tree.server.ts';

useDatabase();

const world = (work: (tx: Tx, world: World) => Promise<void>): Promise<void> =>
	rolledBack(system('first-run'), async (tx) => {
		const made = await makeWorld(tx);
		await asActor(tx, made.person.coordinator, () => work(tx, made));
	});

const place = (kind: string, parentId: string | null, code: string | null, uz: string) => placeFields.parse({ kind, parentId, code, name: { uz } });
const organisation = (type: string, more: object = {}) => organisationFields.parse({ type, name: { uz: 'Umid' }, contact: {}, ...more });
const programme = (more: object = {}) =>
	programmeSettings.parse({
		name: { uz: 'Dastur' },
		country: 'UZ',
		timeZone: 'Asia/Tashkent',
		currency: 'UZS',
		thresholdPeople: '5',
		thresholdSurvivors: '10',
		stalledAfterDays: '30',
		...more
	});

describe('a place', () => {
	it('is added by a coordinator, once for one id, with its entry in the journal', () =>
		world(async (tx, { programmeId, zomin }) => {
			const may = await permit(tx, verbs.createPlace, { programmeId });
			const id = newId();
			await createPlace(tx, may, place('mahalla', zomin, 'M-1', 'Bogʻishamol'), id);
			await createPlace(tx, may, place('mahalla', zomin, 'M-1', 'Bogʻishamol'), id);
			const made = (await wholeTree(tx, programmeId)).find((each) => each.id === id);
			expect(made).toMatchObject({ kind: 'mahalla', parentId: zomin });
			expect(await tx.selectFrom('platform.journal').select('verb').where('subjectId', '=', id).execute()).toEqual([{ verb: 'place.create' }]);
		}));
	it('is refused to a member, to a coordinator of a region alone, and to a stranger', () =>
		world(async (tx, { programmeId, person, memberInJizzakh, stranger, zomin }) => {
			for (const actor of [person.member, person.donor, memberInJizzakh]) {
				await asActor(tx, actor, async () => {
					await expect(permit(tx, verbs.createPlace, { programmeId })).rejects.toMatchObject({ status: 403 });
					await expect(permit(tx, verbs.editPlace, zomin)).rejects.toMatchObject({ status: 403 });
				});
			}
			await asActor(tx, stranger, () => expect(permit(tx, verbs.editPlace, zomin)).rejects.toMatchObject({ status: 404 }));
		}));
	it.each([
		['country', 'jizzakh', 'KG', 'place.country-below'],
		['district', null, null, 'place.parent-missing'],
		['region', 'zomin', 'UZ-XX', 'place.parent-kind'],
		['region', 'country', 'Jizzax', 'place.code-region'],
		['country', null, 'Kyrgyzstan', 'place.code-country'],
		['district', 'jizzakh', '=1', 'place.code-local'],
		['region', 'country', 'UZ-SA', 'place.code-taken']
	] as const)('%s below %s with code %s is refused: %s', (kind, parent, code, problemCode) =>
		world(async (tx, made) => {
			const may = await permit(tx, verbs.createPlace, { programmeId: made.programmeId });
			await expect(createPlace(tx, may, place(kind, parent && made[parent], code, 'X'))).rejects.toMatchObject({ code: problemCode });
		})
	);
	it('moves with everything below it, and roles reach where it stands now', () =>
		world(async (tx, { programmeId, zomin, samarkand, jizzakh, memberInJizzakh }) => {
			const mahalla = await createPlace(tx, await permit(tx, verbs.createPlace, { programmeId }), place('mahalla', zomin, null, 'Bogʻ'));
			await editPlace(tx, await permit(tx, verbs.editPlace, zomin), place('district', samarkand, null, 'Zomin'));
			const tree = await wholeTree(tx, programmeId);
			const path = (id: string): string => tree.find((each) => each.id === id)?.path ?? '';
			expect(path(mahalla)).toBe(`${path(samarkand)}.${zomin.replaceAll('-', '')}.${mahalla.replaceAll('-', '')}`);
			expect(path(mahalla)).not.toContain(jizzakh.replaceAll('-', ''));
			await expect(editPlace(tx, await permit(tx, verbs.editPlace, zomin), place('mahalla', samarkand, null, 'Zomin'))).rejects.toMatchObject({ code: 'place.child-kind' });
			await asActor(tx, memberInJizzakh, async () => {
				const { sql } = await import('kysely');
				const may = await sql<{ may: boolean }>`select network.may('{member}', ${programmeId}, ${mahalla}) as may`.execute(tx);
				expect(may.rows).toEqual([{ may: false }]);
			});
		}));
	it('of one code is made once when two people add it at the same moment', async () => {
		const made = await inTransaction(system('first-run'), (tx) => makeWorld(tx, 'Ikki kishi'));
		const add = () =>
			inTransaction(made.person.coordinator, async (tx) =>
				createPlace(tx, await permit(tx, verbs.createPlace, { programmeId: made.programmeId }), place('district', made.jizzakh, 'D-7', 'Doʻstlik'))
			);
		const outcomes = await Promise.allSettled([add(), add(), add()]);
		expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
		expect((await owner.query(`select count(*)::int as n from network.place where programme_id = $1 and code = 'D-7'`, [made.programmeId])).rows).toEqual([{ n: 1 }]);
	});
});

describe('an organisation', () => {
	it('has contacts, places and a successor; its page tells the whole chain', () =>
		world(async (tx, { programmeId, organisations, zomin, jizzakh }) => {
			const make = await permit(tx, verbs.createOrganisation, { programmeId });
			const fields = { name: { uz: 'Ayollar qoʻmitasi', ru: 'Комитет женщин' }, contact: { phone: '+998 71 200 00 00', web: 'https://example.org' } };
			const old = await createOrganisation(tx, make, organisation('commission', { ...fields, places: [zomin], validTo: '2022-12-31', successorId: organisations.ministry }));
			const older = await createOrganisation(tx, make, organisation('commission', { name: { uz: 'Eski' }, successorId: old }));
			const shown = await getOrganisation(tx, programmeId, old);
			expect(shown.before.map(({ id }) => id)).toEqual([older]);
			expect(shown.after.map(({ id }) => id)).toEqual([organisations.ministry]);
			const table = { sort: undefined, offset: 0, pageSize: 10 };
			const find = (filter: object) => listOrganisations(tx, programmeId, { search: '', type: '', placeId: '', validToday: false, ...filter }, table);
			expect((await find({ search: 'аёллар қўмитаси' })).rows.map(({ id }) => id)).toEqual([old]);
			expect((await find({ placeId: jizzakh })).rows.map(({ id }) => id)).toEqual([old]);
			expect((await find({ validToday: true })).rows.map(({ id }) => id)).not.toContain(old);
			const edit = await permit(tx, verbs.editOrganisation, organisations.ministry);
			await expect(editOrganisation(tx, edit, organisation('ministry', { successorId: older }))).rejects.toMatchObject({ code: 'organisation.successor-circle' });
		}));
	it.each(['cso_shelter', 'state_rehabilitation_centre'])('of type %s never has an address, by whatever way', (type) =>
		world(async (tx, { programmeId }) => {
			const make = await permit(tx, verbs.createOrganisation, { programmeId });
			for (const more of [
				{ contact: { address: 'Jizzax, Navoiy 5' } },
				{ contact: { web: 'https://maps.google.com/?q=40.1,67.8' } },
				{ description: { ru: 'Приходите: ул. Навои, 5' } },
				{ name: { uz: 'Boshpana, Navoiy koʻchasi' } }
			]) {
				await expect(createOrganisation(tx, make, organisation(type, more))).rejects.toMatchObject({ code: 'organisation.address' });
			}
			const cso = await createOrganisation(tx, make, organisation('cso', { contact: { address: 'Jizzax, Navoiy 5' } }));
			await expect(editOrganisation(tx, await permit(tx, verbs.editOrganisation, cso), organisation(type, { contact: { address: 'Jizzax' } }))).rejects.toMatchObject({ code: 'organisation.address' });
		})
	);
	it('is refused an address by the database itself', async () => {
		const made = await inTransaction(system('first-run'), (tx) => makeWorld(tx, 'Manzilsiz'));
		await expect(owner.query(`update network.organisation set contact = '{"address": "x"}' where id = $1`, [made.organisations.shelter])).rejects.toMatchObject({ code: '23514' });
	});
	it('is refused to a member', () =>
		world(async (tx, { programmeId, person, organisations }) =>
			asActor(tx, person.member, async () => {
				await expect(permit(tx, verbs.createOrganisation, { programmeId })).rejects.toMatchObject({ status: 403 });
				await expect(permit(tx, verbs.editOrganisation, organisations.cso)).rejects.toMatchObject({ status: 403 });
			})
		));
	it('closes no circle of successors when two are changed at the same moment', async () => {
		const made = await inTransaction(system('first-run'), (tx) => makeWorld(tx, 'Halqa'));
		const { cso, ministry } = made.organisations;
		const point = (from: string, to: string) =>
			inTransaction(made.person.coordinator, async (tx) => editOrganisation(tx, await permit(tx, verbs.editOrganisation, from), organisation('cso', { successorId: to })));
		const outcomes = await Promise.allSettled([point(cso, ministry), point(ministry, cso)]);
		expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
	});
});

describe('what tells where somebody is', () => {
	it.each(['Navoiy koʻchasi 5', "Amir Temur ko'chasi", 'ул. Навои', 'улица Навои', '40.12345, 67.84210', '12 Rose Street', 'https://yandex.uz/maps/-/x'])('%s', (text) => expect(tellsWhere(text)).toBe(true));
	it.each(['Jizzax viloyati', '24 soat ishlaydi', '+998 71 200 10 20', 'https://example.org/help', 'Срок 2.5 года', 'Beradigan yordam: 3 tilda'])('not %s', (text) => expect(tellsWhere(text)).toBe(false));
});

describe('a programme', () => {
	it('is changed by its coordinator and administrator, not by a member', () =>
		world(async (tx, { programmeId, person }) => {
			await editProgramme(tx, await permit(tx, verbs.editProgramme, programmeId), programme({ name: { en: 'New' }, startsOn: '2026-01-01' }));
			expect(await tx.selectFrom('network.programme').select(['name', 'startsOn']).where('id', '=', programmeId).executeTakeFirst()).toEqual({ name: { en: 'New' }, startsOn: '2026-01-01' });
			await asActor(tx, person.administrator, async () => void (await permit(tx, verbs.editProgramme, programmeId)));
			await asActor(tx, person.member, () => expect(permit(tx, verbs.editProgramme, programmeId)).rejects.toMatchObject({ status: 403 }));
		}));
	it('never goes below the lowest thresholds, in the form and in the database', async () => {
		expect(() => programme({ thresholdPeople: '2' })).toThrow();
		expect(() => programme({ thresholdSurvivors: '4' })).toThrow();
		expect(() => programme({ timeZone: 'Mars/Base' })).toThrow();
		expect(() => programme({ startsOn: '2026-02-01', endsOn: '2026-01-01' })).toThrow();
		expect(programme({ thresholdPeople: '3', thresholdSurvivors: '5' })).toMatchObject({ thresholdPeople: 3, thresholdSurvivors: 5 });
		await expect(owner.query('update network.programme set threshold_people = 2')).rejects.toMatchObject({ code: '23514' });
	});
});
