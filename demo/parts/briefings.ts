import type { BlockFields } from '#modules/policy/briefing/briefing.ts';
import { addBlock, draftBriefing } from '#modules/policy/briefing/commands.server.ts';
import * as verbs from '#modules/policy/briefing/permits.ts';
import { publishBriefing } from '#modules/policy/briefing/publish.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { dayFrom } from '../days.ts';
import { madeUp } from '../made-up.ts';
import type { Block, Briefing } from '../made-up/types.ts';
import type { Happening, Told } from './happening.ts';
import { as, idOf, type Stage } from './stage.ts';

/** The briefing that is published, two pages of one figure each, and the draft that has to wait. */
export const briefings = (tx: Tx, stage: Stage, told: Told): Happening[] => [
	{ day: madeUp.briefing.day, happen: () => write(tx, stage, told, madeUp.briefing).then((id) => publish(tx, stage, id, madeUp.briefing.day)) },
	...madeUp.pages.map((page): Happening => ({ day: page.day, happen: () => write(tx, stage, told, page).then((id) => publish(tx, stage, id, page.day)) })),
	{ day: madeUp.waitingBriefing.day, happen: () => write(tx, stage, told, madeUp.waitingBriefing) }
];

async function write(tx: Tx, stage: Stage, told: Told, { key, slug, title, summary, blocks }: Briefing): Promise<string> {
	const { programmeId } = stage;
	const id = idOf(programmeId, 'briefing', key);
	const fields = { title, summary, slug, locales: ['uz' as const, 'ru' as const, 'en' as const] };
	await as(tx, stage, 'analyst', verbs.draftBriefing, { programmeId }, (may) => draftBriefing(tx, may, fields, id));
	for (const [at, block] of blocks.entries()) {
		const blockId = idOf(programmeId, `block of ${key}`, String(at));
		await as(tx, stage, 'analyst', verbs.editBriefing, id, (may) => addBlock(tx, may, bound(block, stage, told), blockId));
	}
	return id;
}

const publish = (tx: Tx, stage: Stage, id: string, day: number): Promise<unknown> =>
	as(tx, stage, 'manager', verbs.publishBriefing, id, (may) => publishBriefing(tx, may, dayFrom(stage.today, day)));

function bound(block: Block, { programmeId }: Stage, told: Told): BlockFields {
	switch (block.kind) {
		case 'heading':
		case 'text':
			return { kind: block.kind, words: block.words };
		case 'figure':
			return { kind: 'figure', figureId: known(told.figure, block.key) };
		case 'quotation':
			return { kind: 'quotation', quotationId: known(told.quotation, block.key) };
		case 'finding':
			return { kind: 'finding', findingId: idOf(programmeId, 'finding', block.key) };
		case 'recommendation':
			return { kind: 'recommendation', recommendationId: idOf(programmeId, 'recommendation', block.key) };
	}
}

function known(ids: ReadonlyMap<string, string>, key: string): string {
	const id = ids.get(key);
	if (id === undefined) throw new Error(`bound before it was there: ${key}`);
	return id;
}
