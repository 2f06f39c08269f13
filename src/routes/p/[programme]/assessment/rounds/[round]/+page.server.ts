import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import * as verbs from '#modules/assessment/permits.ts';
import { hasReadyTeam } from '#modules/assessment/fieldwork/team-queries.server.ts';
import { consentKeys } from '#modules/assessment/collection/filling.ts';
import { closeRound, nameAnalysts, openRound } from '#modules/assessment/round-commands.server.ts';
import { versionFiles } from '#modules/assessment/instruments/form-file-queries.server.ts';
import { getRound } from '#modules/assessment/round-queries.server.ts';
import { analystsFields, missingForOpening } from '#modules/assessment/round.ts';
import { whoCanSee } from '#modules/network/queries.server.ts';
import { safetyLocaleOf } from '#platform/approved.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, round: id } = event.params;
		const page = await getRound(tx, programme, id);
		const people = new Map((await whoCanSee(tx, verbs.evidenceReaders, programme, null)).map((each) => [each.personId, each.displayName]));
		return {
			...page,
			teamsReady: await hasReadyTeam(tx, id),
			wordsChecked: safetyLocaleOf(consentKeys, event.locals.locale).approved,
			files: page.round.state === 'draft' ? (await versionFiles(tx, programme, page.round.instrumentVersionId)).files : [],
			missing: missingForOpening(page.round, page.places.length, page.analysts.length),
			people: [...people].map(([value, label]) => ({ value, label })),
			readers: (await whoCanSee(tx, verbs.roundReaders, programme, null)).map((each) => each.displayName),
			may: {
				edit: await mayI(tx, verbs.editRound, id),
				name: await mayI(tx, verbs.nameAnalysts, id),
				figure: page.named && (await mayI(tx, verbs.saveFigure, { roundId: id, placeId: null }))
			}
		};
	});

const nothing = z.object({});

export const actions: Actions = {
	analysts: (event) =>
		acting(event, analystsFields, async (tx, { analysts }) => {
			const { programme, round } = event.params;
			await nameAnalysts(tx, await permit(tx, verbs.nameAnalysts, round), analysts);
			return `/p/${programme}/assessment/rounds/${round}`;
		}),
	open: (event) =>
		acting(event, nothing, async (tx) => {
			const { programme, round } = event.params;
			await openRound(tx, await permit(tx, verbs.openRound, round));
			return `/p/${programme}/assessment/rounds/${round}`;
		}),
	close: (event) =>
		acting(event, nothing, async (tx) => {
			const { programme, round } = event.params;
			await closeRound(tx, await permit(tx, verbs.closeRound, round));
			return `/p/${programme}/assessment/rounds/${round}`;
		})
};
