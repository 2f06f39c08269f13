import { describe, expect, it } from 'vitest';
import { asActor, type Tx } from '#platform/database.server.ts';
import { mayI, permit, roles } from '#platform/permit.server.ts';
import { useDatabase } from '../database.ts';
import { addPerson } from '../personas.ts';
import { makeEvidence, words } from '../thread/whole.ts';
import { draftGap, editGap } from '#modules/gaps/commands.server.ts';
import { endorseGap, withdrawEndorsement } from '#modules/gaps/endorsement/commands.server.ts';
import { endorsedBy } from '#modules/gaps/endorsement/endorsement.ts';
import { speakersOn, wordsOn } from '#modules/gaps/endorsement/queries.server.ts';
import * as verbs from '#modules/gaps/permits.ts';
import { inWorld, refusal, makeGap } from './making.ts';

useDatabase();

describe('endorsement', () => {
	const endorse = async (tx: Tx, gapId: string, organisationId: string, stance: 'endorse' | 'dissent' = 'endorse') =>
		endorseGap(tx, await permit(tx, verbs.endorseGap, { gapId, organisationId }), { stance, reason: stance === 'dissent' ? words('Boshqacha') : {} });
	it('is of both sides when a CSO and an authority have spoken, and dissent stands beside it', () =>
		inWorld(async (tx, world) => {
			const gap = await makeGap(tx, world, 'Kamchilik', [(await makeEvidence(tx, world)).findingId]);
			const { cso, ministry, authority } = world.organisations;
			const now = async () => endorsedBy(await wordsOn(tx, gap));
			await asActor(tx, world.person.member, async () => endorse(tx, gap, cso));
			await asActor(tx, world.person.member, async () => expect(await now()).toEqual({ by: 'civil_society', dissents: 0 }));
			await asActor(tx, world.person.official, async () => {
				await endorse(tx, gap, ministry);
				expect(await now()).toEqual({ by: 'both', dissents: 0 });
			});
			await asActor(tx, world.officialInJizzakh, async () => {
				// Her role does not reach as far as the gap: it is not offered to her either.
				expect(await speakersOn(tx, world.programmeId, gap)).toEqual([]);
				expect(await mayI(tx, verbs.endorseGap, { gapId: gap, organisationId: authority })).toBe(false);
			});
			const wide = await addPerson(tx, 'official of the authority', { programmeId: world.programmeId, role: 'official', organisationId: authority });
			await asActor(tx, wide, async () => {
				await endorse(tx, gap, authority, 'dissent');
				expect(await now()).toEqual({ by: 'both', dissents: 1 });
				expect(await speakersOn(tx, world.programmeId, gap)).toEqual([]);
			});
		}));
	it('is given only for one\'s own organisation, in one\'s own name, once, on a side, and on an open gap', () =>
		inWorld(async (tx, world) => {
			const { findingId } = await makeEvidence(tx, world);
			const gap = await makeGap(tx, world, 'Kamchilik', [findingId]);
			const { cso, ministry, shelter } = world.organisations;
			expect(await refusal(tx, world.person.member, () => endorse(tx, gap, ministry))).toBe('not-permitted');
			expect(await refusal(tx, world.person.member, () => endorse(tx, gap, shelter))).toBe('not-permitted');
			for (const role of roles) {
				const may = await asActor(tx, world.person[role], () => mayI(tx, verbs.endorseGap, { gapId: gap, organisationId: role === 'official' ? ministry : cso }));
				expect([role, may]).toEqual([role, ['coordinator', 'member', 'official'].includes(role)]);
			}
			await asActor(tx, world.person.member, async () => endorse(tx, gap, cso));
			expect(await refusal(tx, world.person.coordinator, () => endorse(tx, gap, cso))).toBe('endorsement.given-already');
			// Past the command: somebody else's name, somebody else's side, another's words.
			const row = { id: crypto.randomUUID(), programmeId: world.programmeId, gapId: gap, organisationId: ministry, side: 'civil_society', stance: 'endorse', gapTitle: {} };
			expect(await refusal(tx, world.person.official, () => tx.insertInto('gaps.endorsement').values({ ...row, personId: world.person.member.personId }).execute())).toBe('not-permitted');
			await asActor(tx, world.person.official, async () => {
				await tx.insertInto('gaps.endorsement').values({ ...row, personId: world.person.official.personId }).execute();
				expect((await wordsOn(tx, gap)).find((word) => word.id === row.id)).toMatchObject({ side: 'authority', gapTitle: words('Kamchilik') });
			});
			expect(await refusal(tx, world.person.official, () => tx.updateTable('gaps.endorsement').set({ stance: 'dissent' }).where('id', '=', row.id).execute())).toBe('endorsement.kept');
			await asActor(tx, world.person.coordinator, async () => {
				await tx.updateTable('network.organisation').set({ type: 'donor' }).where('id', '=', shelter).execute();
			});
			const donor = await addPerson(tx, 'of the donor', { programmeId: world.programmeId, role: 'member', organisationId: shelter });
			expect(await refusal(tx, donor, () => endorse(tx, gap, shelter))).toBe('endorsement.no-side');
			const draft = await asActor(tx, world.person.coordinator, async () =>
				draftGap(tx, await permit(tx, verbs.draftGap, { programmeId: world.programmeId }), { title: words('Qoralama'), description: {}, forWhom: {}, barrier: 'law', placeId: null, findings: [findingId] })
			);
			expect(await refusal(tx, world.person.member, () => endorse(tx, draft, cso))).toBe('gap.not-open');
		}));
	it('is taken back by who gave it, stays in the history, and shows when the words have changed since', () =>
		inWorld(async (tx, world) => {
			const { findingId } = await makeEvidence(tx, world);
			const gap = await makeGap(tx, world, 'Kamchilik', [findingId]);
			const word = await asActor(tx, world.person.member, async () => endorse(tx, gap, world.organisations.cso));
			for (const role of ['coordinator', 'analyst', 'official'] as const) {
				expect(await refusal(tx, world.person[role], async () => withdrawEndorsement(tx, await permit(tx, verbs.withdrawEndorsement, word), word, 'sabab'))).toBe('not-permitted');
			}
			await asActor(tx, world.person.analyst, async () => editGap(tx, await permit(tx, verbs.editGap, gap), { title: words('Boshqa soʻz'), description: {}, forWhom: {}, barrier: 'access', placeId: null, findings: [findingId] }));
			await asActor(tx, world.person.member, async () => {
				expect((await wordsOn(tx, gap))[0]?.gapTitle).toEqual(words('Kamchilik'));
				await withdrawEndorsement(tx, await permit(tx, verbs.withdrawEndorsement, word), word, 'Soʻzlar oʻzgardi');
				expect(endorsedBy(await wordsOn(tx, gap))).toEqual({ by: 'nobody', dissents: 0 });
				expect(await wordsOn(tx, gap)).toHaveLength(1);
				await endorse(tx, gap, world.organisations.cso, 'dissent');
				expect(endorsedBy(await wordsOn(tx, gap))).toEqual({ by: 'nobody', dissents: 1 });
			});
			expect(await refusal(tx, world.person.member, async () => withdrawEndorsement(tx, await permit(tx, verbs.withdrawEndorsement, word), word, 'yana'))).toBe('endorsement.withdrawn-already');
		}));
});
