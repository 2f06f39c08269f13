import { createProgramme } from '#modules/network/commands.server.ts';
import { enterMadeUpPerson, giveDemonstrationRole, markDemonstration, markMadeUp } from '#modules/network/demonstration.commands.server.ts';
import { createOrganisation } from '#modules/network/organisations.commands.server.ts';
import * as verbs from '#modules/network/permits.ts';
import { editProgramme } from '#modules/network/programme.commands.server.ts';
import { stateMoment } from '#platform/clock.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { locales, type Locale } from '#platform/locales.ts';
import { permit, type Permit } from '#platform/permit.server.ts';
import { dayFrom, momentOn } from '../days.ts';
import { directory } from '../directory.ts';
import { madeUp } from '../made-up.ts';
import { outcomes, programme, stages } from '../programme.ts';
import { as, idOf, placeOf, type Stage } from './stage.ts';

type May = Permit<'demonstration.lay-out'>;

/** The demonstration that is there, if there is one, with the day from which it counts. */
export async function findStage(tx: Tx): Promise<Stage | undefined> {
	const found = await tx
		.selectFrom('network.programme')
		.select(['id', 'startsOn'])
		.where('demonstration', '=', true)
		.orderBy('createdAt')
		.executeTakeFirst();
	if (!found?.startsOn) return undefined;
	const places = await tx.selectFrom('network.place').select(['id', 'code']).where('programmeId', '=', found.id).execute();
	return {
		programmeId: found.id,
		today: dayFrom(found.startsOn, -programme.demonstrationDays.starts),
		places: new Map(places.flatMap(({ id, code }) => (code === null ? [] : [[code, id] as const])))
	};
}

/**
 * The programme itself: its facts, the cast, the directory with real partners and stakeholders as entries and nothing more, and
 * made-up services and authorities. Runs as the task `first-run`.
 * @param personId who becomes coordinator and administrator; without one the made-up consortium manager
 * @param locale in which the cast is named
 */
export async function layFrame(tx: Tx, today: string, personId: string | null, locale: Locale): Promise<Stage> {
	const programmeId = newId();
	const { name, country, timeZone, currency, demonstrationDays } = programme;
	stateMoment(tx, momentOn(dayFrom(today, demonstrationDays.starts), 9 * 60));
	await createProgramme(tx, await permit(tx, verbs.createProgramme, programmeId), { name, country, timeZone, currency }, null);
	const may = await permit(tx, verbs.layOutDemonstration, programmeId);
	await markDemonstration(tx, may, { stages, outcomes });
	await enterCast(tx, may, locale);
	await tellFacts(tx, { programmeId, today, places: new Map() });
	const stage = await findStage(tx);
	if (stage?.programmeId !== programmeId) throw new Error('the demonstration was not made');
	await enterDirectory(tx, stage);
	await markMadeUp(tx, may, madeUp.organisations.map(({ key }) => idOf(programmeId, 'organisation', key)));
	await giveRoles(tx, may, stage);
	await welcome(tx, stage, personId);
	return stage;
}

/** Lets a real person coordinate and administer the demonstration, if she does not yet. */
export async function welcome(tx: Tx, { programmeId }: Stage, personId: string | null): Promise<void> {
	if (personId === null) return;
	const may = await permit(tx, verbs.layOutDemonstration, programmeId);
	for (const role of ['coordinator', 'administrator'] as const) await giveDemonstrationRole(tx, may, personId, { role, ...everywhere });
}

const everywhere = { organisationId: null, placeId: null };

/** The made-up accounts. The consortium manager's role comes first: everybody else's rests on what she enters. */
async function enterCast(tx: Tx, may: May, locale: Locale): Promise<void> {
	const { programmeId } = may.subject;
	for (const { key, name } of madeUp.accounts) {
		const personId = idOf(programmeId, 'person', key);
		await enterMadeUpPerson(tx, may, { personId, names: name, languages: locales, signInName: `demonstration-${key}`, locale });
	}
	await giveDemonstrationRole(tx, may, idOf(programmeId, 'person', 'manager'), { role: 'coordinator', ...everywhere });
}

async function giveRoles(tx: Tx, may: May, stage: Stage): Promise<void> {
	const { programmeId } = stage;
	for (const { key, role, organisation, region } of madeUp.accounts) {
		const organisationId = organisation === null ? null : idOf(programmeId, 'organisation', organisation);
		await giveDemonstrationRole(tx, may, idOf(programmeId, 'person', key), { role, organisationId, placeId: placeOf(stage, region) });
	}
}

/** The programme's dates and words, as its coordinator enters them. */
async function tellFacts(tx: Tx, stage: Stage): Promise<void> {
	const { name, summary, country, timeZone, currency, demonstrationDays, funderStatement, funderDisclaimer } = programme;
	const dates = { startsOn: dayFrom(stage.today, demonstrationDays.starts), endsOn: dayFrom(stage.today, demonstrationDays.ends) };
	const rules = { thresholdPeople: 5, thresholdSurvivors: 10, stalledAfterDays: 30 };
	const settings = { name, summary, country, timeZone, currency, funderStatement, funderDisclaimer, ...dates, ...rules };
	await as(tx, stage, 'manager', verbs.editProgramme, stage.programmeId, (may) => editProgramme(tx, may, settings));
}

/** Real partners and stakeholders as entries of the directory; services, authorities and groups that are made up. */
async function enterDirectory(tx: Tx, stage: Stage): Promise<void> {
	const { programmeId } = stage;
	const nothingElse = { contact: {}, validFrom: null, validTo: null, successorId: null };
	const entries = [
		...directory.map(({ key, type, name, description }) => ({ key, fields: { type, name, description, languages: [], places: [] } })),
		...madeUp.organisations.map(({ key, type, name, region }) => {
			const served = region === null ? [] : [placeOf(stage, region)].filter((id) => id !== null);
			return { key, fields: { type, name, description: {}, languages: [...spoken], places: served } };
		})
	];
	for (const { key, fields } of entries) {
		const id = idOf(programmeId, 'organisation', key);
		await as(tx, stage, 'manager', verbs.createOrganisation, { programmeId }, (may) => createOrganisation(tx, may, { ...fields, ...nothingElse }, id));
	}
}

const spoken = ['uz', 'ru'] as const;
