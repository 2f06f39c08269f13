import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { makeFeed } from '#modules/assessment/exports/commands.server.ts';
import { saveInstrument } from '#modules/assessment/instruments/commands.server.ts';
import * as verbs from '#modules/assessment/permits.ts';
import { closeRound, draftRound, makeToken, nameAnalysts, openRound } from '#modules/assessment/round-commands.server.ts';
import { readXlsForm } from '#modules/assessment/instruments/xlsform.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { storeFile } from '#platform/files.server.ts';
import { dayFrom } from '../days.ts';
import { madeUp, type RoundKey } from '../made-up.ts';
import { programme } from '../programme.ts';
import { words } from '../words.ts';
import { phoneOf, planFieldwork } from './fieldwork.ts';
import { as, idOf, onDay, placeOf, type Stage } from './stage.ts';

const keys: readonly RoundKey[] = ['baseline', 'repeat'];
const spreadsheet = path.join(import.meta.dirname, '../instrument/baseline.xlsx');

/** Named as analysts of both rounds: one of the programme, one of an authority, as joint analysis wants it. */
const analysts = ['analyst', 'official-national'];

/** The regions that both rounds cover. */
export const regions = programme.regions;

/** Uploads the questionnaire, and opens both rounds with a link for each region. */
export async function openRounds(tx: Tx, stage: Stage): Promise<void> {
	const { programmeId } = stage;
	onDay(tx, stage, madeUp.rounds.baseline.opens - 4);
	const bytes = await readFile(spreadsheet);
	const ready = await readXlsForm(bytes, 'baseline.xlsx');
	if (!ready.ok) throw new Error(ready.errors.map(({ message }) => message).join('\n'));
	const { versionId } = await as(tx, stage, 'analyst', verbs.uploadInstrument, { programmeId }, async (may) => {
		const file = await storeFile(tx, { programmeId, name: 'baseline.xlsx', bytes, accept: ['xlsx'] });
		const title = words('Boshlangʻich tahlil', 'Исходный анализ', 'Baslanǵısh analiz', 'Baseline');
		return saveInstrument(tx, may, { title, sourceFileId: file.id, ready });
	});
	for (const key of keys) {
		const { opens, closes, name, consent, refusal, minors, distress } = madeUp.rounds[key];
		onDay(tx, stage, opens);
		const id = idOf(programmeId, 'round', key);
		const fields = {
			instrumentVersionId: versionId,
			name,
			kind: key,
			unit: 'people' as const,
			opensOn: dayFrom(stage.today, opens),
			closesOn: dayFrom(stage.today, closes),
			sensitive: false,
			consent,
			refusal,
			minors,
			distress,
			places: regions.flatMap((region) => placeOf(stage, region) ?? [])
		};
		await as(tx, stage, 'analyst', verbs.draftRound, { programmeId }, (may) => draftRound(tx, may, fields, id));
		if (key === 'repeat') await planFieldwork(tx, stage, id);
		const people = analysts.map((who) => idOf(programmeId, 'person', who));
		await as(tx, stage, 'manager', verbs.nameAnalysts, id, (may) => nameAnalysts(tx, may, people));
		await as(tx, stage, 'analyst', verbs.openRound, id, (may) => openRound(tx, may));
		// Nobody knows its password: it shows how a feed stands in the list.
		const feed = { id: idOf(programmeId, 'feed', key), label: 'Power BI', days: 90 as const };
		await as(tx, stage, 'analyst', verbs.makeFeed, id, (may) => makeFeed(tx, may, feed));
		for (const region of regions) {
			const link = { id: idOf(programmeId, `link ${key}`, region), label: region, placeId: placeOf(stage, region), expiresOn: dayFrom(stage.today, 365), ceiling: 5000, ...(key === 'repeat' ? phoneOf(stage, region) : { teamId: null, personId: null }) };
			await as(tx, stage, 'analyst', verbs.makeToken, id, (may) => makeToken(tx, may, link));
		}
	}
}

/** Closes the round whose time is over. */
export async function closeRounds(tx: Tx, stage: Stage): Promise<void> {
	for (const key of keys) {
		const { closes, closed } = madeUp.rounds[key];
		if (!closed) continue;
		onDay(tx, stage, closes);
		await as(tx, stage, 'analyst', verbs.closeRound, idOf(stage.programmeId, 'round', key), (may) => closeRound(tx, may));
	}
}

